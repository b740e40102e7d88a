"""What the MobileNets have in common: a width that is an option."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from specc.layers.application_base import Application
from specc.layers.application_table import Inner, sizes
from specc.options import mistake

POOLED = {"avg": "global_average_pooling2d", "max": "global_max_pooling2d"}
Width = Annotated[float, Field(gt=0)]


def rounded(filters: float) -> int:
    """The multiple of eight that is near, and not more than a tenth below."""
    near = max(8, int(filters + 4) // 8 * 8)
    return near + 8 if near < 0.9 * filters else near


def norm(name: str, channels: int) -> Inner:
    """A BatchNormalization."""
    return Inner(name, 2 * channels, 2 * channels)


class MobileNetBase(Application):
    """A MobileNet; which layers it has follows from its options."""

    counted = True

    def _widths(self, *known: float) -> None:
        """Refuses a width for which Keras has no weights."""
        alpha: float = getattr(self, "alpha", 1.0)
        if self.imagenet and alpha not in known:
            listed = ", ".join(map(str, known))
            raise mistake("F017", f"has weights of `imagenet` for an `alpha` of {listed}")

    def _applied(self, spatial: tuple[int, int], channels: int) -> int:
        """As the layers come: a padding stands ahead of each window that halves the size."""
        words, done, total = self.table.windows, 1, 0
        for each in self._body(channels):
            done += 2 if each.name.rpartition("_")[2] == "pad" or "conv_pad" in each.name else 0
            weights = each.kernel or (0 if each.fixed else each.trained)
            height, width = (1, 1) if each.kernel else sizes(words[:done], spatial)
            total += weights * (height or 0) * (width or 0)
        return total

    def _pooled(self) -> Iterator[Inner]:
        if self.pooling:
            yield Inner(POOLED[self.pooling])
