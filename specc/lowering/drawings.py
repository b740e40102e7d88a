"""The calls that draw pictures, gathered one by one, with the functions and images they need."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field

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
)
from specc.program import Assign, Call, Drawing, Items, Ref, Section, Under, Value

Arguments = tuple[tuple[Value, ...], Mapping[str, Value]]  # by position, and by name
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
class Drawings(ABC):
    """What was gathered so far; those that know a network say what there is to look at."""

    steps: list[Assign | Drawing] = field(default_factory=list)
    sections: dict[str, Section] = field(default_factory=dict)
    images: dict[Value, str] = field(default_factory=dict)

    @property
    @abstractmethod
    def values(self) -> tuple[tuple[str, Value], ...]:
        """What the templates ask for."""

    @property
    @abstractmethod
    def network(self) -> Ref:
        """The network, which takes images as they come."""

    @property
    @abstractmethod
    def classes(self) -> Value:
        """The names of the classes."""

    @abstractmethod
    def read(self, image: str | int) -> Value:
        """The call that reads an image."""

    @abstractmethod
    def maps(self, layers: int | tuple[str, ...]) -> tuple[str, ...]:
        """So many of the first layers with feature maps, or those that are named."""

    @abstractmethod
    def last_map(self) -> str | None:
        """The layer that Grad-CAM looks at unless told."""

    @abstractmethod
    def size_of_patterns(self, layer: str) -> int:
        """Height and width of the patterns of a layer's filters, unless told."""

    def chosen(self, given: str | int) -> Value:
        """The number of a class."""
        return given

    def needs(self, *names: str) -> None:
        for name in names:
            self.sections.setdefault(name, self.section(name))

    def section(self, name: str) -> Section:
        return Section(f"pictures/{name}.py.jinja", self.values)

    def add(self, picture: Picture, file: str, place: int) -> None:
        self.needs(*NEEDS[type(picture)], picture.word)
        args, options = self.arguments(picture)
        call = Call(f"draw_{picture.word}", (*args, Under(file)), tuple(options.items()))
        self.steps.append(Drawing(call, file, place))

    def arguments(self, picture: Picture) -> Arguments:
        """The arguments, but for options that are those of the function."""
        match picture:
            case Activations():
                image = self.image(picture.image)
                return (self.network, image, Items(self.maps(picture.layers))), {}
            case Filters():
                size = picture.size or self.size_of_patterns(picture.layer)
                own = other(picture, "count", "steps") | ({"size": size} if size != SMALL else {})
                return (self.network, picture.layer), own
            case GradCam():
                given = picture.chosen
                options = {"chosen": self.chosen(given)} if given is not None else {}
                layer = picture.layer or self.last_map()
                args = (self.network, self.image(picture.image), layer, self.classes)
                return args, options | other(picture, "alpha")
        raise ValueError(f"{picture.word!a} is no picture of a network")

    def image(self, image: str | int) -> Ref:
        """An image, which is read once."""
        read = self.read(image)
        if read not in self.images:
            name = f"image_{len(self.images) + 1}" if self.images else "image"
            self.images[read] = name
            self.steps.append(Assign((name,), read))
        return Ref(self.images[read])


def other(picture: Picture, *options: str) -> dict[str, Value]:
    """The options that are not left at their defaults."""
    fields = type(picture).model_fields
    return {o: getattr(picture, o) for o in options if getattr(picture, o) != fields[o].default}
