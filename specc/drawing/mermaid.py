"""A picture in Mermaid's language, which GitHub and GitLab draw in Markdown."""

from collections.abc import Iterator

from specc.drawing.colours import (
    FROZEN,
    INK,
    INPUT,
    LEARNS,
    OUTPUT,
    PLAIN,
    SHARED,
    Colours,
)
from specc.drawing.picture import Box, Path, Picture


def _style(colours: Colours) -> str:
    return f"fill:{colours[0]},stroke:{colours[1]},color:{INK}"


_STYLES = {
    "input": _style(INPUT),
    "output": _style(OUTPUT),
    "learns": _style(LEARNS),
    "plain": _style(PLAIN),
    "frozen": f"{_style(FROZEN)},stroke-dasharray:4 3",
    "shared": f"stroke:{SHARED},stroke-width:2px",
}
_FRAME = f"fill:{PLAIN[1]}22,stroke:{PLAIN[1]}"
_PLAIN = frozenset(" _-.,:()/+?×·…")


def mermaid(picture: Picture) -> str:
    """A flow chart; ids are prefixed since `end` is a word of Mermaid's."""
    ids: dict[str | Path, str] = {box.id: f"n_{i}" for i, box in enumerate(picture.nodes)}
    ids |= {path: f"c_{i}" for i, path in enumerate(picture.frames)}
    lines = ["flowchart TD", *_within(picture, ids, (), "    ")]
    for edge in picture.edges:
        label = f'|"{_escaped(edge.label)}"|' if edge.label else ""
        lines.append(f"    {ids[edge.source]} -->{label} {ids[edge.target]}")
    for name, style in _STYLES.items():
        members = [ids[box.id] for box in picture.nodes if name in _classes(box)]
        if members:
            lines += [f"    classDef {name} {style}", f"    class {','.join(members)} {name}"]
    if picture.frames:
        frames = ",".join(ids[path] for path in picture.frames)
        lines += [f"    classDef frame {_FRAME}", f"    class {frames} frame"]
    return "\n".join(lines) + "\n"


def _within(picture: Picture, ids: dict[str | Path, str], path: Path, indent: str) -> Iterator[str]:
    """The boxes and frames right below a path."""
    for each in picture.inside.get(path, ()):
        if isinstance(each, Box):
            yield indent + ids[each.id] + _label(each)
            continue
        yield f'{indent}subgraph {ids[each.path]}["{_escaped(each.title)}"]'
        yield from _within(picture, ids, each.path, indent + "    ")
        yield f"{indent}end"


def _label(box: Box) -> str:
    parts = (box.title, box.subtitle, *box.rows, *box.tags)
    text = "<br/>".join(_escaped(part) for part in parts if part)
    return f'(["{text}"])' if box.role == "input" else f'["{text}"]'


def _classes(box: Box) -> Iterator[str]:
    if box.frozen:
        yield "frozen"
    elif box.role == "layer":
        yield "learns" if box.learns else "plain"
    else:
        yield box.role
    if box.shares:
        yield "shared"


def _escaped(text: str) -> str:
    """Numbers for what could mean something to Mermaid or to the page around it."""
    return "".join(
        c if c.isalnum() or c in _PLAIN else f"#{ord(c)};" if c.isprintable() else " " for c in text
    )
