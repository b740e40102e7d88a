"""Pictures of models: nothing overlaps, no line runs through a box, and every format is sound."""

import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import Main
from hypothesis import given, settings
from hypothesis import strategies as st

from specc.api import load, loads
from specc.drawing.compact import MANY, compact
from specc.drawing.dot import dot
from specc.drawing.layout import Area, Layout, lay_out
from specc.drawing.letters import LONGEST, cut, width
from specc.drawing.levels import levels
from specc.drawing.mermaid import mermaid
from specc.drawing.order import Joint, ordered
from specc.drawing.picture import Box, Cluster, Edge, Picture
from specc.drawing.read import picture_of
from specc.drawing.repeats import once
from specc.drawing.svg import svg

ROOT = Path(__file__).parents[1]
SPECS = sorted(ROOT.glob("specs/*.yaml"))
FORMATS: dict[str, Callable[[Picture], str]] = {"svg": svg, "dot": dot, "mermaid": mermaid}
TEXTS = st.sampled_from(
    [
        "",
        "conv2d",
        "end",
        '"',
        "a\\",
        "<b>&amp;",
        "]]>",
        "\0\n\t\x1b",
        "\ud800",
        "x" * 60,
        "`#1;`",
        "層 é\u202e",
    ]
)
Line = tuple[tuple[float, float], ...]


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    """Boxes with random texts and frames; edges lead from earlier to later boxes."""
    paths = [(), ("a",), ("b",), ("a", "a"), ("a", "b"), ("b", "a", "c")]
    homes = draw(st.lists(st.sampled_from(paths), min_size=1, max_size=20))
    if draw(st.booleans()):
        homes.sort()
    boxes = [
        Box(
            str(number),
            draw(TEXTS),
            draw(TEXTS),
            tuple(draw(st.lists(TEXTS, max_size=2))),
            draw(st.sampled_from(["input", "layer", "output"])),
            draw(st.booleans()),
            draw(st.booleans()),
            draw(st.none() | TEXTS),
            draw(st.booleans()),
            path,
        )
        for number, path in enumerate(homes)
    ]
    places = st.integers(0, len(boxes) - 1)
    pairs = draw(st.lists(st.tuples(places, places), max_size=40))
    edges = [Edge(str(a), str(b), draw(TEXTS)) for a, b in pairs if a < b]
    clusters = [Cluster(("a",), draw(TEXTS), 3), Cluster(("a", "a"), draw(TEXTS))]
    return Picture(tuple(boxes), tuple(edges), tuple(clusters), draw(TEXTS), draw(TEXTS))


def sized(picture: Picture) -> Layout:
    draw = random.Random(len(picture.edges))
    sizes = {box.id: (draw.randrange(20, 200, 2), draw.randrange(20, 90)) for box in picture.nodes}
    return lay_out(picture, sizes, {path: 10.0 * len(path) for path in picture.frames})


@settings(max_examples=300)
@given(pictures())
def test_nothing_is_in_the_way(picture: Picture) -> None:
    layout = sized(picture)
    homes = {name: set(paths) for name, paths in levels(picture).homes.items()}
    assert set(layout.boxes) == set(homes)
    for a, b in combinations(layout.boxes.values(), 2):
        assert not overlap(a, b)
    for path, frame in layout.frames.items():
        assert overlap(frame, Area(0, 0, layout.width, layout.height))
        for name, box in layout.boxes.items():
            assert holds(frame, box) if path in homes[name] else not overlap(frame, box)
    for (one, a), (other, b) in combinations(layout.frames.items(), 2):
        outer, inner = (a, b) if len(one) < len(other) else (b, a)
        nested = one[: len(other)] == other or other[: len(one)] == one
        assert holds(outer, inner) if nested else not overlap(a, b)


@settings(max_examples=300)
@given(pictures())
def test_no_line_runs_through_a_box(picture: Picture) -> None:
    layout = sized(picture)
    homes = levels(picture).homes
    assert set(layout.lines) == {(edge.source, edge.target) for edge in picture.edges}
    for (source, target), line in layout.lines.items():
        start, end = layout.boxes[source], layout.boxes[target]
        assert line[0] == (start.x + start.width / 2, start.y + start.height)
        assert line[-1] == (end.x + end.width / 2, end.y)
        around = {*homes[source], *homes[target]}
        foreign = [area for path, area in layout.frames.items() if path not in around]
        for piece in pieces(line):
            assert not any(overlap(piece, area) for area in [*layout.boxes.values(), *foreign])


def pieces(line: Line) -> Iterator[Area]:
    """The least rectangles around the parts of a line, in which its bows stay; never upward."""
    for (x, y), (to, down) in pairwise(line):
        assert down >= y
        yield Area(min(x, to) - 0.1, y, abs(to - x) + 0.2, down - y)


