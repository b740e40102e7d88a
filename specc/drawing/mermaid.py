"""A picture in Mermaid's language, which GitHub and GitLab draw in Markdown."""

from collections.abc import Iterator

from specc.drawing.picture import Box, Path, Picture

_STYLES = {
    "input": "fill:#e2f4e6,stroke:#2f8043,color:#1f2328",
    "output": "fill:#fdebd3,stroke:#b35c00,color:#1f2328",
    "learns": "fill:#e3effc,stroke:#4a7fb5,color:#1f2328",
    "plain": "fill:#f6f8fa,stroke:#8c959f,color:#1f2328",
    "frozen": "fill:#d8dce0,stroke:#6e7781,color:#1f2328,stroke-dasharray:4 3",
    "shared": "stroke:#8250df,stroke-width:2px",
}
_FRAME = "fill:#8c959f22,stroke:#8c959f"
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
    if box.shared or box.lends:
        yield "shared"


def _escaped(text: str) -> str:
    """Numbers for what could mean something to Mermaid or to the page around it."""
    return "".join(
        c if c.isalnum() or c in _PLAIN else f"#{ord(c)};" if c.isprintable() else " " for c in text
    )
