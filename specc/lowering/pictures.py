"""The pictures of a spec to the calls that draw them, and what these calls need first."""

import re
from dataclasses import dataclass

from specc.lowering.drawings import Arguments, Drawings, other
from specc.maps import first_maps, last_map, size_of_patterns
from specc.pictures import (
    ConfusionMatrix,
    LearningCurves,
    Misclassified,
    Picture,
    Roc,
    files,
    shown_part,
)
from specc.program import Assign, Call, DataPlan, Items, PicturesPlan, Ref, Section, Under, Value
from specc.subject import Subject

NAMED = ("sources/images.py.jinja", "sources/text_folders.py.jinja")  # by folders
PIXELS = (0.0, 255.0)
FAR = re.compile("[\u0700-\u1dff\u2e00-\ud7ff\uf900-\ufaff\U00010000-\U0010ffff]")


@dataclass(kw_only=True)
class _Pictures(Drawings):
    """Those of a spec, which knows its data besides the network."""

    subject: Subject
    data: DataPlan

    @property
    def network(self) -> Ref:
        """The network as it is saved, which takes what the source delivers."""
        whole = self.data.preprocesses or self.data.scaled
        return Ref("network" if whole else "model")

    @property
    def classes(self) -> Ref:
        return classes(self.subject, self.data)

    @property
    def values(self) -> tuple[tuple[str, Value], ...]:
        target, pair, facts = self.data.target, self.subject.pair, self.subject.facts
        return (
            ("validation", "validation" in self.data.parts),
            ("folds", bool(self.folds)),
            ("retrain", self.retrain),
            ("phases", bool(self.subject.training or self.subject.spec.train.phases)),
            ("logits", pair is not None and pair.loss.logits),
            ("one_unit", pair is not None and pair.one_unit),
            ("several", self.subject.task == "multilabel"),
            ("numbers", False),  # in place of classes, which rules ask for
            ("one_hot", target.one_hot),
            ("range", facts.range),
            ("span", facts.range or PIXELS),
            ("scaled", facts.range not in (None, PIXELS)),
        )

    @property
    def folds(self) -> int | None:
        evaluate = self.subject.spec.evaluate
        return evaluate.k_fold if evaluate else None

    @property
    def retrain(self) -> bool:
        """Whether a training on all rows follows those on folds."""
        evaluate = self.subject.spec.evaluate
        return bool(self.folds) and evaluate is not None and evaluate.retrain

    def arguments(self, picture: Picture) -> Arguments:
        match picture:
            case LearningCurves():
                both = (Ref("done"), Ref("history"))
                return (both if self.retrain else both[:1] if self.folds else both[1:]), {}
            case ConfusionMatrix() | Roc():
                part = self._part(picture.part)
                return (self._found(part), self.classes, part), {}
            case Misclassified():
                part = self._part(picture.part)
                rows = (self._found(part), Ref(f"data.{part}"))
                return (*rows, self.classes, part), other(picture, "count")
        return super().arguments(picture)

    def maps(self, layers: int | tuple[str, ...]) -> tuple[str, ...]:
        return first_maps(self.subject.graph, layers)

    def last_map(self) -> str | None:
        return last_map(self.subject.graph)

    def size_of_patterns(self, layer: str) -> int:
        return size_of_patterns(self.subject.graph, layer, self.data.input.shape)

    def chosen(self, given: str | int) -> Value:
        return Call(f"{self.classes.name}.index", (given,)) if isinstance(given, str) else given

    def _part(self, given: str | None) -> str:
        return given or shown_part(self.subject.facts.parts, bool(self.folds)) or "train"

    def _found(self, part: str) -> Ref:
        """The predictions for a part, which are made once."""
        made = Call("predictions", (self.network, Ref(f"data.{part}")))
        step = Assign((f"on_{part}",), made)
        if step not in self.steps:
            self.steps.append(step)
        return Ref(f"on_{part}")

    def read(self, image: str | int) -> Value:
        if isinstance(image, int):
            self.needs("row")
            return Call("row", (Ref(f"data.{self._part(None)}"), image))
        file = Under(image, base="arguments.data_dir")
        if dict(self.data.source.values).get("size") and not self.data.streams:  # image files
            return Call("decode", (Call("str", (file,)),))
        self.needs("read_image")
        return Call("read_image", (file, self.data.input.shape))


def classes(subject: Subject, data: DataPlan) -> Ref:
    """Where the script has the names of the classes."""
    values = dict(data.source.values)
    if values.get("label_columns"):
        return Ref("LABEL_COLUMNS")
    if values.get("several") and "target" in values:
        return Ref("TARGETS")
    return Ref("data.classes" if _carried(data) else "CLASSES")


def _lettered(subject: Subject, data: DataPlan, named: Ref) -> bool:
    """Whether names of classes may have letters beyond those of Europe and the Near East."""
    if named.name == "data.classes":
        return True
    values = dict(data.source.values)
    places = {"LABEL_COLUMNS": "label_columns", "TARGETS": "target", "CLASSES": "classes"}
    return bool(FAR.search(repr(values.get(places[named.name]) or _names(subject, data))))


def _carried(data: DataPlan) -> bool:
    """Whether the script finds the names when it reads the data."""
    values = dict(data.source.values)
    if values.get("classes"):
        return False
    index = data.source.template == "sources/image_index.py.jinja" and not values["numbers"]
    return data.source.template in NAMED or index or bool(values.get("named"))


def _names(subject: Subject, data: DataPlan) -> Value:
    """The names of the classes where the source has no place for them; else their numbers."""
    if dict(data.source.values).get("classes"):
        return None
    known = subject.spec.data.source.known() if subject.spec.data else None
    names = (subject.spec.data and subject.spec.data.classes) or (known and known.class_names)
    if names:
        return Items(tuple(names))
    width = subject.head.width if subject.head else None
    count = subject.facts.classes or (2 if width == 1 else width)
    return Call("range", (count,))


def curves(subject: Subject, data: DataPlan) -> Section:
    """What draws learning curves, whether or not the spec asks for them."""
    return _Pictures(subject=subject, data=data).section(LearningCurves.word)


def pictures_plan(subject: Subject, data: DataPlan) -> PicturesPlan | None:
    """The plan for the pictures of a spec that has no errors; None without any."""
    made = _Pictures(subject=subject, data=data)
    wanted = [picture for picture in subject.spec.visualize if picture is not None]
    for place, (picture, file) in enumerate(zip(wanted, files(wanted), strict=True)):
        made.add(picture, file, place)
    if not wanted:
        return None
    asked = any(picture.of_classes for picture in wanted)
    lettered = asked and _lettered(subject, data, made.classes)
    if lettered:
        made.needs("fonts")
    carried = asked and made.classes.name == "data.classes"
    constant = asked and made.classes.name == "CLASSES"
    return PicturesPlan(
        sections=tuple(made.sections.values()),
        steps=tuple(made.steps),
        network=any(not isinstance(picture, LearningCurves) for picture in wanted),
        classes=_names(subject, data) if constant else None,
        carried=carried,
        lettered=made.classes if lettered else None,
    )