def overlap(a: Area, b: Area) -> bool:
    return (
        a.x < b.x + b.width and b.x < a.x + a.width
        and a.y < b.y + b.height and b.y < a.y + a.height
    )  # fmt: skip


def holds(outer: Area, inner: Area) -> bool:
    return (
        outer.x < inner.x and inner.x + inner.width < outer.x + outer.width
        and outer.y < inner.y and inner.y + inner.height < outer.y + outer.height
    )  # fmt: skip


def chain(*names: str) -> list[Edge]:
    return [Edge(a, b) for a, b in pairwise(names)]


def test_a_chain_is_straight_and_so_is_the_long_way_beside_a_short_cut() -> None:
    edges = [*chain("a", "b", "c", "d", "e"), Edge("a", "d")]
    layout = sized(Picture(tuple(Box(name, name) for name in "abcde"), tuple(edges)))
    assert len({box.x + box.width / 2 for box in layout.boxes.values()}) == 1
    assert len({x for x, _ in layout.lines["a", "d"]}) > 1


def test_a_fork_stands_in_the_middle() -> None:
    boxes = tuple(Box(name, name) for name in "abcd")
    edges = (*chain("a", "b", "d"), *chain("a", "c", "d"))
    layout = lay_out(Picture(boxes, edges), dict.fromkeys("abcd", (40, 20)), {})
    a, b, c, d = (layout.boxes[name].x for name in "abcd")
    assert a == d == (b + c) / 2


