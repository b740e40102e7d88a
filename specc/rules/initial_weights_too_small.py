"""A446: initial weights that hardly let anything through."""

from collections.abc import Iterator
from math import sqrt

from specc.rules.base import Finding, rule
from specc.rules.initial_weights_too_large import fans
from specc.rules.writing import dropped
from specc.subject import Subject
from specc.training.base import Initializer

TIMES = 5
FLAT = ("sigmoid", "hard_sigmoid", "tanh", "softsign")


@rule(
    "A446",
    "initial weights too small",
    "hint",
    source="Glorot and Bengio 2010; TheDeepChecker, DeepFD (`uniform` to Glorot)",
    covers=("init.scale_too_small",),
    bad="""
        specc: 1
        model:
          - Input: [4]
          - Dense: {units: 6, activation: tanh, kernel_initializer: random_uniform}  # ! A446
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [4]
          - Dense: {units: 6, activation: tanh, kernel_initializer: glorot_uniform}
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def initial_weights_too_small(subject: Subject) -> Iterator[Finding]:
    """`random_uniform` draws from -0.05 to 0.05 whatever the size of the layer. On four inputs
    that makes outputs of about 0.06, and the next layer makes smaller ones of them: at first all
    rows look alike, and the gradients are as small. Glorot's rule, Keras' default, keeps the size.

    Reported for hidden layers of sigmoid and tanh, from a fifth of Glorot's deviation down.
    """
    seen: set[str] = set()
    for node, (between, _) in subject.ways:
        chosen, sizes = node.kernel_initializer, fans(subject, node)
        flat = any(subject.activation(each) in FLAT for each in (node, *between))
        if not isinstance(chosen, Initializer) or chosen.constant or sizes is None or not flat:
            continue
        usual, own = sqrt(2 / sum(sizes)), chosen.deviation(*sizes)
        if 0 < own * TIMES <= usual and node.name not in seen:
            seen.add(node.name)
            yield Finding(
                f"initial weights of deviation {own:.2g} are small for {sizes[0]} inputs",
                node.at("kernel_initializer"),
                label=f"expected about {usual:.2g}",
                help="leave the option out: Keras takes `glorot_uniform`",
                fix=dropped(subject, node.at("kernel_initializer")),
            )
