"""S230: a layer called again on what its weights do not fit."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "S230",
    "shared layer called on another shape",
    "error",
    source="Keras 3.15 (a layer is built once, for the first tensor that it is called on)",
    by="graph",
    bad="""
        specc: 1
        model:
          inputs: {left: [16], right: [12]}
          layers:
            - Dense: {from: left, units: 8, activation: relu, name: code}
            - call: {layer: code, from: right, name: other}  # ! S230
            - Concatenate: {from: [code, other]}
            - Dense: {units: 1, activation: sigmoid, name: same}
          outputs: [same]
        train: {optimizer: adam, loss: binary_crossentropy}
        """,
    good="""
        specc: 1
        model:
          inputs: {left: [16], right: [16]}
          layers:
            - Dense: {from: left, units: 8, activation: relu, name: code}
            - call: {layer: code, from: right, name: other}
            - Concatenate: {from: [code, other]}
            - Dense: {units: 1, activation: sigmoid, name: same}
          outputs: [same]
        train: {optimizer: adam, loss: binary_crossentropy}
        """,
)
def shared_layer_on_another_shape(subject: Subject) -> Iterator[Finding]:
    """Calling a layer again uses the weights that it has, and these were made for what it was
    called on first. Tensors of other sizes need layers of their own, or a layer before that
    brings them to one size.
    """
    return iter(())
