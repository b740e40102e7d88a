"""What folders of images hold."""

from pathlib import Path as FilePath

from specc.data.images import Images
from specc.diagnostics import Diagnostic
from specc.inspect.facts import Facts
from specc.inspect.folders import Wanted, look_into
from specc.inspect.image_size import image_size
from specc.source import Path

SUFFIXES = frozenset({".bmp", ".gif", ".jpeg", ".jpg", ".png", ".webp"})
IMAGES = Wanted("images", "images", SUFFIXES, image_size)


def look(
    source: Images, path: Path, root: FilePath, classes: tuple[str, ...] | None
) -> tuple[Facts, list[Diagnostic]]:
    """The facts of image folders, or of an index, and what is wrong with them."""
    if source.csv is not None:
        from specc.inspect.image_index import look_at_index

        return look_at_index(source, path, root, classes)
    if source.with_masks:
        from specc.inspect.masks import look_at_masks

        return look_at_masks(source, path, root, SUFFIXES)
    return look_into(IMAGES, source, path, root, classes)
