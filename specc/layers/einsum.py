"""Dense layer whose sums are written as an equation."""

import re
from math import prod
from typing import Annotated, Any, NamedTuple, Self

from pydantic import AfterValidator, Field, PlainValidator, model_validator

from specc.axes import count, expect_known
from specc.layers.base import (
    Activation,
    Constraint,
    Initializer,
    Layer,
    Regularizer,
    Weights,
    left_out,
)
from specc.layers.input import sizes_of
from specc.options import expected, mistake, out_of_range
from specc.tensor import Dim, Shape, ShapeError, Tensor

_FORM = re.compile(r"(\.{3})?([a-zA-Z]+)(\.{3})?,([a-zA-Z]+)->(\.{3})?([a-zA-Z]+)(\.{3})?")


class _Terms(NamedTuple):
    """The letters of an equation; the batch has none, as it has no place in a shape."""

    x: str
    kernel: str
    out: str
    dots_first: bool
    dots_last: bool


def _equation(text: str) -> str:
    found = _FORM.fullmatch(text)
    dots = found is not None and (found[1], found[3]) == (found[5], found[7])
    if found is None or not dots or (found[1] and found[3]):
        raise expected("an equation such as `abc,cd->abd` or `...x,xy->...y`")
    x, kernel, out = found.group(2, 4, 6)
    if not found[1] and (x[0] != out[0] or x[0] in kernel):
        raise out_of_range("an equation whose first letter is the batch, on both sides alone")
    if found[3] and len(x) < 2:
        raise out_of_range("an equation with two letters in front of `...`")
    if any(len(set(term)) < len(term) for term in (x, kernel, out)):
        raise out_of_range("an equation without a letter twice in one of its terms")
    if not set(out) <= {*x, *kernel} or not set(kernel) <= {*x, *out}:
        raise out_of_range("an equation with each letter of output and kernel in another term")
    return text


def _terms(text: str) -> _Terms:
    x, kernel, out = re.split(",|->", text.replace(".", ""))
    first = text.startswith(".")
    lettered = 0 if first else 1
    return _Terms(x[lettered:], kernel, out[lettered:], first, text.endswith("."))


def _partial(value: Any) -> int | Shape:
    shape = sizes_of([value] if isinstance(value, int) else value)
    return value if isinstance(value, int) else shape


class EinsumDense(Layer):
    """`activation(einsum(equation, x, kernel) + bias)`: a dense layer over any of the axes."""

    later = left_out("lora_rank", "lora_alpha", "gptq_unpacked_column_size", "quantization_config")
    learns = True
    multiplies = True
    supports_masking = False
    stricter = frozenset({"S201"})  # Keras finds in the first batch that its shapes are wrong

    equation: Annotated[
        str,
        AfterValidator(_equation),
        Field(examples=["ab,bc->ac", "abc,cd->abd", "...x,xy->...y", "ab...,bc->ac...",
                        "abc,cde->abde", "abc,bcd->ad", "abc,dc->adb"]),
    ]  # fmt: skip
    output_shape: Annotated[
        int | tuple[int | None, ...],
        PlainValidator(_partial),
        Field(examples=[3, (None, 3), (4, 3), (None, 2, 3), (5, None)]),
    ]
    activation: Activation = None
    bias_axes: Annotated[str | None, Field(examples=[None, "c", "d", "y", "cd", "bd"])] = None
    kernel_initializer: Initializer = "glorot_uniform"
    bias_initializer: Initializer = "zeros"
    kernel_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    bias_constraint: Constraint = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        sizes, out = len(self._wanted), self._terms.out
        if sizes != len(out):
            said = f"needs {count(len(out), 'size', 'sizes')} in `output_shape`, got {sizes}"
            raise mistake("F017", said, "the letters behind the arrow, without the batch")
        if self.bias_axes is not None and not (self.bias_axes and set(self.bias_axes) <= set(out)):
            letters = ", ".join(f"`{letter}`" for letter in out)
            said = f"has no axes `{self.bias_axes}` that a bias could have"
            raise mistake("F017", said, f"choose from {letters}")
        return self

    @property
    def _terms(self) -> _Terms:
        return _terms(self.equation)

    @property
    def _wanted(self) -> Shape:
        wanted = self.output_shape
        return (wanted,) if isinstance(wanted, int) else wanted

    def infer(self, x: Tensor) -> Tensor:
        rest, _ = self._split(x)
        self.weights(x)
        wanted = self._wanted
        shape = (*rest, *wanted) if self._terms.dots_first else (*wanted, *rest)
        return Tensor(shape, self.float_type)

    def _split(self, x: Tensor) -> tuple[Shape, dict[str, Dim]]:
        """The sizes under the dots, and those of each letter of the input."""
        terms = self._terms
        letters = len(terms.x)
        if x.rank < letters or (x.rank > letters and not (terms.dots_first or terms.dots_last)):
            least = "at least " if terms.dots_first or terms.dots_last else ""
            axes = count(letters, "axis", "axes")
            message = f"`{self.equation}` takes {least}{axes} besides the batch, got {x}"
            raise ShapeError("S201", message, option="equation")
        if terms.dots_first:
            cut = x.rank - letters
            self._expect_order(x.shape[:cut])
            return x.shape[:cut], dict(zip(terms.x, x.shape[cut:], strict=True))
        return x.shape[letters:], dict(zip(terms.x, x.shape[:letters], strict=True))

    def _expect_order(self, rest: Shape) -> None:
        """ShapeError S201 where Keras would promise the axes under leading dots the wrong way."""
        if rest != rest[::-1]:
            message = f"Keras confuses the axes that `...` stands for in `{self.equation}`"
            help = "give each of them a letter"
            raise ShapeError("S201", message, option="equation", help=help)

    def _sizes(self, x: Tensor) -> dict[str, Dim]:
        """The size of each letter: in the kernel it is that of the output, where it is there."""
        _, known = self._split(x)
        wanted = dict(zip(self._terms.out, self._wanted, strict=True))
        for letter, size in known.items():
            given = wanted.get(letter)
            if given is not None and given != size:
                message = f"`{letter}` is {size} in {x}, and {given} in `output_shape`"
                raise ShapeError("S208", message, option="output_shape")
        return known | wanted

    def weights(self, x: Tensor) -> Weights:
        terms, sizes = self._terms, self._sizes(x)
        kernel = tuple(self._known(letter, sizes, x) for letter in terms.kernel)
        if self.bias_axes is None:
            return {"kernel": kernel}
        first = min(map(terms.out.index, self.bias_axes))
        letters = [letter if letter in self.bias_axes else "" for letter in terms.out[first:]]
        bias = tuple(self._known(letter, sizes, x) if letter else 1 for letter in letters)
        rest, _ = self._split(x)
        return {"kernel": kernel, "bias": bias + (1,) * (len(rest) if terms.dots_last else 0)}

    def _known(self, letter: str, sizes: dict[str, Dim], x: Tensor) -> int:
        noun = f"size of `{letter}` in `{self.equation}`"
        return expect_known(sizes[letter], "EinsumDense", noun, x, "output_shape")

    def macs(self, x: Tensor) -> int | None:
        rest, known = self._split(x)
        sizes = self._sizes(x)
        every = [*rest, *(sizes[a] if known.get(a) is None else known[a] for a in sizes)]
        return None if None in every else prod(size for size in every if size is not None)
