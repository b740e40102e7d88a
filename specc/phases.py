"""The section `train.phases`: parts of a training, each with its own frozen layers."""

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BeforeValidator, model_validator

from specc.keys import meaning
from specc.kind import Each, Of
from specc.objects import Reader
from specc.options import Name, Positive, Share, expected, mistake
from specc.section import Section
from specc.source import Path
from specc.wording import missing_key, shown

LISTED: Path = ("train", "phases")
OF_TRAIN = ("optimizer", "epochs", "steps_per_epoch", "class_weight", "callbacks", "hoist")
OF_DATA = ("augment", "batch_size")
INHERITED = {**dict.fromkeys(OF_TRAIN, "train"), **dict.fromkeys(OF_DATA, "data")}
RATE = "write it in the optimizer: `optimizer: {Adam: {learning_rate: …}}`"
_AUGMENT = "write it under `data`, and `augment: none` in the phases that want none of it"


class Inside(Section):
    """Which of the layers inside a model are trained; the others are frozen."""

    renamed: ClassVar[Mapping[str, str]] = {"from": "first"}
    in_short: ClassVar[Mapping[type, str]] = {  # what values of other types were meant as
        str: "{from: …}",
        int: "{last: …}",
        float: "{share: …}",
        list: "{match: …}",
    }

    first: str | None = None
    last: Positive | None = None
    share: Share | None = None
    match: str | tuple[str, ...] | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        said = (self.first, self.last, self.share, self.match)
        given = sum(each not in (None, (), "") for each in said)
        if given != 1:
            asked = f"takes one of `from`, `last`, `share` and `match`, got {given or 'none'}"
            nothing = all(each is None for each in said)
            raise mistake("F012" if nothing else "F017", asked)
        return self

    @property
    def globs(self) -> tuple[str, ...]:
        return (self.match,) if isinstance(self.match, str) else self.match or ()

    @property
    def said(self) -> str:
        """What the spec says, in words."""
        if self.globs:
            return " and ".join(self.globs)
        if self.last is not None:
            return f"the last {self.last}" if self.last > 1 else "the last one"
        return f"the last {self.share:.0%}" if self.share is not None else f"{self.first} on"

    def trained(self, names: Sequence[str]) -> frozenset[int]:
        """The numbers of the layers that are trained, of layers with these names in order."""
        count = len(names)
        if self.globs:
            found = (i for i, n in enumerate(names) if any(fnmatchcase(n, g) for g in self.globs))
            return frozenset(found)
        if self.first is not None:
            begin = names.index(self.first) if self.first in names else count
        else:
            begin = count - (self.last or max(round(count * (self.share or 0)), 1))
        return frozenset(range(max(begin, 0), count))


State = bool | Inside


def _unaugmented(value: object) -> object:
    """The value, unless it is augmentation of one phase alone, or no text at all."""
    if isinstance(value, dict):
        raise mistake("F050", "has `augment` of its own, which is not supported yet", _AUGMENT)
    if not isinstance(value, str):
        raise expected("`none`")
    return value


class Phase(Section):
    """A part of the training; what it leaves out is said by `train` and `data`."""

    later: ClassVar[Mapping[str, str]] = {
        "loss": "a loss of one phase alone",
        "metrics": "metrics of one phase alone",
    }

    habits: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("learning_rate", "lr"), RATE),
        **dict.fromkeys(("freeze", "frozen", "freeze_layers"), "write `trainable: {vgg16: false}`"),
        **dict.fromkeys(("unfreeze", "train", "layers"), "write `trainable: {vgg16: true}`"),
        "fine_tune_at": "write `trainable: {vgg16: {from: block5_conv1}}`",
    }

    name: Name
    trainable: Annotated[dict[str, State] | None, Each(Inside, "true", flag=True)] = None
    optimizer: Annotated[Any, Of("optimizers")] = None
    epochs: Positive | None = None
    steps_per_epoch: Positive | None = None
    class_weight: Literal["balanced"] | dict[str, float] | None = None
    callbacks: Annotated[tuple[Any, ...] | None, Of("callbacks", many=True)] = None
    hoist: bool | None = None
    batch_size: Positive | None = None  # of the training part
    augment: Annotated[Literal["none"] | None, BeforeValidator(_unaugmented)] = None

    @property
    def states(self) -> Mapping[str, State]:
        """What of the layers it lists is trained; the others keep their own `trainable`."""
        return self.trainable or {}

    @property
    def own(self) -> dict[str, Any]:
        """What it says in place of `train`."""
        given = {name: getattr(self, name) for name in OF_TRAIN}
        return {name: value for name, value in given.items() if value is not None}

    @property
    def own_data(self) -> dict[str, Any]:
        """What it says in place of `data`."""
        augment = {} if self.augment is None else {"augment": None}
        return augment | ({"batch_size": self.batch_size} if self.batch_size else {})


def read_phases(reader: Reader, train: Mapping[str, Any]) -> tuple[Phase, ...]:
    """The phases that `train` lists; those that could not be read are left out."""
    data, path = train["phases"], LISTED
    if not isinstance(data, list) or not data:
        help = "start each phase with `- name: …`"
        message = f"`phases` is {shown(data)}, expected a list of phases"
        reader.error("F013", message, path, help=help)
        reader.broken.add(path)
        return ()
    read = [_phase(reader, train, number) for number in range(len(data))]
    if None in read:
        reader.broken.add(path)
    return tuple(phase for phase in read if phase is not None)


def _phase(reader: Reader, train: Mapping[str, Any], number: int) -> Phase | None:
    data, path = train["phases"][number], (*LISTED, number)
    if not isinstance(data, dict) or not data:
        message = f"a phase is {shown(data) if data else 'empty'}, expected a mapping"
        reader.error("F013", message, path, help="write `- name: …`, and its options below")
        return None
    before = len(reader.found)
    filled = reader.filled(data, path)
    phase = reader.fields(Phase, filled, path, "a phase", lenient=True)
    if any(each.on_key and not each.fix for each in reader.found[before:]):
        reader.broken.add((*path, "trainable"))  # which may be what the unknown key meant
    keys = {meaning(key, Phase.model_fields) or key for key in data}
    known = not keys.isdisjoint(Phase.model_fields)
    if known and "optimizer" not in keys and "optimizer" not in train:
        called = f"phase `{phase.name}`" if phase else "a phase"
        reader.found.append(missing_key("optimizer", called, path))
    return phase or _nameless(filled, number)


def _nameless(data: Mapping[str, Any], number: int) -> Phase | None:
    """A phase without a name that can be read, which was told, with all the rest of it."""
    reader, name = Reader(), f"phase_{number + 1}"
    return reader.fields(Phase, {**data, "name": name}, (), "a phase", lenient=True)
