"""YAML text to plain data and the span of every key and value."""

from specc.source.reader import BYTES, Source, read
from specc.source.scalars import unread
from specc.source.spans import Path, Problem, Span

__all__ = ["BYTES", "Path", "Problem", "Source", "Span", "read", "unread"]
