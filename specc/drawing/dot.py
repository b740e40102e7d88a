"""A picture in Graphviz' language."""

from collections.abc import Iterator

from specc.drawing.colours import FRAME, FROZEN, MUTED, WIRE, colours
from specc.drawing.picture import Box, Path, Picture


def dot(picture: Picture) -> str:
    """A directed graph; blocks and repetitions are its clusters."""
    lines = [
        f"digraph {_quoted(picture.title)} {{",
        f"  tooltip={_quoted(picture.description)};",
        '  node [shape=box, style="filled,rounded", fontname="Helvetica", fontsize=11];',
        f'  edge [color="{WIRE}", fontname="Helvetica", fontsize=10];',
        *_within(picture, (), "  "),
    ]
    for edge in picture.edges:
        label = f" [label={_quoted(edge.label)}]" if edge.label else ""
        lines.append(f"  {_quoted(edge.source)} -> {_quoted(edge.target)}{label};")
    return "\n".join([*lines, "}"]) + "\n"


def _within(picture: Picture, path: Path, indent: str) -> Iterator[str]:
    """The boxes and frames right below a path."""
    for frame in picture.inside.get(path, ()):
        if isinstance(frame, Box):
            yield f"{indent}{_node(frame)}"
            continue
        yield f"{indent}subgraph {_quoted('cluster_' + '/'.join(frame.path))} {{"
        yield f'{indent}  label={_quoted(frame.title)}; fontname="Helvetica"; labeljust=l;'
        yield f'{indent}  style="rounded,filled"; color="{FRAME}"; fillcolor="{MUTED}12";'
        yield from _within(picture, frame.path, indent + "  ")
        yield f"{indent}}}"


def _node(box: Box) -> str:
    heading = f"{box.title} {box.subtitle}".strip()
    text = "\n".join([heading, *box.rows, *box.tags])
    fill, border = colours(box)
    fill = FROZEN[0] if box.frozen else fill
    return f'{_quoted(box.id)} [label={_quoted(text)}, fillcolor="{fill}", color="{border}"];'


def _quoted(text: str) -> str:
    """A text as Graphviz reads it; control characters have no place in a label."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return '"' + "".join(c if c.isprintable() else " " for c in escaped) + '"'
