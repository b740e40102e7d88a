"""Random changes of training images, in the words of Keras' ImageDataGenerator."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, PlainValidator

from specc.kind import STRICT, Of
from specc.options import Number, expected, out_of_range, ratio
from specc.values import Items, Section, Value

TEMPLATE = "augment.py.jinja"
MIXING = ("CutMix", "MixUp")  # layers that change the targets as well
PIXELS = (0.0, 255.0)


def _number(value: Any, what: str) -> float:
    number = ratio(value) or value
    if type(number) is bool or not isinstance(number, int | float):
        raise expected(what)
    return number


def _several(value: Any, what: str) -> list[float]:
    return [_number(each, what) for each in value]


def _read_range(value: Any) -> Any:
    what = "a number from 0 on: it is drawn from both sides of 0"
    if _number(value, what) < 0:
        raise out_of_range(what)
    return _number(value, what)


def _read_shift(value: Any) -> Any:
    what = "a share below 1, a number of pixels, or a list of either"
    many = isinstance(value, tuple | list)
    found = _several(value if many else (value,), what)
    if not found:
        raise expected(what)
    if not many and found[0] < 0:
        raise out_of_range("a number from 0 on: it goes either way")
    return tuple(found) if many else found[0]


def _read_zoom(value: Any) -> Any:
    what = "a number from 0 to below 1, or a list of two numbers above 0"
    pair = isinstance(value, tuple | list)
    found = _several(value if pair else (value,), what)
    if len(found) != 1 + pair:
        raise expected(what)
    low, high = found if pair else (1 - found[0], 1 + found[0])
    if not 0 < low <= high:
        raise out_of_range(f"{what}, the lower one first" if pair else what)
    return tuple(found) if pair else found[0]


def _read_brightness(value: Any) -> Any:
    what = "a list of two numbers from 0 on, the lower one first"
    if isinstance(value, float) and 0 < value < 1:
        raise expected(what, f"write `[{1 - value:g}, {1 + value:g}]` for so much either way")
    if not isinstance(value, tuple | list) or len(value) != 2:
        raise expected(what)
    found = _several(value, what)
    if not 0 <= found[0] <= found[1]:
        raise out_of_range(what)
    return tuple(found)


Range = Annotated[float, PlainValidator(_read_range)]
Shift = Annotated[float | tuple[float, ...], PlainValidator(_read_shift)]
Zoom = Annotated[float | tuple[float, float], PlainValidator(_read_zoom)]
Brightness = Annotated[tuple[float, float] | None, PlainValidator(_read_brightness)]


class Augment(BaseModel):
    """What is done to the images of the training part, anew in each epoch.

    The names are those of ImageDataGenerator, and the draws too; `layers` come after them.
    """

    model_config = STRICT | {"arbitrary_types_allowed": True}
    later: ClassVar[dict[str, str]] = {}
    habits: ClassVar[dict[str, str]] = {
        "flip": "write `horizontal_flip: true`, `vertical_flip: true` or both",
        "shift_range": "write `width_shift_range` and `height_shift_range`",
        "translation": "write `width_shift_range` and `height_shift_range`",
        "contrast": "write `layers: [{RandomContrast: 0.2}]`",
    }

    rotation_range: Range = 0
    width_shift_range: Shift = 0
    height_shift_range: Shift = 0
    brightness_range: Brightness = None
    shear_range: Range = 0
    zoom_range: Zoom = 0
    channel_shift_range: Range = 0
    fill_mode: Literal["nearest", "reflect", "wrap", "constant"] = "nearest"
    cval: Number = 0.0
    horizontal_flip: bool = False
    vertical_flip: bool = False
    layers: Annotated[tuple[Any, ...], Of("layers", many=True)] = ()

    @property
    def zoom(self) -> tuple[float, float] | None:
        """The factors between which one is drawn for each axis; None where there is no zoom."""
        given = self.zoom_range
        low, high = given if isinstance(given, tuple) else (1 - given, 1 + given)
        return None if low == high == 1 else (round(low, 12), round(high, 12))

    @property
    def moves(self) -> bool:
        """Whether pixels end up between those of the original."""
        shifts = _shifts(self.width_shift_range) or _shifts(self.height_shift_range)
        return bool(self.rotation_range or self.shear_range or shifts or self.zoom)

    @property
    def brightness(self) -> tuple[float, float] | None:
        """The factors between which one is drawn; None where nothing gets brighter or darker."""
        return None if self.brightness_range == (1, 1) else self.brightness_range

    @property
    def flips(self) -> bool:
        return self.horizontal_flip or self.vertical_flip

    @property
    def changes(self) -> bool:
        """Whether anything is done to an image before `layers`."""
        return bool(self.moves or self.flips or self.brightness or self.channel_shift_range)

    @property
    def acts(self) -> bool:
        """Whether anything is done to an image at all."""
        return self.changes or bool(self.layers)

    def section(
        self, span: tuple[float, float] | None, dtype: str | None, unseen: int = 0
    ) -> Section:
        """The template that makes the changes, of values in `span`, and its own values.

        `unseen` is the class of pixels that `constant` fills in, in masks.
        """
        options = {
            "rotation_range": self.rotation_range,
            **_shift("width_shift_range", self.width_shift_range),
            **_shift("height_shift_range", self.height_shift_range),
            "shear_range": self.shear_range,
            "zoom_range": self.zoom,
            "horizontal_flip": self.horizontal_flip,
            "vertical_flip": self.vertical_flip,
            "channel_shift_range": self.channel_shift_range,
            "brightness_range": self.brightness,
            "value_range": span or PIXELS,
            "fill_mode": self.fill_mode.upper(),
            "cval": float(self.cval) if self.fill_mode == "constant" else 0.0,
            "unseen": float(unseen) if self.fill_mode == "constant" else 0.0,
            "layers": Items(tuple(each.call() for each in self.layers)) if self.layers else None,
            "casts": "float" not in (dtype or ""),
        }
        return Section(TEMPLATE, tuple((options | self._asked(options)).items()))

    def _asked(self, options: dict[str, Value]) -> dict[str, Value]:
        """What the template has to know of several options together."""
        sides = ("width_shift_range", "height_shift_range")
        chosen = [options[f"{side}_pixels"] or options[f"{side}_choices"] for side in sides]
        drawn = [options[side] for side in sides if options[side]]
        colours = self.brightness or self.channel_shift_range
        ranges = self.rotation_range or self.shear_range or self.zoom or colours
        return {
            "changes": self.changes,
            "mixes": any(type(layer).__name__ in MIXING for layer in self.layers),
            "moves": self.moves,
            "moves_masks": bool(self.moves or self.flips),
            "draws_choice": bool(self.flips or any(chosen)),
            "draws_uniform": bool(ranges or len(drawn) > sum(map(bool, chosen))),
            "per_image": bool(colours or (self.flips and not self.moves)),
        }


def _shifts(value: float | tuple[float, ...]) -> bool:
    """Whether a shift ever moves an image; of `1`, a whole number, nothing but 0 is drawn."""
    if isinstance(value, tuple):
        return any(value)
    return value > 1 if isinstance(value, int) else value > 0


def _shift(option: str, value: float | tuple[float, ...]) -> dict[str, Value]:
    """How far images move along a side: a share of it or pixels, whole ones, or a choice."""
    choices = value if isinstance(value, tuple) else ()
    moves = _shifts(value)
    return {
        option: value if moves else None,
        f"{option}_choices": tuple(sign * each for sign in (1, -1) for each in choices) or None,
        f"{option}_pixels": moves and isinstance(value, int),
        f"{option}_share": max(choices or (value,)) < 1,  # type: ignore[operator]
    }
