"""The pictures of a spec to the calls that draw them, and what these calls need first."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from specc.maps import first_maps, last_map, size_of_patterns
from specc.pictures import (
    SMALL,
    Activations,
    ConfusionMatrix,
    Filters,
    GradCam,
    LearningCurves,
    Misclassified,
    Picture,
    Roc,
    files,
    shown_part,
)
from specc.program import (
    Assign,
    Call,
    DataPlan,
    Drawing,
    Items,
    PicturesPlan,
    Ref,
    Section,
    Under,
    Value,
)
from specc.subject import Subject

NAMED = ("sources/images.py.jinja", "sources/text_folders.py.jinja")  # by folders
PIXELS = (0.0, 255.0)
NEEDS: Mapping[type[Picture], tuple[str, ...]] = {
    LearningCurves: (),
    ConfusionMatrix: ("predictions",),
    Roc: ("predictions",),
    Misclassified: ("predictions", "shown"),
    Activations: ("flattened", "tiled", "shown"),
    Filters: ("flattened", "activated", "tiled"),
    GradCam: ("flattened", "activated", "shown"),
}


@dataclass
class _Pictures:
    """What was gathered so far, picture by picture."""

    subject: Subject
    data: DataPlan
    steps: list[Assign | Drawing] = field(default_factory=list)
    sections: dict[str, Section] = field(default_factory=dict)
    images: dict[Value, str] = field(default_factory=dict)
    place: int = 0

    @property
    def network(self) -> Ref:
        """The network as it is saved, which takes what the source delivers."""
        whole = self.data.preprocesses or self.data.scaled
        return Ref("network" if whole else "model")

    @property
    def values(self) -> tuple[tuple[str, Value], ...]:
        """What the templates ask for."""
        target, pair, facts = self.data.target, self.subject.pair, self.subject.facts
        return (
            ("validation", "validation" in self.data.parts),
            ("folds", self.subject.spec.evaluate is not None and bool(self.folds)),
            ("phases", bool(self.subject.training or self.subject.spec.train.phases)),
            ("logits", pair is not None and pair.loss.logits),
            ("one_unit", pair is not None and pair.one_unit),
            ("several", self.subject.task == "multilabel"),
            ("one_hot", target.one_hot),
            ("range", facts.range),
            ("span", facts.range or PIXELS),
            ("scaled", facts.range not in (None, PIXELS)),
        )

    @property
    def folds(self) -> int | None:
        evaluate = self.subject.spec.evaluate
        return evaluate.k_fold if evaluate else None

    def needs(self, *names: str) -> None:
        for name in names:
            self.sections.setdefault(name, self.section(name))

    def section(self, name: str) -> Section:
        return Section(f"pictures/{name}.py.jinja", self.values)

    def add(self, picture: Picture, file: str) -> None:
        self.needs(*NEEDS[type(picture)], picture.word)
        args, options = self._arguments(picture)
        call = Call(f"draw_{picture.word}", (*args, Under(file)), tuple(options.items()))
        self.steps.append(Drawing(call, file, self.place))

    def _arguments(self, picture: Picture) -> tuple[tuple[Value, ...], Mapping[str, Value]]:
        """The arguments by position, and the options that are not those of the function."""
        match picture:
            case LearningCurves():
                return (Ref("done" if self.folds else "history"),), {}
            case ConfusionMatrix() | Roc():
                part = self._part(picture.part)
                return (self._found(part), classes(self.subject, self.data), part), {}
            case Misclassified():
                part = self._part(picture.part)
                rows = (self._found(part), Ref(f"data.{part}"))
                named = (*rows, classes(self.subject, self.data), part)
                return named, _other(picture, "count")
            case Activations():
                names = first_maps(self.subject.graph, picture.layers)
                return (self.network, self._image(picture.image), Items(names)), {}
            case Filters():
                shape = self.data.input.shape
                size = picture.size or size_of_patterns(self.subject.graph, picture.layer, shape)
                own = _other(picture, "count", "steps") | ({"size": size} if size != SMALL else {})
                return (self.network, picture.layer), own
            case GradCam():
                return self._grad_cam(picture)
        raise ValueError(f"{picture.word!a} is no picture")

    def _grad_cam(self, picture: GradCam) -> tuple[tuple[Value, ...], Mapping[str, Value]]:
        layer = picture.layer or last_map(self.subject.graph)
        named = classes(self.subject, self.data)
        chosen: Value = picture.chosen
        if isinstance(chosen, str):
            chosen = Call(f"{named.name}.index", (chosen,))
        options = {"chosen": chosen} if chosen is not None else {}
        args = (self.network, self._image(picture.image), layer, named)
        return args, options | _other(picture, "alpha")

    def _part(self, given: str | None) -> str:
        return given or shown_part(self.subject.facts.parts, bool(self.folds)) or "train"

    def _found(self, part: str) -> Ref:
        """The predictions for a part, which are made once."""
        made = Call("predictions", (self.network, Ref(f"data.{part}")))
        step = Assign((f"on_{part}",), made)
        if step not in self.steps:
            self.steps.append(step)
        return Ref(f"on_{part}")

    def _image(self, image: str | int) -> Ref:
        """An image, which is read once."""
        read = self._read(image)
        if read not in self.images:
            name = f"image_{len(self.images) + 1}" if self.images else "image"
            self.images[read] = name
            self.steps.append(Assign((name,), read))
        return Ref(self.images[read])

    def _read(self, image: str | int) -> Value:
        if isinstance(image, int):
            self.needs("row")
            return Call("row", (Ref(f"data.{self._part(None)}"), image))
        file = Under(image, base="arguments.data_dir")
        if dict(self.data.source.values).get("size") and not self.data.streams:  # image files
            return Call("decode", (Call("str", (file,)),))
        self.needs("read_image")
        return Call("read_image", (file, self.data.input.shape))


def _other(picture: Picture, *options: str) -> dict[str, Value]:
    """The options that are not left at their defaults."""
    fields = type(picture).model_fields
    return {o: getattr(picture, o) for o in options if getattr(picture, o) != fields[o].default}


def classes(subject: Subject, data: DataPlan) -> Ref:
    """Where the script has the names of the classes."""
    values = dict(data.source.values)
    if values.get("label_columns"):
        return Ref("LABEL_COLUMNS")
    if values.get("several") and "target" in values:
        return Ref("TARGETS")
    return Ref("data.classes" if _carried(data) else "CLASSES")


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
    return _Pictures(subject, data).section(LearningCurves.word)


def pictures_plan(subject: Subject, data: DataPlan) -> PicturesPlan | None:
    """The plan for the pictures of a spec that has no errors; None without any."""
    made = _Pictures(subject, data)
    wanted = [picture for picture in subject.spec.visualize if picture is not None]
    for made.place, (picture, file) in enumerate(zip(wanted, files(wanted), strict=True)):
        made.add(picture, file)
    if not wanted:
        return None
    asked = any(picture.of_classes for picture in wanted)
    carried = asked and classes(subject, data).name == "data.classes"
    constant = asked and classes(subject, data).name == "CLASSES"
    return PicturesPlan(
        sections=tuple(made.sections.values()),
        steps=tuple(made.steps),
        network=any(not isinstance(picture, LearningCurves) for picture in wanted),
        classes=_names(subject, data) if constant else None,
        carried=carried,
    )
