"""What the model of a program is built by: steps in a row, or statements with blocks and loops."""

from dataclasses import dataclass

from specc.values import Call, Ref, Value


@dataclass(frozen=True, slots=True)
class Step:
    """One layer of a sequence; `note` is printed as a comment."""

    name: str
    call: Call
    note: str = ""
    learns: bool = False  # from the training part, before the model is trained
    function: bool = False  # of the script, called with the numbers; no layer
    fills: Call | None = None  # what computes the numbers that it puts in place of missing ones
    words: bool = False  # what it learns is a vocabulary
    weighted: bool = False  # whose words have weights


@dataclass(frozen=True, slots=True)
class Assign:
    """`target = value`, or `a, b = value`; a target may be an attribute: `base.trainable`."""

    targets: tuple[str, ...]
    value: Value
    note: str = ""


@dataclass(frozen=True, slots=True)
class Loop:
    """`for index in range(times):`; `_` where the body does not look at the index."""

    index: str
    times: int | Ref
    body: tuple["Statement", ...]


Statement = Assign | Loop


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a block; without `default` it must be given.

    `annotation` is its type, where the type of the default does not say it.
    """

    name: str
    default: tuple[Value, ...] = ()  # one value, or none
    annotation: str = ""


@dataclass(frozen=True, slots=True)
class Define:
    """`def name(inputs…, parameters…, name="name"):` a block, which returns `result`.

    Inputs come by position, parameters by their names; the last one, `name`, is what the names
    of the layers inside start with.
    """

    name: str
    inputs: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    body: tuple[Statement, ...]
    result: Value
    document: str = ""  # one sentence, for the docstring

    @property
    def signature(self) -> tuple[Parameter, ...]:
        """The parameters in an order that Python takes: those without a default first."""
        ordered = sorted(self.parameters, key=lambda parameter: bool(parameter.default))
        return (*ordered, Parameter("name", (self.name,)))


@dataclass(frozen=True, slots=True)
class Model:
    """The layers: `steps` that feed each other, printed as a list, or a `body` of statements.

    `inputs` and `outputs` are what the functional model is made of: a Ref, or a Table of them.
    """

    name: str
    steps: tuple[Step, ...] = ()
    blocks: tuple[Define, ...] = ()
    body: tuple[Statement, ...] = ()
    inputs: Value = None
    outputs: Value = None
    modules: tuple[str, ...] = ()  # of custom layers, to be imported
    dtype_policy: str | None = None  # of layers without a type of their own
    scatters: bool = False  # whether gradients are added up row by row, in any order unless told

    @property
    def sequential(self) -> bool:
        return not self.body
