"""What a model puts out, as what it means: classes with probabilities, labels, numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from specc.subject import Subject

Answer = dict[str, Any]  # class, probability, labels, probabilities, value, values, pixels or mask
SHOWN = ("binary", "multiclass", "multilabel", "regression", "unit_regression", "segmentation")


class NoAnswer(ValueError):
    """A task whose outputs cannot be told in a line."""


@dataclass(frozen=True)
class Meaning:
    """How to read the rows of one output."""

    task: str
    classes: tuple[str, ...]
    logits: bool  # whether the model puts out logits, and not probabilities
    threshold: float = 0.5
    targets: tuple[str, ...] = ()  # names of the numbers, where they have some

    def answer(self, row: Any) -> Answer:
        """The answer in one row of the output, an array."""
        values = row.reshape(-1)
        match self.task:
            case "binary" if len(values) == 1:
                return self._yes_or_no(float(self._probabilities(values)[0]))
            case "binary" | "multiclass":
                return self._one_of(self._probabilities(values).tolist())
            case "multilabel":
                return self._some_of(self._probabilities(values).tolist())
            case "segmentation":
                return self._of_pixels(row)
        return self._numbers(values.tolist())

    def _numbers(self, values: list[float]) -> Answer:
        if len(values) == 1:
            return {"value": values[0]}
        if len(values) != len(self.targets):
            return {"values": values}
        return {"values": dict(zip(self.targets, values, strict=True))}

    def _of_pixels(self, row: Any) -> Answer:
        """The share of each class, and `mask`, the number of the class of each pixel."""
        import numpy as np

        one = row.shape[-1] == 1
        mask = self._yes(row[..., 0]) if one else row.argmax(axis=-1)
        shares = (
            np.bincount(mask.reshape(-1).astype(int), minlength=max(row.shape[-1], 2)) / mask.size
        )
        return {"pixels": self._named(shares.tolist()), "mask": mask.astype("uint8")}

    def _yes(self, values: Any) -> Any:
        """Where a yes is likely enough."""
        import numpy as np

        likely = 1 / (1 + np.exp(-values.astype("float64"))) if self.logits else values
        return likely >= self.threshold

    def _probabilities(self, values: Any) -> Any:
        import numpy as np

        values = values.astype("float64")
        if not self.logits:
            return values
        if self.task == "multilabel" or len(values) == 1:
            return 1 / (1 + np.exp(-values))
        raised = np.exp(values - values.max())
        return raised / raised.sum()

    def _name(self, number: int) -> str | int:
        return self.classes[number] if number < len(self.classes) else number

    def _named(self, probabilities: Sequence[float]) -> dict[str, float]:
        return {str(self._name(i)): p for i, p in enumerate(probabilities)}

    def _yes_or_no(self, second: float) -> Answer:
        chosen = int(second >= self.threshold)
        probability = second if chosen else 1 - second
        named = self._named([1 - second, second])
        return {"class": self._name(chosen), "probability": probability, "probabilities": named}

    def _one_of(self, probabilities: list[float]) -> Answer:
        best = max(range(len(probabilities)), key=probabilities.__getitem__)
        chosen = {"class": self._name(best), "probability": probabilities[best]}
        return chosen | {"probabilities": self._named(probabilities)}

    def _some_of(self, probabilities: list[float]) -> Answer:
        chosen = [self._name(i) for i, p in enumerate(probabilities) if p >= self.threshold]
        return {"labels": chosen, "probabilities": self._named(probabilities)}


def meanings(
    subject: Subject, classes: Sequence[str], threshold: float
) -> Mapping[str | None, Meaning]:
    """How to read each output, by its name; None where there is one. Raises NoAnswer."""
    return {view.output: _meaning(view, classes, threshold) for view in subject.views()}


def _meaning(view: Subject, classes: Sequence[str], threshold: float) -> Meaning:
    if view.task not in SHOWN:
        task = view.task or "this"
        raise NoAnswer(f"the output of a `{task}` task is no class and no number")
    logits = view.pair is not None and view.pair.loss.logits
    return Meaning(view.task or "", tuple(classes), logits, threshold, _targets(view))


def _targets(view: Subject) -> tuple[str, ...]:
    """The columns of a table that are learned."""
    source = view.spec.data.source if view.spec.data else None
    named = source is not None and source.word == "table"
    return tuple(getattr(source, "target", ())) if named else ()


def answers(meanings: Mapping[str | None, Meaning], output: Any) -> list[Answer]:
    """One answer for each row; with several outputs one that holds those of all."""
    if not isinstance(output, dict):
        [meant] = meanings.values()
        return [meant.answer(row) for row in output]
    columns = {
        name: [each.answer(row) for row in output[name]] for name, each in meanings.items() if name
    }
    rows = zip(*columns.values(), strict=True)
    return [dict(zip(columns, row, strict=True)) for row in rows]
