"""T611: weights of losses that do not match the outputs."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.rules.writing import renamed
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
          loss: {sick: binary_crossentropy, cost: mse}
          loss_weights:
            sick: 1.0
"""


@rule(
    "T611",
    "weights of unknown losses",
    "error",
    source="Keras 3.15 (`CompileLoss.build`)",
    bad=_MODEL + "            price: 0.1  # ! T611\n        ",
    good=_MODEL + "            cost: 0.1\n        ",
)
def weights_of_unknown_losses(subject: Subject) -> Iterator[Finding]:
    """The losses of the outputs are added up, each times its weight. Where the names differ Keras
    takes the weights in their order, whatever they are called; where their number differs, `fit`
    ends with `ValueError: loss_weights must match the number of losses`.
    """
    whole, path = subject.entire, ("train", "loss_weights")
    weights, names = whole.spec.train.loss_weights, whole.graph.output_names
    if weights is None or path in whole.broken or not names:
        return
    if len(names) == 1 and subject.whole is None:
        message = "a model with one output has one loss, and no weights of losses"
        yield Finding(message, path, on_key=True, help="remove `loss_weights`")
        return
    strays = [name for name in weights if name not in names]
    for name in strays:
        meant = nearest(name, names)
        help = f"did you mean `{meant}`?" if meant else f"outputs are {listing(names, 10)}"
        message, at = f"the model has no output `{name}`", (*path, name)
        yield Finding(message, at, on_key=True, help=help, fix=renamed(at, meant, names))
    trained = {view.output: view.loss for view in whole.views()}
    for name in names:
        if name not in weights and trained.get(name) is not None and not strays:
            message = f"the loss of `{name}` has no weight"
            yield Finding(message, path, on_key=True, help=f"add `{name}: 1.0`")
