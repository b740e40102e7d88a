"""Pictures of a `.keras` file of which nothing else is known."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from specc.backends.script import emit_functions
from specc.diagnostics import Diagnostic
from specc.lowering.drawings import Arguments, Drawings
from specc.objects import Reader
from specc.pictures import SMALL, Picture, files, pictures
from specc.program import Call, Items, PicturesPlan, Ref, Section, Under, Value
from specc.runs import module
from specc.runs.drawing import Keep, draw
from specc.use.picture_words import NoPicture
from specc.wording import listing
from specc.words import nearest

OF_A_MODEL = ("activations", "filters", "grad_cam")
BEFORE = ("Rescaling", "Normalization", "Resizing", "CenterCrop")  # layers that only prepare
POOLS = ("Pooling", "Dropout")
PROBABILITIES = ("sigmoid", "hard_sigmoid", "softmax", "sparsemax")
Span = tuple[float, float]


def drawn_of_model(
    network: Any, items: Sequence[Any], span: Span, keep: Keep
) -> Iterator[Diagnostic]:
    """Draws these pictures; `span` is that of the pixels that the network takes.

    Raises NoPicture for what cannot be drawn of it.
    """
    wanted = _read(items)
    known = _Known(model=network, span=span, shape=_shape(network))
    for number, (picture, file) in enumerate(zip(wanted, files(wanted), strict=True)):
        known.add(picture, file, number)
    script = _functions(known.sections.values())
    names = {**vars(script), "network": network, "arguments": SimpleNamespace(data_dir=Path())}
    yield from draw(PicturesPlan((), tuple(known.steps)), names, keep)


def _read(items: Sequence[Any]) -> list[Picture]:
    reader = Reader()
    found = [picture for picture in pictures(reader, list(items)) if picture is not None]
    if reader.found:
        first = reader.found[0]
        raise NoPicture(first.message + (f"; {first.help}" if first.help else ""))
    for picture in found:
        if picture.word not in OF_A_MODEL:
            shown = listing(OF_A_MODEL)
            raise NoPicture(
                f"`{picture.word}` needs the folder of a run; a model alone has {shown}"
            )
        if isinstance(getattr(picture, "image", None), int):
            raise NoPicture("a model alone has no rows: give the path of an image")
    return found


def _shape(network: Any) -> tuple[int, int, int]:
    """Height, width and channels of what the network takes."""
    taken = [each.shape for each in _inputs(network)]
    if len(taken) != 1 or len(taken[0]) != 4 or taken[0][3] not in (1, 3, 4):
        raise NoPicture("the model does not take one image")
    _, height, width, channels = taken[0]
    return height or 224, width or 224, channels


def _inputs(network: Any) -> list[Any]:
    """What a network takes, so far as it knows."""
    try:
        return list(network.inputs)
    except (AttributeError, TypeError, ValueError):  # of one that was never built, or a class
        return []


def _functions(sections: Iterable[Section]) -> ModuleType:
    return module.load(emit_functions([*sections]), Path("pictures.py"))


@dataclass(kw_only=True)
class _Known(Drawings):
    """Those of a model, whose layers alone are known."""

    model: Any
    span: Span
    shape: tuple[int, int, int]
    network = Ref("network")

    def __post_init__(self) -> None:
        script = _functions([Section("pictures/flattened.py.jinja", ())])
        self.inputs, self.outputs = script.flattened(self.model)

    @property
    def values(self) -> tuple[tuple[str, Value], ...]:
        return (
            ("logits", False),
            ("several", False),
            ("numbers", not self.probabilities),
            ("one_unit", self.probabilities and self.model.outputs[0].shape[-1] == 1),
            ("range", self.span),
            ("span", self.span),
            ("scaled", self.span != (0.0, 255.0)),
        )

    @cached_property
    def probabilities(self) -> bool:
        """Whether it puts out probabilities, as the last of its operations says; else numbers."""
        return _last(self.inputs, self.outputs[self.model.name]) in PROBABILITIES

    @property
    def count(self) -> int:
        """Of the classes, or of the numbers that it puts out."""
        shapes = [each.shape for each in self.model.outputs]
        if len(shapes) != 1 or len(shapes[0]) != 2:
            raise NoPicture("the model does not put out one score for each class")
        return 2 if shapes[0][1] == 1 and self.probabilities else int(shapes[0][1])

    @property
    def classes(self) -> Items:
        noun = "class" if self.probabilities else "output"
        return Items(tuple(f"{noun} {place}" for place in range(self.count)))

    def arguments(self, picture: Picture) -> Arguments:
        for name, _ in picture.layers_named:
            self._check(name)
        return super().arguments(picture)

    def _check(self, name: str) -> None:
        if name not in self.outputs:
            meant = nearest(name, self.outputs)
            help = f"did you mean `{meant}`?" if meant else f"it has {listing(list(self.outputs))}"
            raise NoPicture(f"the model has no layer `{name}`; {help}")
        if len(self.outputs[name].shape) != 4:
            raise NoPicture(f"`{name}` puts out no height x width x channels")

    def chosen(self, given: str | int) -> int:
        if isinstance(given, str) or given >= self.count:
            noun = "class" if self.probabilities else "output"
            raise NoPicture(f"there is no {noun} `{given}`: the model has {self.count}, from 0")
        return given

    def read(self, image: str | int) -> Value:
        self.needs("read_image")
        return Call("read_image", (Under(str(image), base="arguments.data_dir"), self.shape))

    def size_of_patterns(self, layer: str) -> int:
        return min(SMALL, *self.shape[:2])

    def maps(self, layers: int | tuple[str, ...]) -> tuple[str, ...]:
        return self._maps()[:layers] if isinstance(layers, int) else layers

    def last_map(self) -> str:
        found = self._maps(but=(*BEFORE, *POOLS))
        if not found:
            raise NoPicture("no layer of the model makes maps")
        return found[-1]

    def _maps(self, but: tuple[str, ...] = BEFORE) -> tuple[str, ...]:
        """The layers that make feature maps, from the input on, but for those of some kinds."""
        kinds = _kinds(self.model)
        return tuple(
            name
            for name, tensor in self.outputs.items()
            if len(tensor.shape) == 4
            and name in kinds
            and not any(word in kinds[name] for word in but)
        )


def _last(inputs: Any, output: Any) -> str:
    """The activation that a network ends with; without any, the kind of its last operation."""
    import keras

    last = keras.Model(inputs, output).operations[-1]
    own = getattr(last, "activation", None)
    return str(getattr(own, "__name__", type(own or last).__name__)).lower()


def _kinds(network: Any) -> dict[str, str]:
    """The class of each layer by its name, but for models, whose layers are among them."""
    found: dict[str, str] = {}
    for layer in network.layers:
        if hasattr(layer, "layers"):
            found |= _kinds(layer)
        else:
            found[layer.name] = type(layer).__name__
    return found
