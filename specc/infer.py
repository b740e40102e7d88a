"""Shapes and types through a model: each node's outputs, and why a node cannot take its inputs."""

from collections.abc import Iterator, Mapping

from specc.diagnostics import Diagnostic, Note, Severity
from specc.layers.base import Elementwise, Layer
from specc.node import OUTPUT, Node, count_outputs, maker, reference, tensors_of
from specc.place import Twin
from specc.source import Path
from specc.tangles import at
from specc.tensor import ShapeError, Tensor, agree, show_shape
from specc.texts import misread
from specc.typed import with_policy
from specc.within import uses

Tensors = dict[str, Tensor]


def infer_all(
    nodes: tuple[Node, ...], entry: Tensor | None, policy: str | None
) -> tuple[Tensors, list[Diagnostic]]:
    """Each output by its reference; what follows a refusal stays unknown, and silent."""
    inference = _Inference(nodes, policy)
    for node in nodes:
        inference.visit(node, entry)
    return inference.tensors, inference.found


_GRAPH = "write `model: {inputs: …, layers: […]}`, where `from` names several"


class _Inference:
    def __init__(self, nodes: tuple[Node, ...], policy: str | None) -> None:
        self.by_name = {node.name: node for node in nodes}
        self.tensors: Tensors = {}
        self.found: list[Diagnostic] = []
        self.policy = policy

    def visit(self, node: Node, entry: Tensor | None) -> None:
        """Adds the outputs of a node whose inputs are known."""
        if node.is_input and node.kind is not None:
            self.tensors[node.name] = node.kind.infer()
            return
        self.found += self._without_output(node)
        inputs = self._inputs(node, entry)
        if node.kind is None or inputs is None or self._miscounted(node, inputs):
            return
        if misread(node.kind, inputs):  # which is told of the layer, and all that follows is moot
            return
        kind = with_policy(node.kind, self.policy) if self.policy else node.kind
        wanted = {option: tensors_of(refs, self.tensors) for option, refs in node.wanted.items()}
        known = {option: each for option, each in wanted.items() if each is not None}
        if len(known) < len(wanted):
            return
        try:
            outputs = (kind.infer(*inputs, **known), *kind.more(*inputs, **known))
        except ShapeError as refusal:
            self.found.append(self._refused(node, refusal))
            return
        if node.shared is not None and self._differs(node, kind, inputs):
            return
        for number, tensor in enumerate(outputs):
            self.tensors[reference(node.name, number)] = tensor

    def _inputs(self, node: Node, entry: Tensor | None) -> tuple[Tensor, ...] | None:
        if node.lost:
            return None
        if not node.inputs:
            return None if entry is None else (entry,)
        return tensors_of(node.inputs, self.tensors)

    def _without_output(self, node: Node) -> Iterator[Diagnostic]:
        """The first output that a node takes and the layer does not have."""
        for option, refs in {"from": node.inputs, **node.wanted}.items():
            for place, ref in enumerate(refs):
                if ref not in self.tensors and maker(ref) in self.tensors:
                    path = _name_at(node, option, place)
                    yield no_output(ref, self.tensors, path, self.by_name[maker(ref)])
                    return

    def _miscounted(self, node: Node, inputs: tuple[Tensor, ...]) -> bool:
        """Whether a node takes another number of inputs than it gets, which is a finding."""
        if node.kind is None:
            return True
        least, most = node.kind.arity
        if least <= len(inputs) and (most is None or len(inputs) <= most):
            return False
        wanted = _counted(least, most)
        message = f"`{node.kind_name}` takes {wanted}, and gets {len(inputs)}"
        help = "give it one tensor: `Concatenate` or `Add` make one of several"
        if most != 1:
            help = f"write `from: [{'a, b, …' if most is None else 'a, b'}]` with {wanted}"
        if most != 1 and _in_a_list(node):
            help = f"a list gives each layer one: {_GRAPH}"
        path, written = node.at("from"), len(inputs) > 1
        finding = Diagnostic("S231", Severity.ERROR, message, path, not written, help=help)
        self.found.append(finding)
        return True

    def _differs(self, node: Node, kind: Layer, inputs: tuple[Tensor, ...]) -> bool:
        """Whether a layer that is called again would need other weights than it has."""
        first = self.by_name.get(node.shared or "")
        before = self._inputs(first, None) if first else None
        if first is None or before is None or first.name not in self.tensors:
            return False
        has, needs = kind.weights(*before), kind.weights(*inputs)
        changed = [name for name in has if has[name] != needs.get(name)]
        if changed and not _in_a_call(node):  # else the block is told of, see `other_shapes`
            name = changed[0].rpartition("/")[2]
            sizes = show_shape(has[changed[0]]), show_shape(needs.get(changed[0], ()))
            message = f"`{first.name}` has a `{name}` of {sizes[0]}, and would need {sizes[1]} here"
            self.found.append(_other_weights(node, message, first, before[0], inputs[0]))
        return bool(changed)

    def _refused(self, node: Node, refusal: ShapeError) -> Diagnostic:
        lost = self._lost_steps(node) if refusal.code == "S201" else None
        if lost is not None:
            return _no_steps(node, lost)
        notes = self._shrinking(node) if refusal.code == "S203" else self._both(node, refusal)
        return Diagnostic(
            refusal.code,
            Severity.ERROR,
            refusal.message,
            node.at(refusal.option),
            on_key=refusal.option is None,
            label=refusal.label,
            help=refusal.help or (self._batch(node) if refusal.code == "S201" else ""),
            notes=notes,
        )

    def _batch(self, node: Node) -> str:
        """What to do about an `Input` that has a size for the batch, which Keras adds."""
        above = self._above(node)
        shape = self.tensors[above.name].shape if above and above.is_input else ()
        if len(shape) < 2 or shape[0] is not None:
            return ""
        sizes = ", ".join("null" if size is None else str(size) for size in shape[1:])
        return f"write `[{sizes}]`: the batch is no part of a shape"

    def _both(self, node: Node, refusal: ShapeError) -> tuple[Note, ...]:
        """Where the inputs come from that do not go together."""
        places = refusal.inputs or ()
        refs = [node.inputs[place] for place in places if place < len(node.inputs)]
        made = [(self.by_name[maker(ref)], self.tensors[ref]) for ref in refs]
        return tuple(
            Note(f"`{source.name}` gives {tensor}", source.at(), f"{tensor}", True)
            for source, tensor in made
        )

    def _above(self, node: Node) -> Node | None:
        """The node that a node takes its first input from."""
        return self.by_name.get(maker(node.inputs[0])) if node.inputs else None

    def _shrinking(self, small: Node) -> tuple[Note, ...]:
        """The last layer above that shrinks the feature map by its steps, as a note."""
        node = self._above(small)
        while node is not None and node.kind is not None and node.inputs:
            taken = tensors_of(node.inputs, self.tensors)
            windows = node.kind.windows(*taken) if taken else ()
            if any(window.stride > 1 for window in windows):
                sizes, out = zip(*((window.size, window.out) for window in windows), strict=True)
                label = f"{show_shape(sizes)} -> {show_shape(out)}"
                path = node.at(next(iter(node.kind.options())))
                return (Note("the feature map shrinks here", path, label=label),)
            node = self._above(node)
        return ()

    def _lost_steps(self, node: Node) -> Node | None:
        """The recurrent layer above whose steps `node` misses, since it gives only its last."""
        if node.kind is None or 2 not in node.kind.ranks:
            return None
        above = self._above(node)
        while above is not None:
            inner = getattr(above.kind, "layer", above.kind)
            given = getattr(inner, "return_sequences", None)
            if given is not None:
                return None if given else above
            if not isinstance(above.kind, Elementwise):
                return None
            above = self._above(above)
        return None


