"""How the columns of a table are read and become one vector."""

from dataclasses import replace

from specc.columns import encoder, learns
from specc.data.table import TableFile
from specc.inspect.facts import Facts
from specc.layers.impute import Impute
from specc.program import Call, Ref, Section, Step, TablePlan
from specc.schema import Data
from specc.subject import Subject


def given_labels(subject: Subject) -> str:
    """How a table gives its targets: names of classes are numbered where the task wants classes,
    so that the script does not depend on the file."""
    several = subject.facts.target_shape not in ((), None)
    return "integer" if subject.task in ("binary", "multiclass") and not several else "real"


def table_section(source: TableFile, data: Data, facts: Facts, given: str) -> Section:
    """The template that reads the table, with how many values each category has."""
    counts = {column.name: column.values for column in facts.columns if not column.numeric}
    section = source.sized(counts).section(data.classes)
    return replace(section, values=(*section.values, ("named", given == "integer")))


def table_plan(source: TableFile, data: Data) -> TablePlan:
    """What is done to the columns; a vocabulary is given to Keras as a list, since it would lose
    empty texts and line breaks of one that it learns when the model is saved."""
    layer = encoder(data)
    call: Call = layer.call()
    if learns(layer):
        options = dict(call.options) | {
            "max_tokens": Ref("size"),
            "vocabulary": Call("sorted", (Ref("words"),)),
            "pad_to_max_tokens": True,
        }
        ordered = [name for name in layer.options() if name in options]
        call = Call(call.target, (), tuple((name, options[name]) for name in ordered))
    unknown = layer.num_oov_indices if learns(layer) else 0
    return TablePlan(bool(source.numeric), len(source.categorical), call, learns(layer), unknown)


def imputation(layer: Impute) -> Step:
    """The step that fills in missing numbers."""
    return Step("impute", layer.call(), learns=layer.learned, function=True, fills=layer.fills())
