"""F040: reviewed numbers that are no longer true."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.tensor import show_shape


@rule(
    "F040",
    "expectation that fails",
    "error",
    source="language §2 (`expect`)",
    bad="""
        specc: 1
        model:
          - Input: [28, 28, 1]
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - MaxPooling2D: 2
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: rmsprop, loss: categorical_crossentropy}
        expect:
          params: 34826  # ! F040
          output: [10]
        """,
    good="""
        specc: 1
        model:
          - Input: [28, 28, 1]
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - MaxPooling2D: 2
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: rmsprop, loss: categorical_crossentropy}
        expect:
          params: 54410
          output: [10]
        """,
)
def expectation_fails(subject: Subject) -> Iterator[Finding]:
    """`expect` holds numbers that someone has reviewed: how many weights the model has, and the
    shape of what it puts out. A change that moves one of them is found in the same check as the
    change, not weeks later in a model that is twice as large as it was.
    """
    graph, expect = subject.entire.graph, subject.spec.expect
    if not graph.complete or ("model",) in subject.broken:
        return
    params = sum(graph.params(node) for node in graph.nodes)
    if expect.params is not None and expect.params != params:
        yield Finding(
            f"the model has {params:,} parameters, expected {expect.params:,}",
            ("expect", "params"),
            help=f"if the change is meant, write `params: {params}`",
        )
    output, called = subject.result, f"`{subject.output}`" if subject.output else "the output"
    if expect.output is not None and output is not None and expect.output != output.shape:
        shape = "[" + ", ".join("null" if n is None else str(n) for n in output.shape) + "]"
        yield Finding(
            f"{called} has the shape {show_shape(output.shape)}, "
            f"expected {show_shape(expect.output)}",
            ("expect", "output"),
            help=f"if the change is meant, write `output: {shape}`",
        )
