"""P319: losses, metrics or tasks that do not match the outputs of the model."""

from collections.abc import Iterator
from typing import Any

from specc.rules.base import Finding, rule
from specc.rules.writing import renamed
from specc.sides import of_outputs
from specc.source import Path
from specc.subject import Subject
from specc.wording import listing
from specc.words import nearest

_MODEL = """
        specc: 1
        model:
          inputs: {photo: [32, 32, 3]}
          layers:
            - Conv2D: {filters: 8, kernel_size: 3, activation: relu}
            - GlobalAveragePooling2D: {name: seen}
            - Dense: {from: seen, units: 1, activation: sigmoid, name: sick}
            - Dense: {from: seen, units: 1, name: cost}
          outputs: [sick, cost]
        train:
          optimizer: adam
          loss:
            sick: binary_crossentropy
"""


@rule(
    "P319",
    "output without a loss",
    "error",
    source="Keras 3.15 (`CompileLoss`, `CompileMetrics`)",
    bad=_MODEL + "            costs: mse  # ! P319\n        ",
    good=_MODEL + "            cost: mse\n        ",
)
def output_without_loss(subject: Subject) -> Iterator[Finding]:
    """A model with several outputs has a loss for each, by its name under `outputs`. For a name
    that is none Keras ends `fit` with `KeyError: The path … can't be found`, and an output that
    the losses leave out is never trained, without a word. `null` says that this is meant.
    """
    whole, output = subject.whole, subject.output
    if whole is None or output is None:
        return
    names = whole.graph.output_names
    said = of_outputs(whole.spec).items()
    strays = [each for path, mapping in said for each in _strays(mapping, path, names)]
    yield from strays
    losses = whole.spec.train.loss
    silent = isinstance(losses, dict) and output not in losses and subject.spec.task is None
    if silent and not any(finding.path[:2] == ("train", "loss") for finding in strays):
        message = f"the output `{output}` has no loss"
        help = f"add `{output}: …`; `{output}: null` leaves it untrained"
        yield Finding(message, ("train", "loss"), on_key=True, help=help)


def _strays(said: Any, path: Path, names: tuple[str, ...]) -> Iterator[Finding]:
    """The keys of a mapping by output that name none."""
    if not isinstance(said, dict) or len(names) < 2:
        return
    for key in said:
        if key not in names:
            meant = nearest(str(key), names)
            help = f"did you mean `{meant}`?" if meant else f"outputs are {listing(names, 10)}"
            message, at = f"the model has no output `{key}`", (*path, key)
            yield Finding(message, at, on_key=True, help=help, fix=renamed(at, meant, names))
