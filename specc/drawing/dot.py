"""A picture in Graphviz' language."""

from collections.abc import Iterator

from specc.drawing.picture import Box, Path, Picture

_COLOURS = {"input": ("#e2f4e6", "#2f8043"), "output": ("#fdebd3", "#b35c00")}
_LEARNS, _PLAIN = ("#e3effc", "#4a7fb5"), ("#f6f8fa", "#8c959f")
_FROZEN, _SHARED = "#d8dce0", "#8250df"


def dot(picture: Picture) -> str:
    """A directed graph; blocks and repetitions are its clusters."""
    lines = [
        f"digraph {_quoted(picture.title)} {{",
        f"  tooltip={_quoted(picture.description)};",
        '  node [shape=box, style="filled,rounded", fontname="Helvetica", fontsize=11];',
        '  edge [color="#59636e", fontname="Helvetica", fontsize=10];',
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
        yield f'{indent}  style="rounded,filled"; color="#afb8c1"; fillcolor="#59636e12";'
        yield from _within(picture, frame.path, indent + "  ")
        yield f"{indent}}}"


def _node(box: Box) -> str:
    heading = f"{box.title} {box.subtitle}".strip()
    text = "\n".join([heading, *box.rows, *box.tags])
    fill, colour = _COLOURS.get(box.role) or (_LEARNS if box.learns else _PLAIN)
    fill = _FROZEN if box.frozen else fill
    colour = _SHARED if box.shared or box.lends else colour
    return f'{_quoted(box.id)} [label={_quoted(text)}, fillcolor="{fill}", color="{colour}"];'


def _quoted(text: str) -> str:
    """A text as Graphviz reads it; control characters have no place in a label."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return '"' + "".join(c if c.isprintable() else " " for c in escaped) + '"'
