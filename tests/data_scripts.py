"""Scripts that read one data source, printed and executed."""

from pathlib import Path
from typing import Any

from specc.backends.script import emit
from specc.data.base import Source
from specc.objects import Reader
from specc.program import (
    Call,
    DataPlan,
    InputPlan,
    Model,
    Program,
    Step,
    TargetPlan,
    TrainingPlan,
)


def source_of(written: dict[str, Any]) -> Source:
    """The source that `word: {options}` of a spec describes."""
    reader = Reader()
    source = reader.object("sources", written, ("data",))
    assert isinstance(source, Source) and not reader.found, reader.found
    return source


def script_of(source: Source, classes: tuple[str, ...] | None = None, ragged: bool = False) -> str:
    """A script that reads the parts as they are and trains a single unit."""
    known = source.known()
    data = DataPlan(
        source=source.section(classes),
        batch_size=32,
        inputs=(InputPlan(known.shape or (3,), known.dtype or "float32"),),
        targets=(TargetPlan(known.labels or "real", "own", known.classes),),
        splits=(),
        stratify=False,
        shuffle=True,
        streams=source.streams,
        parts=tuple(known.parts),
        ragged=ragged,
    )
    model = Model("unit", (Step("dense", Call("keras.layers.Dense", (1,))),))
    compile = Call("model.compile", (), (("loss", "mse"),))
    return emit(Program("unit", "", "0" * 64, 1, 0, model, compile, data, TrainingPlan(1)))


def executed(
    source: Source, classes: tuple[str, ...] | None = None, ragged: bool = False
) -> dict[str, Any]:
    """The names that the script of a source defines."""
    names: dict[str, Any] = {"__name__": "script"}
    exec(compile(script_of(source, classes, ragged), "script.py", "exec"), names)
    return names


def loaded(
    source: Source, root: Path, classes: tuple[str, ...] | None = None, ragged: bool = False
) -> Any:
    """What `load_data` of the script of a source returns, with arrays in place of tensors."""
    read = executed(source, classes, ragged)["load_data"](root)
    return read._make(part._replace(x=part.x.numpy(), y=part.y.numpy()) for part in read)
