"""YAML text to plain data and the span of every key and value."""

from specc.source.reader import BYTES, Source, read
from specc.source.scalars import unread
from specc.source.spans import Path, Problem, Span
from specc.source.values import value_at

__all__ = ["BYTES", "Path", "Problem", "Source", "Span", "read", "unread", "value_at"]
