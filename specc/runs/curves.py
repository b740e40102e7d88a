"""Learning curves of a finished run as a picture."""

from collections.abc import Mapping, Sequence
from pathlib import Path

BLUE, ORANGE = "#0072B2", "#D55E00"  # told apart by colour-blind eyes (Okabe and Ito)


def draw(rows: Sequence[Mapping[str, float]], title: str, target: Path) -> None:
    """One panel per quantity: its training values, and its validation values if there are any."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    names = [name for name in rows[0] if not name.startswith("val_") and name != "learning_rate"]
    figure = Figure(figsize=(8, 3.2 * len(names)), dpi=100, layout="constrained")
    FigureCanvasAgg(figure)
    figure.suptitle(title)
    epochs = range(1, len(rows) + 1)
    for position, name in enumerate(names, start=1):
        axes = figure.add_subplot(len(names), 1, position)
        axes.plot(epochs, [row[name] for row in rows], "o-", color=BLUE, label="training")
        if f"val_{name}" in rows[0]:
            values = [row[f"val_{name}"] for row in rows]
            axes.plot(epochs, values, "s--", color=ORANGE, label="validation")
        axes.set(xlabel="epoch", ylabel=name.replace("_", " "))
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.grid(alpha=0.3)
        axes.legend()
    figure.savefig(target)
