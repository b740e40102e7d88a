"""The pictures that a spec may ask for, each with its options."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, PlainValidator

from specc.objects import Reader
from specc.options import Fraction, Positive, expected, out_of_range
from specc.section import Section
from specc.source import Path
from specc.wording import listing, shown, unknown_value
from specc.words import nearest

PLACE: Path = ("visualize",)
SMALL = 64  # pixels in height and width, of patterns of filters whose size is not said


def _image(value: Any) -> str | int:
    what = "the path of an image, or the number of a row"
    if type(value) is int and value < 0:
        raise out_of_range("the number of a row, from 0 on")
    if type(value) is int or (isinstance(value, str) and value.strip() and "\0" not in value):
        return value
    raise expected(what)


def _layers(value: Any) -> int | tuple[str, ...]:
    named = isinstance(value, list | tuple) and bool(value)
    if type(value) is int and value < 1:
        raise out_of_range("a number from 1 on, or names of layers")
    if type(value) is int:
        return value
    if named and all(isinstance(each, str) for each in value):
        return tuple(value)
    help = f"write `[{value}]`" if isinstance(value, str) else ""
    raise expected("how many of the first layers, or a list of names of layers", help)


def _chosen(value: Any) -> str | int:
    if type(value) is int and value < 0:
        raise out_of_range("the number of a class, from 0 on")
    if type(value) not in (int, str):
        raise expected("the number or the name of a class")
    return value  # type: ignore[no-any-return]


Image = Annotated[str | int, PlainValidator(_image)]
Layers = Annotated[int | tuple[str, ...], PlainValidator(_layers)]
Chosen = Annotated[str | int | None, PlainValidator(_chosen)]
Part = Literal["train", "validation", "test"]


class Picture(Section):
    """Base of the pictures; a value that stands alone is that of the first option."""

    word: ClassVar[str]
    renamed: ClassVar[Mapping[str, str]] = {}
    of_rows: ClassVar[bool] = False  # whether it shows what the model makes of a part
    of_classes: ClassVar[bool] = False  # whether it shows classes

    @property
    def layers_named(self) -> tuple[tuple[str, str], ...]:
        """The names of layers in it, each with its option."""
        return ()


class LearningCurves(Picture):
    """Loss and metrics over the epochs."""

    word = "learning_curves"


class ConfusionMatrix(Picture):
    """How many rows of each class are taken for each class."""

    word = "confusion_matrix"
    of_rows = of_classes = True

    part: Part | None = None


class Roc(Picture):
    """Right against wrong alarms at every threshold, one class against the rest."""

    word = "roc"
    of_rows = of_classes = True

    part: Part | None = None


class Misclassified(Picture):
    """The images that the model is surest and wrong about."""

    word = "misclassified"
    of_rows = of_classes = True

    count: Positive = 16
    part: Part | None = None


class Activations(Picture):
    """All channels of the first layers, for one image."""

    word = "activations"

    image: Image
    layers: Layers = 8

    @property
    def layers_named(self) -> tuple[tuple[str, str], ...]:
        return () if isinstance(self.layers, int) else tuple((n, "layers") for n in self.layers)


class Filters(Picture):
    """What the filters of a layer respond to most, by gradient ascent from noise."""

    word = "filters"

    layer: str
    count: Positive = 64
    steps: Positive = 40
    size: Annotated[int, Field(ge=8)] | None = None

    @property
    def layers_named(self) -> tuple[tuple[str, str], ...]:
        return ((self.layer, "layer"),)


class GradCam(Picture):
    """Where in an image a layer sees a class."""

    word = "grad_cam"
    renamed = {"class": "chosen"}
    of_classes = True

    image: Image
    layer: str | None = None
    chosen: Chosen = None
    alpha: Fraction = 0.4

    @property
    def layers_named(self) -> tuple[tuple[str, str], ...]:
        return ((self.layer, "layer"),) if self.layer is not None else ()


KINDS = (LearningCurves, ConfusionMatrix, Roc, Misclassified, Activations, Filters, GradCam)
PICTURES: Mapping[str, type[Picture]] = {kind.word: kind for kind in KINDS}


def files(pictures: Iterable[Picture]) -> Iterator[str]:
    """The file that each of these is drawn into; those of one kind are numbered."""
    counts: Counter[str] = Counter()
    for each in pictures:
        counts[each.word] += 1
        count = counts[each.word]
        yield f"{each.word}{f'_{count}' if count > 1 else ''}.png"


def shown_part(parts: Collection[str], folds: bool) -> str | None:
    """The part that a picture shows unless it says which: the one that is scored in the end.

    After training on folds there is no validation part.
    """
    held_out = ("test",) if folds else ("test", "validation")
    return next((part for part in held_out if part in parts), None)


def pictures(reader: Reader, data: Any) -> Iterator[Picture | None]:
    """The pictures in the order of the spec; None for one that could not be read."""
    if not isinstance(data, list):
        help = f"write `visualize: [{', '.join(_named(data)) or 'learning_curves'}]`"
        message = f"`visualize` is {shown(data)}, expected a list of pictures"
        reader.error("F013", message, PLACE, help=help)
        return
    for i, item in enumerate(data):
        yield _picture(reader, item, (*PLACE, i))


def _named(data: Any) -> list[str]:
    """The pictures that a text or a mapping in place of the list names."""
    words = data.split(",") if isinstance(data, str) else data if isinstance(data, dict) else ()
    return [meant for word in words if (meant := nearest(str(word).strip(), PICTURES))]


def _picture(reader: Reader, item: Any, path: Path) -> Picture | None:
    """`word`, `word: first option` or `word: {options}`."""
    match item:
        case dict() if len(item) > 1:
            message = f"expected one picture, got the keys {listing([str(key) for key in item])}"
            help = "start each picture with `- `, and indent its options"
            reader.error("F013", message, (*path, list(item)[1]), on_key=True, help=help)
            return None
        case dict() if item:
            [(word, value)] = item.items()
        case _:
            word, value = item, {}
    if not isinstance(word, str) or word not in PICTURES:
        reader.found.append(unknown_value(word, tuple(PICTURES), "visualize", path))
        return None
    inner = (*path, word) if isinstance(item, dict) else path
    return _filled(reader, PICTURES[word], value, inner)


def _filled(reader: Reader, kind: type[Picture], value: Any, path: Path) -> Picture | None:
    if isinstance(value, dict):
        return reader.fields(kind, value, path, kind.word)
    if value is None:
        help = f"write `{kind.word}` without a colon, or indent its options"
        reader.error("F016", f"`{kind.word}` is empty", path, on_key=True, help=help)
        return None
    first = next(iter(kind.model_fields), None)
    if first is None:
        reader.error("F013", f"`{kind.word}` takes no options, got {shown(value)}", path)
        return None
    return reader.fields(kind, {first: value}, path, kind.word, alone=path)
