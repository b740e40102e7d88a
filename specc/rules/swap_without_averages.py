"""T630: averaged weights are swapped in, and none are kept."""

from collections.abc import Iterator

from specc.rules.amounts import tuned
from specc.rules.base import Finding, rule
from specc.rules.writing import option
from specc.subject import Subject


@rule(
    "T630",
    "averaged weights that nobody keeps",
    "error",
    source="Keras 3.15 (measured)",
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 1, activation: sigmoid}
        train:
          optimizer: adam
          loss: binary_crossentropy
          callbacks:
            - SwapEMAWeights  # ! T630
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 1, activation: sigmoid}
        train:
          optimizer: {Adam: {use_ema: true}}
          loss: binary_crossentropy
          callbacks:
            - SwapEMAWeights
        """,
)
def swap_without_averages(subject: Subject) -> Iterator[Finding]:
    """`SwapEMAWeights` validates with a moving average of the weights, which the optimizer keeps
    only if it is asked to. Otherwise `fit` ends with an error when the first epoch begins.
    """
    optimizer = tuned(subject)
    if optimizer is None or getattr(optimizer.kind, "use_ema", True):
        return
    for callback, path in subject.callbacks:
        if type(callback).__name__ == "SwapEMAWeights":
            yield Finding(
                f"`{optimizer.name}` keeps no averages to swap in",
                subject.at(path),
                on_key=True,
                help=f"write `optimizer: {{{optimizer.name}: {{use_ema: true}}}}`",
                fix=option(subject, optimizer.path, optimizer.kind, "use_ema", "true"),
            )
