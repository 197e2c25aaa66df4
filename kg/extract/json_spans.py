"""Where the members of a JSON value stand in its text, found by one walk over the tokens of a value that is known to be sound."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.model import Span

Path: TypeAlias = tuple[str | int, ...]
"""Keys and indices from the top of a record down to one of its members."""

_TOKEN = re.compile(r'[ \t\n\r]*+("(?:[^"\\]++|\\.)*+"|[\[{\]},:]|[^\s\[\]{},:"]++)', re.DOTALL)
_CLOSES = {"{": "}", "[": "]"}
_AFTER_STRING = re.compile(r"[ \t\n\r]*+[,:\]}]")
_LINE_STRING = re.compile(r'"(?:[^"\\\r\n]++|\\[^\r\n])*+"')
_MARK = re.compile(r'[\[{\]}"]')


class Members:
    """The members of one JSON value with their spans.

    Attributes:
        spans: path -> span; a string's without its quotation marks, unless it is empty. Of a key that is repeated, the
            last value.
        repeated: the path and span of every earlier value of a repeated key, in the order of the text.
    """

    def __init__(self, spans: Mapping[Path, Span], repeated: tuple[tuple[Path, Span], ...]) -> None:
        self.spans, self.repeated = spans, repeated


def members(text: str, start: int, end: int, decode: Mapping[str, str]) -> Members:
    """Return the members of the value that `text[start:end]` is.

    Args:
        text: the document's text.
        start: the value's first character.
        end: the character after its last.
        decode: printed key (with its quotation marks) -> key.
    """
    spans: dict[Path, Span] = {}
    repeated: list[tuple[Path, Span]] = []
    opened: list[tuple[Path, int, str]] = []  # path, first character and bracket of the values around
    path: Path = ()
    index: list[int] = []
    key: str | None = None

    def put(where: Path, span: Span) -> None:
        if where in spans:
            repeated.append((where, spans[where]))
        spans[where] = span

    for match in _TOKEN.finditer(text, start, end):
        printed, begin = match[1], match.start(1)
        if printed in "]}":
            path, first, _ = opened.pop()
            index.pop()
            put(path, (first, match.end()))
            key = None
        elif printed == ",":
            index[-1] += 1
        elif printed == ":":
            continue
        elif opened and opened[-1][2] == "{" and key is None:
            key = decode[printed]
        else:
            where = _below(opened, index, key)
            if printed in _CLOSES:
                opened.append((where, begin, printed))
                index.append(0)
            else:
                put(where, _inside(printed, begin))
            key = None
    return Members(spans, tuple(_outermost(repeated)))


def _outermost(repeated: list[tuple[Path, Span]]) -> Iterator[tuple[Path, Span]]:
    """The repeated values that are in no other repeated value, in the order of the text."""
    done = 0
    for path, (start, end) in sorted(repeated, key=lambda item: (item[1][0], -item[1][1])):
        if end > done:
            yield path, (start, end)
            done = end


def _below(opened: list[tuple[Path, int, str]], index: list[int], key: str | None) -> Path:
    """The path of the value that begins here."""
    if not opened:
        return ()
    return (*opened[-1][0], index[-1] if key is None else key)


def _inside(printed: str, begin: int) -> Span:
    """The span of a scalar; an empty string keeps its quotation marks, so that there is something to quote."""
    quoted = printed[0] == '"' and len(printed) > len('""')
    return (begin + quoted, begin + len(printed) - quoted)


def extent(text: str, start: int, limit: int) -> int | None:
    """Return the end of a broken value that begins with a bracket: where its brackets are even, before `limit`.

    None where they never are, or where a quotation mark or a bracket is missing, so that what follows cannot be told
    from what is broken.
    """
    awaited: list[str] = []
    at = start
    while match := _MARK.search(text, at, limit):
        mark, at = match[0], match.end()
        if mark == '"':
            string = _LINE_STRING.match(text, match.start())
            if string is None or not _AFTER_STRING.match(text, string.end()):
                return None
            at = string.end()
        elif mark in _CLOSES:
            awaited.append(_CLOSES[mark])
        elif awaited.pop() != mark:
            return None
        if not awaited:
            return at
    return None
