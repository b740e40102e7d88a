"""Pictures of a `.keras` file of which nothing else is known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from specc.backends.script import emit_functions
from specc.diagnostics import Diagnostic
from specc.objects import Reader
from specc.pictures import SMALL, Activations, Filters, GradCam, Picture, files, pictures
from specc.program import Assign, Call, Drawing, Items, PicturesPlan, Ref, Section, Under, Value
from specc.runs import module
from specc.runs.drawing import Keep, draw
from specc.use.picture_words import NoPicture
from specc.wording import listing
from specc.words import nearest

OF_A_MODEL = ("activations", "filters", "grad_cam")
FUNCTIONS = ("flattened", "activated", "tiled", "shown", "read_image", *OF_A_MODEL)
BEFORE = ("Rescaling", "Normalization", "Resizing", "CenterCrop")  # layers that only prepare
POOLS = ("Pooling", "Dropout")
Span = tuple[float, float]


def drawn_of_model(
    network: Any, items: Sequence[Any], span: Span, keep: Keep
) -> Iterator[Diagnostic]:
    """Draws these pictures; `span` is that of the pixels that the network takes.

    Raises NoPicture for what cannot be drawn of it.
    """
    wanted = _read(items)
    shape = _shape(network)
    script = _functions(network, span)
    known = _Known(network, script, shape)
    for number, (picture, file) in enumerate(zip(wanted, files(wanted), strict=True)):
        known.add(picture, file, number)
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


def _functions(network: Any, span: Span) -> ModuleType:
    values: tuple[tuple[str, Value], ...] = (
        ("logits", False),
        ("several", False),
        ("one_unit", network.outputs[0].shape[-1] == 1),
        ("range", span),
        ("span", span),
        ("scaled", span != (0.0, 255.0)),
    )
    sections = [Section(f"pictures/{name}.py.jinja", values) for name in FUNCTIONS]
    return module.load(emit_functions(sections), Path("pictures.py"))


@dataclass
class _Known:
    """The layers of a network, and the calls that draw pictures of it."""

    network: Any
    script: ModuleType
    shape: tuple[int, int, int]
    steps: list[Assign | Drawing] = field(default_factory=list)

    def __post_init__(self) -> None:
        _, self.outputs = self.script.flattened(self.network)

    def add(self, picture: Picture, file: str, number: int) -> None:
        for name, _ in picture.layers_named:
            self._check(name)
        args, options = self._call(picture, number)
        call = Call(f"draw_{picture.word}", (*args, Under(file)), tuple(options.items()))
        self.steps.append(Drawing(call, file, number))

    def _check(self, name: str) -> None:
        if name not in self.outputs:
            meant = nearest(name, self.outputs)
            help = f"did you mean `{meant}`?" if meant else f"it has {listing(list(self.outputs))}"
            raise NoPicture(f"the model has no layer `{name}`; {help}")
        if len(self.outputs[name].shape) != 4:
            raise NoPicture(f"`{name}` puts out no height x width x channels")

    def _call(self, picture: Picture, number: int) -> tuple[tuple[Value, ...], dict[str, Value]]:
        network = Ref("network")
        match picture:
            case Filters():
                size = picture.size or min(SMALL, *self.shape[:2])
                options = {"count": picture.count, "steps": picture.steps, "size": size}
                return (network, picture.layer), dict(options)
            case Activations():
                count = picture.layers
                names = self._maps()[:count] if isinstance(count, int) else list(count)
                return (network, self._image(picture.image, number), Items(tuple(names))), {}
            case GradCam():
                return self._grad_cam(picture, number)
        raise ValueError(f"{picture.word!a} is no picture of a model")

    def _grad_cam(
        self, picture: GradCam, number: int
    ) -> tuple[tuple[Value, ...], dict[str, Value]]:
        shapes = [each.shape for each in self.network.outputs]
        if len(shapes) != 1 or len(shapes[0]) != 2:
            raise NoPicture("the model does not put out one score for each class")
        width = shapes[0][-1]
        count = 2 if width == 1 else width
        if isinstance(picture.chosen, str) or (picture.chosen or 0) >= count:
            raise NoPicture(f"there is no class `{picture.chosen}`: the model has {count}, from 0")
        layer = picture.layer or next(reversed(self._maps(pooled=False)), None)
        if layer is None:
            raise NoPicture("no layer of the model makes maps")
        named = Items(tuple(f"class {place}" for place in range(count)))
        args = (Ref("network"), self._image(picture.image, number), layer, named)
        return args, {"chosen": picture.chosen, "alpha": float(picture.alpha)}

    def _image(self, image: str | int, number: int) -> Ref:
        name = f"image_{number}"
        file = Under(str(image), base="arguments.data_dir")
        self.steps.append(Assign((name,), Call("read_image", (file, self.shape))))
        return Ref(name)

    def _maps(self, *, pooled: bool = True) -> list[str]:
        """The layers that make feature maps, from the input on."""
        kinds = _kinds(self.network)
        left_out = BEFORE if pooled else (*BEFORE, *POOLS)
        return [
            name
            for name, tensor in self.outputs.items()
            if len(tensor.shape) == 4
            and name in kinds
            and not any(word in kinds[name] for word in left_out)
        ]


def _kinds(network: Any) -> dict[str, str]:
    """The class of each layer by its name, but for models, whose layers are among them."""
    found: dict[str, str] = {}
    for layer in network.layers:
        if hasattr(layer, "layers"):
            found |= _kinds(layer)
        else:
            found[layer.name] = type(layer).__name__
    return found