def _other_weights(
    node: Node, message: str, first: Node, before: Tensor, now: Tensor
) -> Diagnostic:
    """S230: a layer that is called again on a tensor that its weights are not made for."""
    notes = (Note(f"its weights are made for {before} here", first.at(), "", True),)
    help = f"call it on {before} as well, not on {now}, or use a layer of its own"
    path, on_key = _call(node)
    return Diagnostic("S230", Severity.ERROR, message, path, on_key, help=help, notes=notes)


def _in_a_call(node: Node) -> bool:
    """Whether it is a block that is called again, and the layer with it."""
    return any(use[-1:] == ("call",) for use in uses(node.path))


def _call(node: Node) -> tuple[Path, bool]:
    """What a layer is called again on, or the `call` that does not say so."""
    written = node.written.get("call") if isinstance(node.written, dict) else None
    given = isinstance(written, dict) and "from" in written
    return node.at("from") if given else node.at(), not given


def _name_at(node: Node, option: str, place: int) -> Path:
    """Where a node names one of the tensors that it takes."""
    path = node.at(option)
    written = node.written if isinstance(node.written, dict) else {}
    values = next(iter(written.values()), None)
    names = values.get(option) if isinstance(values, dict) else None
    return (*path, place) if isinstance(names, list) else path


def other_shapes(
    twin: Twin, tensors: Mapping[str, Tensor], entry: Tensor | None
) -> Iterator[Diagnostic]:
    """What a block is called again on, if the model that it then is does not take that."""
    first, now = (_known(refs, tensors, entry) for refs in (twin.first, twin.now))
    for one, other in zip(first, now, strict=False):
        if not agree(one.shape, other.shape):
            message = f"`{twin.name}` takes {one}, and would get {other} here"
            help = "a block that is called again is a model for inputs of one shape"
            path = at(twin.item, "from" if twin.item.sources else None)
            yield Diagnostic("S230", Severity.ERROR, message, path, help=help)
            return


def _known(
    refs: tuple[str, ...], tensors: Mapping[str, Tensor], entry: Tensor | None
) -> tuple[Tensor, ...]:
    """The tensors that a use takes, none when one of them is unknown."""
    if not refs:
        return () if entry is None else (entry,)
    return tensors_of(refs, tensors) or ()


def no_output(
    ref: str, tensors: Mapping[str, Tensor], path: Path, node: Node | None = None
) -> Diagnostic:
    """A reference such as `encoder.3` to a layer with fewer outputs."""
    name, _, number = ref.partition(OUTPUT)
    count = count_outputs(name, tensors)
    message = f"`{name}` has no output {number}"
    help = "it has one output" if count == 1 else f"its outputs are counted from 0 to {count - 1}"
    if count == 1 and getattr(node, "return_state", None) is False:
        help = f"write `return_state: true` in `{name}`"
    return Diagnostic("F030", Severity.ERROR, message, path, help=help)


def _in_a_list(node: Node) -> bool:
    """Whether a node stands in a model that is a list, and so cannot say `from`."""
    return node.path[:1] == ("model",) and len(node.path) == 2


def _counted(least: int, most: int | None) -> str:
    if most is None:
        return f"{least} inputs or more" if least > 1 else "inputs"
    if least == most:
        return "1 input" if least == 1 else f"{least} inputs"
    return f"{least} to {most} inputs"


def _no_steps(node: Node, above: Node) -> Diagnostic:
    name, before = node.kind_name, above.kind_name
    return Diagnostic(
        "S207",
        Severity.ERROR,
        f"`{name}` takes steps x features, and `{before}` gives its last step only",
        node.at(),
        on_key=True,
        help=f"write `return_sequences: true` in the `{before}` above",
        notes=(Note("the steps end here", above.at(), on_key=True),),
    )
