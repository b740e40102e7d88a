"""Findings about masks: values that are no class, and masks of another shape than their image."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from specc.compiler import Compiled
from specc.diagnostics import Diagnostic
from specc.looking.finding import finding, some
from specc.looking.mask_files import told_by_header, values_of
from specc.rules.amounts import called
from specc.source import Path
from specc.wording import listing

if TYPE_CHECKING:
    from specc.looking.cache import Looked
    from specc.looking.sighted import Sighted

APART = 2  # pixels by which a side may be off: sizes are rounded


def masks(compiled: Compiled, seen: "Sighted") -> Iterator[Diagnostic]:
    """What is wrong with the masks of each part."""
    values, known = class_values(compiled), {*class_values(compiled), *_ignored(compiled)}
    for part, files in seen.masks.items():
        good = {
            file: values_of(seen.looked[file]) for file in files if not seen.looked[file].reason
        }
        strange = {file: {*found} - known for file, found in good.items() if {*found} - known}
        if strange:
            there = set().union(*map(set, good.values()))
            yield _beyond(compiled, part, strange, there - {*_ignored(compiled)}, values)
        yield from _warped(compiled, seen, part)


def class_values(compiled: Compiled) -> tuple[int, ...]:
    """The value in a mask that stands for each class, in their order."""
    plan = compiled.program.data
    if plan is None:
        return ()
    given = dict(plan.source.values).get("mask_values")
    if isinstance(given, tuple):
        return given
    return tuple(range(max(plan.target.classes or 2, 2)))


def _ignored(compiled: Compiled) -> tuple[int, ...]:
    """The value of pixels that the loss leaves out, where masks hold numbers of classes."""
    loss = compiled.subject.loss if compiled.subject else None
    ignored = getattr(loss, "ignore_class", None)
    plan = compiled.program.data
    own = plan is not None and dict(plan.source.values).get("mask_values") is not None
    return (ignored,) if isinstance(ignored, int) and not own else ()


def by_pixel(compiled: Compiled, seen: "Sighted", part: str) -> dict[str, int] | None:
    """Pixels of each class, by its name or number; None where there are no masks."""
    if part not in seen.masks:
        return None
    counts: Counter[int] = Counter()
    for file in seen.masks[part]:
        counts.update(values_of(seen.looked[file]))
    names = compiled.facts.class_names
    return {
        names[i] if i < len(names) else str(i): counts[value]
        for i, value in enumerate(class_values(compiled))
    }


def place_of_masks(compiled: Compiled, part: str) -> Path:
    """Where the spec names the masks of a part; a part cut off has those of training."""
    source = compiled.spec.data.source if compiled.spec.data else None
    given = getattr(source, "masks", None)
    named = part if isinstance(given, dict) and part in given else "train"
    return ("data", "images", "masks", *((named,) if isinstance(given, dict) else ()))


def _beyond(
    compiled: Compiled,
    part: str,
    strange: dict[str, set[int]],
    there: set[int],
    values: tuple[int, ...],
) -> Diagnostic:
    every = sorted(set().union(*strange.values()))
    shown = listing([str(value) for value in every], 6)
    masks = "1 mask" if len(strange) == 1 else f"{len(strange):,} masks"
    verb = "holds" if len(strange) == 1 else "hold"
    said = f"{masks} of the {called(part)} {verb} {shown}"
    help = "write into each pixel the number of its class, from 0 on"
    if len(there) == len(values):
        help = f"write `mask_values: {sorted(there)}` if these stand for the classes, in order"
    names = [f"`{file}`: {_told(file, found)}" for file, found in sorted(strange.items())]
    label = f"expected {listing([str(value) for value in values], 6)}"
    path = place_of_masks(compiled, part)
    return finding("D602", said, path, label=label, help=help, notes=some(names, 5))


def _told(file: str, found: set[int]) -> str:
    why = told_by_header(file)
    return f"{listing([str(value) for value in sorted(found)], 6)}{'; it ' if why else ''}{why}"


def _warped(compiled: Compiled, seen: "Sighted", part: str) -> Iterator[Diagnostic]:
    """Masks that do not show what their image shows, for they have other proportions."""
    found = []
    for image, mask in zip(seen.parts.get(part, ()), seen.masks[part], strict=True):
        one, other = seen.looked[image], seen.looked[mask]
        if one.height and other.height and not _alike(one.height, one.width, other):
            sizes = f"{other.height}x{other.width}, its image {one.height}x{one.width}"
            found.append(f"`{mask}` is {sizes}")
    if found:
        masks = "1 mask" if len(found) == 1 else f"{len(found):,} masks"
        has = (
            "has another shape than its image"
            if len(found) == 1
            else ("have another shape than their images")
        )
        help = "both are resized to `size`: a class would be learned for the wrong pixels"
        path = place_of_masks(compiled, part)
        yield finding(
            "D603", f"{masks} of the {called(part)} {has}", path, help=help, notes=some(found, 5)
        )


def _alike(height: int, width: int, other: "Looked") -> bool:
    """Whether one size is the other one, but for a factor."""
    expected = other.width * height / width
    return abs(expected - other.height) <= APART
