"""Learning curves of a run as a picture, for specs that ask for none."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BLUE, ORANGE = "#0072B2", "#D55E00"  # told apart by colour-blind eyes (Okabe and Ito)


def draw(history: Any, path: Path) -> None:
    """One panel per quantity: its training values, and its validation values if there are any."""
    from matplotlib.figure import Figure

    values = history.history
    names = [name for name in values if not name.startswith("val_") and name != "learning_rate"]
    names.sort(key=lambda name: name != "loss")
    figure = Figure(figsize=(8, 3.2 * len(names)), dpi=100, layout="constrained")
    epochs = [epoch + 1 for epoch in history.epoch]
    panels = figure.subplots(len(names), squeeze=False)[:, 0]
    for axes, name in zip(panels, names, strict=True):
        axes.plot(epochs, values[name], "o-", color=BLUE, label="training")
        if f"val_{name}" in values:
            axes.plot(epochs, values[f"val_{name}"], "s--", color=ORANGE, label="validation")
        _dress(axes, name)
    figure.savefig(path)


def _dress(axes: "Axes", name: str) -> None:
    axes.set(xlabel="epoch", ylabel=name.replace("_", " "))
    axes.xaxis.get_major_locator().set_params(integer=True)  # type: ignore[call-arg]
    axes.grid(alpha=0.3)
    axes.legend()
