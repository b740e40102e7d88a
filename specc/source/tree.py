"""Parser events to a tree of nodes, within limits that hold before anything grows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from specc.source.keys import cut_number, joined_with_braces, keeps, key_problem
from specc.source.nodes import Node, copied, grow
from specc.source.scalars import UNREAD, Refused, resolve, shorten
from specc.source.spans import Mark, Problem, Span, between, mark_at

DEPTH = 64
NODES = 500_000
SCALAR = 2**20
COPIES = 10_000
LETTERS = 64
PROBLEMS = 100

_PROPERTY = r"(?:!<[^\s>]*>|[&!][^\s,\[\]{}]*)"
_PROPERTIES = re.compile(rf"(?:{_PROPERTY}(?:\s+#[^\r\n]*|\s+)*)+")
_TAG = re.compile(rf"(?:&[^\s,\[\]{{}}]*(?:\s+#[^\r\n]*|\s+)*)?(?=!)({_PROPERTY})")
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
        from ruamel.yaml import events as kinds

        handlers: dict[type, Callable[[Any], None]] = {
            kinds.ScalarEvent: self._scalar,
            kinds.AliasEvent: self._alias,
            kinds.MappingStartEvent: self._mapping,
            kinds.SequenceStartEvent: self._sequence,
            kinds.MappingEndEvent: self._close,
            kinds.SequenceEndEvent: self._close,
        }
        for event in events:
            handle = handlers.get(type(event))
            if handle is not None:
                handle(event)
            elif type(event) is kinds.DocumentEndEvent:
                self.rest = event.end_mark.index
                return

    @property
    def opener(self) -> Node | None:
        """The flow collection that is open where reading stopped."""
        return self.open[-1] if self.open and self._flow[-1] else None

    def refuse(self, code: str, message: str, span: Span, **more: Any) -> None:
        self.report(Problem(code, message, span, **more))

    def report(self, problem: Problem) -> None:
        """Note a problem. Raises Stop when there are too many to be of use."""
        self.problems.append(problem)
        if len(self.problems) == PROBLEMS:
            self.problems.append(Problem("F004", f"more than {PROBLEMS} problems", problem.span))
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
        if event.anchor is not None or event.ctag is not None:
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
        braces = self._at_key() and joined_with_braces(node.data)
        if braces and ":" not in node.data:
            self.refuse(
                "F001", f"`{braces}` has no colon", node.span, help=f"write `{braces}: {{…}}`"
            )
            raise Stop
        if ":" in node.data and (self._flow[-1:] == [True] or braces):
            self._colon(node)
        if self._at_key():
            return
        value = resolve(node.data)
        if isinstance(value, Refused):
            right = value.right
            fix = ((node.span, right, right[0] == '"'),) if right else ()
            self.refuse(value.code, value.message, node.span, help=value.help, fix=fix)
            value = value.value
        node.data = value

    def _at_key(self) -> bool:
        return bool(self.open) and self._keys[-1] is None and isinstance(self.open[-1].parts, dict)

    def _colon(self, node: Node) -> None:
        """libyaml refuses a `:` inside plain text in braces; so must the Python parser."""
        from specc.source.escapes import tight_colon

        colon = self._forward(node.start, self.text.index(":", node.start.index))
        self.problems.append(tight_colon(between(colon, replace(colon, column=colon.column + 1))))
        raise Stop

    def _half(self, node: Node) -> None:
        """libyaml refuses the escape of a surrogate; so must the Python parser."""
        from specc.source.escapes import no_character

        self.problems.append(no_character(self.text, node.start.index, node.end.index))
        raise Stop

    def _last_line(self, node: Node) -> Mark:
        """The end of a block scalar's last line with content: parsers go on to the next token."""
        block = self.text[node.start.index : node.end.index].rstrip()
        return self._forward(node.start, node.start.index + len(block))

    def _mapping(self, event: Any) -> None:
        self._start(event, Node({}, event.start_mark, event.end_mark, {}))

    def _sequence(self, event: Any) -> None:
        self._start(event, Node([], event.start_mark, event.end_mark, []))

    def _start(self, event: Any, node: Node) -> None:
        if len(self.open) == DEPTH:
            self.stop(f"nested more than {DEPTH} deep", node.span, "flatten the structure")
        if event.anchor is not None or event.ctag is not None:
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
        if event.ctag is not None:
            self._tag(event, node.start)
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

    def _tag(self, event: Any, start: Mark) -> None:
        match = _TAG.match(self.text, start.index)
        shown = match[1] if match else str(event.ctag)
        begin, end = match.span(1) if match else (start.index, start.index + 1)
        span = between(self._forward(start, begin), self._forward(start, end))
        help = "remove it: what a value is follows from where it stands"
        self.refuse(
            "F003",
            f"YAML tag `{shorten(shown)}`",
            span,
            help=help,
            fix=self._without(start, begin, end),
        )

    def _without(self, start: Mark, begin: int, end: int) -> tuple[tuple[Span, str, bool], ...]:
        """The fix that removes text[begin:end] and the blanks behind it."""
        behind = end + len(self.text[end : end + 80]) - len(self.text[end : end + 80].lstrip(" "))
        return ((between(self._forward(start, begin), self._forward(start, behind)), "", True),)

    def _alias(self, event: Any) -> None:
        span = between(event.start_mark, event.end_mark)
        target = None if self._at_key() else self._target(event.anchor, span)
        if target is None:
            return self._add(Node(None, event.start_mark, event.end_mark))
        self._check_copy(target, shorten(event.anchor), span)
        self._add(copied(target, event))

    def _target(self, name: str, span: Span) -> Node | None:
        self._check_anchor(name, span)
        if name not in self._anchors:
            help = f"write `&{name}` before its value, or quote text that starts with `*`"
            message = f"no anchor `&{shorten(name)}` above this alias"
            self.refuse("F001", message, span, help=help)
        return self._anchors.get(name)

    def _check_copy(self, target: Node, name: str, span: Span) -> None:
        if any(target is node for node in self.open):
            help = "an alias can't be inside its anchor"
            self.stop(f"alias `*{name}` contains itself", span, help)
        self._copies += target.size
        if self._copies > COPIES:
            help = f"they may stand for {COPIES:,} values in all"
            self.stop("aliases expand too far", span, help)
        if len(self.open) + target.height > DEPTH:
            self.stop(f"nested more than {DEPTH} deep", span, "flatten the structure")

    def _add(self, node: Node) -> None:
        self._nodes += 1
        if self._nodes > NODES:
            self.stop(f"more than {NODES:,} values", node.span, "split the spec")
        if not self.open:
            self._finish(node)
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

    def _finish(self, root: Node) -> None:
        self.root = root
        if root.start.index == root.end.index:
            root.start = root.end = mark_at(self.text, len(self.text.rstrip()))

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
        problem = key_problem(key, parts)
        if problem is not None:
            name, above = next(reversed(parts.values()), (key, key))
            cut = cut_number(above, key, self.text)
            if cut is not None:
                parent.data[name.data] = UNREAD
            self.report(cut or problem)
        if not keeps(key) or key.data in parts:
            return
        parts[key.data] = key, node
        parent.data[key.data] = node.data
        grow(parent, key)
        grow(parent, node)
