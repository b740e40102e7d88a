"""X708: a phase that freezes what there is not."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from specc.diagnostics import Edit
from specc.graph import Node
from specc.layers.insides_base import Insides
from specc.phased import called_again, nameless, trainable_of
from specc.phases import Inside
from specc.rules.base import Finding, rule
from specc.source import Path
from specc.subject import Subject
from specc.wording import listing
from specc.words import nearest


@rule(
    "X708",
    "unknown layer in a phase",
    "error",
    source="language §5 (`trainable`); Keras 3.15 (`get_layer` fails while it trains)",
    bad="""
        specc: 1
        model:
          - Input: [150, 150, 3]
          - VGG16: {weights: imagenet, include_top: false}
          - Flatten
          - Dense: {units: 1, activation: sigmoid}
        train:
          loss: binary_crossentropy
          epochs: 30
          phases:
            - name: head
              trainable: {vgg16: false}
              optimizer: {RMSprop: {learning_rate: 2e-5}}
            - name: fine_tune
              trainable: {vgg16: {from: block5_conf1}}  # ! X708
              optimizer: {RMSprop: {learning_rate: 1e-5}}
            - name: more
              trainable: {vgg: {last: 4}}  # ! X708
              optimizer: {RMSprop: {learning_rate: 5e-6}}
        """,
    good="""
        specc: 1
        model:
          - Input: [150, 150, 3]
          - VGG16: {weights: imagenet, include_top: false}
          - Flatten
          - Dense: {units: 1, activation: sigmoid}
        train:
          loss: binary_crossentropy
          epochs: 30
          phases:
            - name: head
              trainable: {vgg16: false}
              optimizer: {RMSprop: {learning_rate: 2e-5}}
            - name: fine_tune
              trainable: {vgg16: {from: block5_conv1}}
              optimizer: {RMSprop: {learning_rate: 1e-5}}
        """,
)
def unknown_layer_in_a_phase(subject: Subject) -> Iterator[Finding]:
    """`trainable` of a phase names layers of the model, and `from` and `match` those inside of a
    pretrained one. A name that nothing has would leave frozen, or trained, what was not meant.
    """
    whole, phase = subject.training, subject.own_phase
    if whole is None or phase is None or subject.phase is None:
        return
    place = trainable_of(subject.phase)
    for name, state in phase.states.items():
        node = whole.graph.by_name.get(name)
        if node is None:
            if whole.graph.complete:
                yield _unknown(whole, name, (*place, name))
            continue
        reason = nameless(node, called_again(whole.spec))
        if reason:
            message = f"a phase cannot freeze `{name}`"
            yield Finding(message, (*place, name), on_key=True, help=reason)
        elif isinstance(state, Inside):
            yield from _inside(node, state, (*place, name))


def _unknown(subject: Subject, name: str, path: Path) -> Finding:
    message = f"the model has no layer `{name}`"
    inner = name.replace("/", ".").rpartition(".")[2]
    for node in subject.nodes:
        if isinstance(node.kind, Insides) and inner in node.kind.inner_layers():
            help = f"it is inside `{node.name}`: write `{node.name}: {{match: {inner}}}`"
            return Finding(message, path, on_key=True, help=help)
    known = [node.name for node in subject.nodes if subject.graph.params(node)]
    of_kind = [node.name for node in subject.nodes if node.kind_name.lower() == name.lower()]
    name = of_kind[0] if len(of_kind) == 1 else name  # a base with a name of its own
    help, fix = _meant(name, known, path, on_key=True)
    return Finding(message, path, on_key=True, help=help, fix=fix)


def _meant(
    name: str, known: list[str], path: Path, *, on_key: bool = False
) -> tuple[str, tuple[Edit, ...]]:
    """Help and a fix."""
    meant = nearest(name, known)
    if meant is None:
        return f"its layers are {listing(known)}", ()
    return f"did you mean `{meant}`?", (Edit(path, meant, on_key),)


def _inside(node: Node, state: Inside, path: Path) -> Iterator[Finding]:
    if node.kind is None:  # it could not be read, which is told
        return
    if not isinstance(node.kind, Insides):
        message = f"`{node.name}` is a single layer, which is trained or not"
        yield Finding(message, path, help="write `true` or `false`")
        return
    known = list(node.kind.inner_layers())
    if state.first is not None and state.first not in known:
        message = f"`{node.name}` has no layer `{state.first}`"
        at = (*path, "from")
        help, fix = _meant(state.first, known, at)
        yield Finding(message, at, help=help, fix=fix)
    if state.last is not None and state.last > len(known):
        message = f"`{node.name}` has {len(known)} layers"
        yield Finding(message, (*path, "last"), help="`true` trains all of them")
    for glob in state.globs:
        if not any(fnmatchcase(name, glob) for name in known):
            message = f"`{node.name}` has no layer that matches `{glob}`"
            at = (*path, "match")
            plain = "*" not in glob and isinstance(state.match, str)
            help, fix = _meant(glob, known, at)
            yield Finding(message, at, help=help, fix=fix if plain else ())