@given(st.permutations(range(8)))
def test_ways_that_need_not_cross_do_not(order: list[int]) -> None:
    """Eight trees of one root and two leaves, their leaves in any order."""
    lower = [8 + 2 * tree + leaf for tree in order for leaf in (0, 1)]
    random.Random(sum(order[::2])).shuffle(lower)
    joints = [Joint((leaf - 8) // 2, leaf, 0, 0) for leaf in lower]
    _, found = ordered([list(range(8)), lower], joints)
    roots = [(leaf - 8) // 2 for leaf in found]
    assert all(left == right for left, right in zip(roots[::2], roots[1::2], strict=True))


def test_few_lines_cross() -> None:
    """Crossings in a hundred pictures of five rows: 1,696; without sweeps 2,632, or swaps 1,974."""
    assert sum(crossings(random.Random(seed)) for seed in range(100)) < 1750


def crossings(draw: random.Random) -> int:
    rows = [list(range(row, row + 8)) for row in range(0, 40, 8)]
    pairs = {
        (draw.choice(upper), draw.choice(lower))
        for upper, lower in pairwise(rows)
        for _ in "x" * 12
    }
    found = ordered(rows, [Joint(*pair, 0, 0) for pair in sorted(pairs)])
    place = {vertex: number for row in found for number, vertex in enumerate(row)}
    together = (pair for pair in combinations(pairs, 2) if pair[0][0] // 8 == pair[1][0] // 8)
    return sum((place[a] - place[c]) * (place[b] - place[d]) < 0 for (a, b), (c, d) in together)


def test_layers_that_finish_another_are_lines_in_its_box() -> None:
    """In a large picture, and unless something else takes what is in between."""
    names = [f"{kind}{number}" for number in range(MANY) for kind in ("dense", "drop")]
    boxes = [Box("in", "Input", role="input"), Box("first", "Dropout", rows=("0.1", "4"))]
    boxes += [Box(name, name[:4], rows=("0.5", "4 · 2 params")) for name in names[:-1]]
    boxes.append(Box(names[-1], "drop", rows=("4",), role="output"))
    edges = (*chain("in", "first", *names), Edge("dense3", names[-2]))
    finishing = {"first", *(name for name in names if name.startswith("drop"))}
    found = compact(Picture(tuple(boxes), edges), finishing)
    by_id = {box.id: box for box in found.nodes}
    assert "first" in by_id and "drop3" in by_id and "drop4" not in by_id
    assert by_id["dense4"].rows == ("0.5", "4 · 2 params", "+ drop 0.5 · 2 params")
    assert by_id[names[-2]].role == "output" and len(by_id) == MANY + 3
    assert {edge.source for edge in found.edges} | {names[-2]} == set(by_id)
    small = Picture(tuple(boxes[:MANY]), tuple(chain("in", "first", *names[: MANY - 2])))
    assert compact(small, finishing) == small


def test_a_circle_is_drawn_as_far_as_it_leads_onward() -> None:
    text = GRAPH.replace("from: left,", "from: b,").replace("from: other,", "from: a,")
    compiled = loads(text)
    assert not compiled.report.ok
    assert len(ElementTree.fromstring(svg(picture_of(compiled)))) > 10


@pytest.mark.parametrize("reach", [1, 12])
def test_a_thousand_boxes_take_no_time(reach: int) -> None:
    draw = random.Random(0)
    pairs = {(max(0, i - draw.randint(1, reach)), i) for i in range(1, 1000) for _ in range(2)}
    boxes = tuple(Box(str(number), "Dense", cluster=(str(number // 50),)) for number in range(1000))
    start = time.process_time()
    svg(Picture(boxes, tuple(Edge(str(a), str(b)) for a, b in sorted(pairs))))
    assert time.process_time() - start < 2


@settings(max_examples=150)
@given(pictures())
def test_svg_is_xml_that_says_what_it_shows(picture: Picture) -> None:
    tree = ElementTree.fromstring(svg(picture))
    names = [element.tag.rpartition("}")[2] for element in tree]
    assert names[:2] == ["title", "desc"] and tree.get("role") == "img"
    groups = [element for element in tree.iter() if element.tag.endswith("}g")]
    assert sum(each[0].tag.endswith("}title") for each in groups if len(each)) == len(picture.nodes)
    assert not {"script", "style", "image", "foreignObject", "a"} & set(names)


@settings(max_examples=150)
@given(pictures())
def test_dot_has_closed_texts_and_braces(picture: Picture) -> None:
    text = dot(picture)
    bare = re.sub(r'"(?:[^"\\\n]|\\.)*"', "Q", text)
    assert '"' not in bare and "\\" not in bare
    assert bare.count("{") == bare.count("}") == 1 + len(picture.frames)
    assert len(re.findall(r"^ +Q \[label=Q, ", bare, re.MULTILINE)) == len(picture.nodes)
    assert len(re.findall(r"^  Q -> Q( \[label=Q\])?;$", bare, re.MULTILINE)) == len(picture.edges)


def test_graphviz_takes_it(tmp_path: Path) -> None:
    """Where Graphviz is there; else the test above has to do."""
    for path in SPECS if shutil.which("dot") else ():
        page = dot(picture_of(load(path))).encode()
        subprocess.run(["dot", "-Tplain", "-o", os.devnull], input=page, check=True, timeout=60)


MERMAID = re.compile(
    r"""flowchart\ TD
    |\ +n_\d+(\[TEXT\]|\(\[TEXT\]\))
    |\ +subgraph\ c_\d+\[TEXT\]|\ +end
    |\ +n_\d+\ -->(\|TEXT\|)?\ n_\d+
    |\ +classDef\ [a-z]+\ [\w:,#\- ]+|\ +class\ [nc]_\d+(,[nc]_\d+)*\ [a-z]+""".replace(
        "TEXT", r'"(?:\w|[ _\-.,:()/+?×·…<>]|\#\d+;)*"'
    ),
    re.VERBOSE,
)


@settings(max_examples=150)
@given(pictures())
def test_every_line_of_mermaid_is_one_of_its_statements(picture: Picture) -> None:
    page = mermaid(picture)
    for line in page.rstrip("\n").split("\n"):
        assert MERMAID.fullmatch(line), line
    assert page.count("subgraph c_") == page.count(" end\n") == len(picture.frames)
    assert len(re.findall(r"<(?!br/>)", page)) == 0


def test_the_same_bytes_whatever_the_hash_seed() -> None:
    code = (
        "from specc.api import load\nfrom specc.drawing.read import picture_of\n"
        "from specc.drawing import svg, dot, mermaid\n"
        f"for path in {[str(path) for path in SPECS]}:\n"
        "    p = picture_of(load(path))\n"
        "    print(svg.svg(p), dot.dot(p), mermaid.mermaid(p))\n"
    )
    pages = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            cwd=ROOT, check=True, capture_output=True, timeout=120,
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert pages[0] == pages[1] != b""


@pytest.mark.parametrize("form", ["svg", "dot", "mmd"])
def test_the_picture_of_a_spec(golden: Callable[[str, str], None], form: str) -> None:
    draw = {"svg": svg, "dot": dot, "mmd": mermaid}[form]
    golden(f"show/imdb_lstm.{form}", draw(picture_of(load(ROOT / "specs/imdb_lstm.yaml"))))


def test_text_is_as_wide_as_in_arial() -> None:
    assert width("Conv2D", 1000) == 722 + 556 + 556 + 500 + 556 + 722
    assert width("Conv2D", 1000, bold=True) == 722 + 611 + 611 + 556 + 556 + 722
    assert width("\u5c42", 10) == 10 and width("e\u0301", 10) == width("e", 10)
    assert cut("a\nb") == "a b" and len(cut("x" * 99)) == LONGEST


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
@pytest.mark.parametrize("form", FORMATS)
def test_every_spec_can_be_drawn(main: Main, path: Path, form: str) -> None:
    code, out, _ = main("show", "--format", form, path)
    compiled = load(path)
    assert code == (0 if compiled.report.ok else 1)
    assert out == FORMATS[form](picture_of(compiled))
    kinds = {node.kind_name for node in compiled.graph.nodes}
    assert all(kind in out for kind in kinds)


def test_one_svg_at_a_time(main: Main) -> None:
    code, out, err = main("show", "--format", "svg", *SPECS[:2])
    assert code == 2 and not out and "one spec at a time" in err
    code, out, _ = main("show", "--format", "dot", *SPECS[:2])
    assert code == 0 and out.count("digraph") == 2 and out.startswith("// ")


GRAPH = """\
specc: 1
name: two_words
blocks:
  tower:
    parameters: {units: 4}
    layers:
      - Dense: {units: $units, activation: relu, name: first}
      - Dense: {units: $units}
model:
  inputs: {left: [8], right: [8]}
  layers:
    - Dense: {from: left, units: 8, trainable: false, name: stem}
    - call: {layer: stem, from: right, name: other}
    - tower: {from: stem}
    - repeat: {times: 3, layers: [{tower: {units: 4}}]}
    - Dense: {units: 1, name: a}
    - Dense: {from: other, units: 2, name: b}
  outputs: [a, b]
train: {optimizer: adam, loss: {a: mse, b: mse}}
"""


def test_what_a_graph_says_is_drawn() -> None:
    picture = picture_of(loads(GRAPH))
    by_name = {box.subtitle: box for box in picture.nodes}
    assert [box.role for box in picture.nodes].count("input") == 2
    assert {name for name, box in by_name.items() if box.role == "output"} == {"a", "b"}
    assert by_name["stem"].tags == ("frozen", "shared")
    assert by_name["other"].tags == ("frozen", "weights of stem")
    assert by_name["other"].rows == ("8",) and by_name["a"].rows == ("1 · 5 params",)
    assert [frame.title for frame in picture.frames.values()] == ["tower", "tower_1 × 3"]
    assert by_name["first"].rows[0] == "relu"
    ends = {(edge.source, edge.target) for edge in picture.edges}
    assert len(ends) == len(picture.nodes) - 2 and "two_words" in svg(picture)
    assert 'x="' in svg(picture) and "url(#frozen)" in svg(picture)


@pytest.mark.parametrize(
    ("old", "new", "titles"),
    [
        ("{units: 4}}]", "{units: 4}}, {Dropout: 0.1}]", ["tower", "repeat × 3", "tower_1"]),
        ("from: stem}\n    - rep", "from: stem, units: 8}\n    - rep",
         ["tower", "tower_1_0", "tower_1 × 2"]),
    ],
)  # fmt: skip
def test_frames_are_called_what_the_spec_calls_them(old: str, new: str, titles: list[str]) -> None:
    assert GRAPH.count(old) == 1
    picture = picture_of(loads(GRAPH.replace(old, new)))
    assert [frame.title for frame in picture.frames.values()] == titles


def turns(*rows: str, also: tuple[Edge, ...] = ()) -> Picture:
    """Turns of two boxes in a row between two others, each turn fed by the one before."""
    boxes, edges, last = [Box("in", "Input")], [], "in"
    for number, row in enumerate(rows):
        path = (str(number),)
        boxes += [Box(f"{number}{part}", "Dense", rows=(row,), cluster=path) for part in "ab"]
        edges += [*chain(last, f"{number}a", f"{number}b"), Edge(last, f"{number}b")]
        last = f"{number}b"
    clusters = tuple(Cluster((str(i),), "repeat", turn="0") for i in range(len(rows)))
    boxes.append(Box("out", "Dense"))
    return Picture(tuple(boxes), (*edges, Edge(last, "out"), *also), clusters)


@pytest.mark.parametrize(
    ("picture", "times"),
    [
        (turns("4", "4", "4"), [3]),
        (turns("8", "4", "4", "4"), [1, 3]),
        (turns("4", "4", "8", "8"), [2, 2]),
        (turns("4", "4", "4", also=(Edge("in", "2a"),)), [2, 1]),
        (turns("4", "4", "4", also=(Edge("in", "1a"), Edge("in", "2a"))), [1, 2]),
    ],
)
def test_alike_turns_are_drawn_once(picture: Picture, times: list[int]) -> None:
    found = once(picture)
    assert [each.times for each in found.clusters] == times
    assert len(found.nodes) == 2 * len(times) + 2
    known = {box.id for box in found.nodes}
    assert all({edge.source, edge.target} <= known for edge in found.edges)
    assert any(edge.target == "out" for edge in found.edges)
