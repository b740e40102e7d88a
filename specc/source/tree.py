"""Parser events to a tree of nodes, within limits that hold before anything grows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from specc.source.escapes import no_character
from specc.source.nodes import Node, copied, grow
from specc.source.scalars import Refused, resolve, shorten
from specc.source.spans import Mark, Problem, Span, between, mark_at

DEPTH = 64
NODES = 500_000
SCALAR = 2**20
COPIES = 10_000
LETTERS = 64
PROBLEMS = 100

_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*(?:\s+#[^\r\n]*|\s+)*)+")
_COLON = re.compile(r"\s*:")
_ANCHOR = re.compile(r"[0-9A-Za-z_-]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Stop(Exception):
    """Reading can't go on; the problem that says why is in the composer's list."""


class Composer:
    """Builds `root` from events; what it refuses is in `problems`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Node | None = None
        self.rest: int | None = None
        self.problems: list[Problem] = []
        self.open: list[Node] = []
        self._flow: list[bool] = []
        self._keys: list[Node | None] = []
        self._anchors: dict[str, Node] = {}
        self._nodes = 0
        self._copies = 0

    def compose(self, events: Iterable[Any]) -> None:
        """Read the first document. Raises Stop where a limit ends the reading."""
        handlers: dict[str, Callable[[Any], None]] = {
            "ScalarEvent": self._scalar,
            "AliasEvent": self._alias,
            "MappingStartEvent": self._mapping,
            "SequenceStartEvent": self._sequence,
            "MappingEndEvent": self._close,
            "SequenceEndEvent": self._close,
        }
        for event in events:
            name = type(event).__name__
            if name in handlers:
                handlers[name](event)
            elif name == "DocumentEndEvent":
                self.rest = event.end_mark.index
                return

    @property
    def opener(self) -> Node | None:
        """The flow collection that is open where reading stopped."""
        return self.open[-1] if self.open and self._flow[-1] else None

    def refuse(self, code: str, message: str, span: Span, **more: Any) -> None:
        self.problems.append(Problem(code, message, span, **more))
        if len(self.problems) == PROBLEMS:
            self.problems.append(Problem("F004", f"more than {PROBLEMS} problems", span))
            raise Stop

    def stop(self, message: str, span: Span, help: str) -> None:
        self.refuse("F004", message, span, help=help)
        raise Stop

    def _scalar(self, event: Any) -> None:
        text = event.value
        node = Node(text, event.start_mark, event.end_mark)
        if len(text) > SCALAR:
            self.stop(f"text of {len(text):,} characters", node.span, "at most 1 MiB is read")
        node.size += len(text) // LETTERS
        if event.anchor is not None or event.tag is not None:
            self._properties(event, node)
        if event.style is None or event.style == "":
            self._plain(node)
        elif event.style in "|>":
            node.end = self._last_line(node)
        elif not text.isascii() and _SURROGATE.search(text):
            self._half(node)
        self._add(node)

    def _plain(self, node: Node) -> None:
        node.plain = True
        if self._flow and self._flow[-1] and ":" in node.data:
            self._colon(node)
        if self._at_key():
            return
        value = resolve(node.data)
        if isinstance(value, Refused):
            self.refuse(value.code, value.message, node.span, help=value.help)
            value = value.value
        node.data = value

    def _at_key(self) -> bool:
        return bool(self.open) and self._keys[-1] is None and isinstance(self.open[-1].parts, dict)

    def _colon(self, node: Node) -> None:
        """libyaml refuses a `:` inside plain text in braces; so must the Python parser."""
        before, _, after = node.data.partition(":")
        help = f"write `{shorten(before)}: {shorten(after)}`, or put the text in quotes"
        self.refuse("F001", "`:` without a space after it", node.span, help=help)
        raise Stop

    def _half(self, node: Node) -> None:
        """libyaml refuses the escape of a surrogate; so must the Python parser."""
        self.problems.append(no_character(self.text, node.start.index, node.end.index))
        raise Stop

    def _last_line(self, node: Node) -> Mark:
        """The end of a block scalar's last line with content: parsers go on to the next token."""
        block = self.text[node.start.index : node.end.index].rstrip()
        return mark_at(self.text, node.start.index + len(block))

    def _mapping(self, event: Any) -> None:
        self._start(event, Node({}, event.start_mark, event.end_mark, {}))

    def _sequence(self, event: Any) -> None:
        self._start(event, Node([], event.start_mark, event.end_mark, []))

    def _start(self, event: Any, node: Node) -> None:
        if len(self.open) == DEPTH:
            self.stop(f"nested more than {DEPTH} deep", node.span, "flatten the structure")
        if event.anchor is not None or event.tag is not None:
            self._properties(event, node)
        self.open.append(node)
        self._flow.append(bool(event.flow_style))
        self._keys.append(None)

    def _close(self, event: Any) -> None:
        node = self.open.pop()
        self._keys.pop()
        if self._flow.pop() and event.end_mark.index > event.start_mark.index:
            node.end = event.end_mark
        self._add(node)

    def _properties(self, event: Any, node: Node) -> None:
        """Anchors are noted, tags refused; the node's span begins after both."""
        if event.tag is not None:
            self._tag(str(event.tag), node)
        if event.anchor is not None:
            self._check_anchor(event.anchor, between(event.start_mark, event.end_mark))
            self._anchors[event.anchor] = node
        match = _PROPERTIES.match(self.text, node.start.index)
        if match and (match.end() <= node.end.index or node.parts is not None):
            node.start = self._forward(node.start, match.end())
        if node.start.index > node.end.index:
            node.end = node.start

    def _check_anchor(self, name: str, span: Span) -> None:
        """libyaml refuses other names; so must the Python parser."""
        if not _ANCHOR.fullmatch(name):
            help = "write letters and digits, or put text that begins like this in quotes"
            self.refuse("F001", f"`{shorten(name)}` is no name for an anchor", span, help=help)
            raise Stop

    def _forward(self, mark: Mark, index: int) -> Mark:
        skipped = mark_at(self.text[mark.index : index], index - mark.index)
        column = skipped.column + (0 if skipped.line else mark.column)
        return Mark(mark.line + skipped.line, column, index)

    def _tag(self, tag: str, node: Node) -> None:
        help = "remove it: what a value is follows from where it stands"
        self.refuse("F003", f"YAML tag `{shorten(tag)}`", node.span, help=help)

    def _alias(self, event: Any) -> None:
        span = between(event.start_mark, event.end_mark)
        if self._at_key():
            return self._add(Node(None, event.start_mark, event.end_mark))
        self._check_anchor(event.anchor, span)
        target = self._anchors.get(event.anchor)
        shown = shorten(event.anchor)
        if target is None:
            help = f"write `&{shown}` before its value, or quote text that starts with `*`"
            self.refuse("F001", f"no anchor `&{shown}` above this alias", span, help=help)
            return self._add(Node(None, event.start_mark, event.end_mark))
        if any(target is node for node in self.open):
            self.stop(
                f"alias `*{shown}` contains itself", span, "an alias can't be inside its anchor"
            )
        self._copies += target.size
        if self._copies > COPIES:
            self.stop(
                "aliases expand too far", span, f"they may stand for {COPIES:,} values in all"
            )
        if len(self.open) + target.height > DEPTH:
            self.stop(f"nested more than {DEPTH} deep", span, "flatten the structure")
        self._add(copied(target, event))

    def _add(self, node: Node) -> None:
        self._nodes += 1
        if self._nodes > NODES:
            self.stop(f"more than {NODES:,} values", node.span, "split the spec")
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if parent.parts is None or isinstance(parent.parts, list):
            self._append(parent, node)
        elif self._keys[-1] is None:
            self._keys[-1] = node
        else:
            key, self._keys[-1] = self._keys[-1], None
            if node.data is None and node.start.index == node.end.index:
                self._after_colon(key, node)
            self._pair(parent, parent.parts, key, node)
        parent.end = node.end

    def _after_colon(self, key: Node, node: Node) -> None:
        """Parsers place an empty value variously: it stands after the colon of its key."""
        colon = _COLON.match(self.text, key.end.index)
        node.start = node.end = self._forward(key.end, colon.end()) if colon else key.end

    def _append(self, parent: Node, node: Node) -> None:
        parent.data.append(node.data)
        parent.parts.append(node)  # type: ignore[union-attr]
        grow(parent, node)

    def _pair(
        self, parent: Node, parts: dict[str, tuple[Node, Node]], key: Node, node: Node
    ) -> None:
        """Keep the pair unless its key is refused; of equal keys the first one counts."""
        if not self._usable(key):
            return
        first = parts.get(key.data)
        if first is not None:
            return self._duplicate(key, first[0])
        parts[key.data] = key, node
        parent.data[key.data] = node.data
        grow(parent, node)

    def _usable(self, key: Node) -> bool:
        """Whether a pair with this key is kept; a number is kept as the text it was written as."""
        if not isinstance(key.data, str):
            what = "an alias" if key.parts is None else "a list or a mapping"
            self._refuse_key(f"{what} as key", key, "write the key as one word")
            return False
        if not key.plain:
            return True
        if key.data == "<<":
            self._refuse_key("YAML merge key `<<`", key, "write the keys out")
            return False
        value = resolve(key.data)
        if isinstance(value, str):
            return True
        return self._not_text(key, value)

    def _not_text(self, key: Node, value: Any) -> bool:
        if key.data == "":
            self._refuse_key("a value without a key", key, "write a key before the `:`")
            return False
        shown = shorten(key.data)
        self._refuse_key(
            f"key `{shown}` is {_kind(value)}, not text", key, f'quote it: `"{shown}"`'
        )
        return True

    def _refuse_key(self, message: str, key: Node, help: str) -> None:
        self.refuse("F003", message, key.span, help=help)

    def _duplicate(self, key: Node, first: Node) -> None:
        here, there = key.span, first.span
        where = f"lines {there.line} and {here.line}"
        if there.line == here.line:
            where = f"line {here.line}"
        self.refuse(
            "F002",
            f"key `{shorten(key.data)}` is given twice, on {where}",
            here,
            label="given again",
            help="remove one of the two",
            notes=((there, "the first one is used", "first"),),
        )


def _kind(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case Refused(message=message) if "date" in message:
            return "a date"
        case _:
            return "a number"
