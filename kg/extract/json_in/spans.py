"""Where the members of a JSON value stand in its text, which is known to be sound: every token is walked over once."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, TypeAlias

from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

Path: TypeAlias = tuple[str | int, ...]
"""Keys and indices from the top of a record down to one of its members."""

Place: TypeAlias = "tuple[int, int, dict[str, Place] | list[Place]]"
"""Where a value stands: its first character, the one after its last, and the places of its members by key or index."""

_STRING = r'"((?:[^"\\]++|\\.)*+)"'
_MEMBER = regex(
    rf"[ \t\n\r,]*+(?:{_STRING}[ \t\n\r]*+:[ \t\n\r]*+)?+(?:{_STRING}|([^\s\[\]{{}},:\"]++)|([\[{{])|([\]}}]))",
    re.DOTALL,
)
_KEY, _TEXT, _OPENING, _CLOSING = 1, 2, 4, 5
_CLOSES = {"{": "}", "[": "]"}
_AFTER_STRING = regex(r"[ \t\n\r]*+[,:\]}]")
_LINE_STRING = regex(r'"(?:[^"\\\r\n]++|\\[^\r\n])*+"')
_MARK = regex(r'[\[{\]}"]')


_NONE: dict[str, Place] = {}


def places(text: str, start: int, end: int) -> tuple[Place, tuple[tuple[Path, Place], ...]]:
    """Return the place of the value that `text[start:end]` is, and the path and place of earlier values of repeated keys.

    A string stands without its quotation marks, unless it is empty: there must be something to quote.
    """
    repeated: list[tuple[Path, Place]] = []
    # Of the containers around: their first character, what they stand in, and under which key.
    opened: list[tuple[int, dict[str, Place] | list[Place], str]] = []
    here: dict[str, Place] | list[Place] = []
    for match in _MEMBER.finditer(text, start, end):
        kind = match.lastindex
        key = match[_KEY]
        if kind == _CLOSING:
            begin, outer, key = opened.pop()
            place: Place = (begin, match.end(), here)
            here = outer
        elif kind == _OPENING:
            opened.append((match.start(_OPENING), here, key))
            here = {} if match[_OPENING] == "{" else []
            continue
        else:
            begin, stop = match.span(kind or 0)
            place = (begin - 1, stop + 1, _NONE) if begin == stop and kind == _TEXT else (begin, stop, _NONE)
        if type(here) is list:
            here.append(place)
            continue
        assert type(here) is dict
        if "\\" in key:
            key = json.loads(f'"{key}"')
        if key in here:
            repeated.append(((*_path(opened), key), here[key]))
        here[key] = place
    assert isinstance(here, list)
    return here[0], tuple(_outermost(repeated))


def _path(opened: list[tuple[int, dict[str, Place] | list[Place], str]]) -> Path:
    """The path of the innermost container that is open."""
    return tuple(len(outer) if isinstance(outer, list) else key for _, outer, key in opened[1:])


def _outermost(repeated: list[tuple[Path, Place]]) -> Iterator[tuple[Path, Place]]:
    """The repeated values that are in no other repeated value, in the order of the text."""
    done = 0
    for path, place in sorted(repeated, key=lambda item: (item[1][0], -item[1][1])):
        if place[1] > done:
            yield path, place
            done = place[1]


def extent(text: str, start: int, limit: int, deepest: int | None = None) -> int | None:
    """Return the end of a broken value that begins with a bracket: where its brackets are even, before `limit`.

    None where they never are, or where a quotation mark or a bracket is missing, so that what follows cannot be told
    from what is broken.

    Raises:
        RecursionError: more than `deepest` brackets are open at a time.
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
            if deepest is not None and len(awaited) > deepest:
                raise RecursionError
        elif awaited.pop() != mark:
            return None
        if not awaited:
            return at
    return None
