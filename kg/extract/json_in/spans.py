"""Where the members of a JSON value stand in its text, which is known to be sound.

The strings of the text are those of the value in its order, so that they need only be counted. Keys that are repeated are
not in the value: then every token is walked over.
"""

from __future__ import annotations

import json
import re
from itertools import accumulate
from typing import TYPE_CHECKING, Any, TypeAlias

from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Span

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
_SCALAR = regex(r"[ \t\n\r]*+:[ \t\n\r]*+([^\s,\]}]++)")
_DECODER = json.JSONDecoder()
_TEXTS = frozenset({str})
CONTAINERS = frozenset({dict, list})
"""The types of values that hold others."""


class Members:
    """The members of one JSON object, by path, and where they stand in its text.

    Attributes:
        found: path -> (number, value) of everything in the object, in its order. Of a string the number is its own, of
            what else has a key that of the key with a minus, of all else 0. Of an array without containers in it, the
            elements are left out.
        repeated: the path and span of earlier values of repeated keys.
    """

    __slots__ = ("_end", "_ends", "_start", "_text", "_walked", "found", "repeated")

    def __init__(self, text: str, start: int, end: int, value: dict[str, Any]) -> None:
        """Count the strings of the object that `text[start:end]` is."""
        self._text, self._start, self._end = text, start, end
        raw = text[start:end]
        if "\\" in raw:
            raw = raw.replace("\\\\", "  ").replace('\\"', "  ")
        parts = raw.split('"')
        # What stands between quotation marks has odd numbers; the marks themselves are not in the lengths.
        self._ends = list(accumulate(map(len, parts)))
        self.found: dict[Path, tuple[int, Any]] = {}
        following = _count(value, (), 1, self.found)
        self._walked: Place | None = None
        self.repeated: tuple[tuple[Path, Span], ...] = ()
        if following != len(parts):
            self._walked, repeated = places(text, start, end)
            self.repeated = tuple((path, place[:2]) for path, place in repeated)

    def span(self, path: Path) -> Span:
        """Return the span of the member at a path; a string stands without its quotation marks, unless it is empty.

        Raises:
            KeyError: there is no such member.
        """
        if self._walked is None:
            number, value = self.found.get(path) or self._element(path)
            if number > 0:
                ends, before = self._ends, self._start + number
                first, last = before + ends[number - 1], before + ends[number]
                return (first, last) if first < last else (first - 1, last + 1)
            if number:
                return self._behind_key(-number, value)
            if not path:
                return self._start, self._end
            self._walked, _ = places(self._text, self._start, self._end)
        place: Any = self._walked
        for step in path:
            place = place[2][step]
        return place[0], place[1]

    def _element(self, path: Path) -> tuple[int, Any]:
        """The number of an element of an array of nothing but strings, 0 for any other path."""
        key, array = self.found.get(path[:-1], (0, None))
        if not key or type(array) is not list or set(map(type, array)) != _TEXTS:
            return 0, None
        at = path[-1]
        return (2 + 2 * at - key, array[at]) if type(at) is int and 0 <= at < len(array) else (0, None)

    def _behind_key(self, key: int, value: Any) -> Span:
        """The span of what is no string, by the number of its key."""
        match = _SCALAR.match(self._text, self._start + self._ends[key] + key + 1)
        assert match is not None
        kind = type(value)
        if kind is not list and kind is not dict:
            return match.span(1)
        first = match.start(1)
        if kind is list and value and set(map(type, value)) == _TEXTS:  # it ends behind its last string
            last = key + 2 * len(value)
            return first, self._text.index("]", self._start + self._ends[last] + last) + 1
        return first, _DECODER.raw_decode(self._text, first)[1]


def _count(value: dict[str, Any], above: Path, number: int, found: dict[Path, tuple[int, Any]]) -> int:
    """Add the members of an object with their numbers, and return the number after its last string."""
    for key, member in value.items():
        kind = type(member)
        if kind is str:
            found[(*above, key)] = number + 2, member
            number += 4
            continue
        path = (*above, key)
        found[path] = -number, member
        number += 2
        if kind is dict:
            number = _count(member, path, number, found)
        elif kind is list:
            number = _count_elements(member, path, number, found)
    return number


def _count_elements(value: list[Any], above: Path, number: int, found: dict[Path, tuple[int, Any]]) -> int:
    """Add the elements of an array that has containers in it, and return the number after its last string."""
    kinds = set(map(type, value))
    if CONTAINERS.isdisjoint(kinds):
        return number + 2 * (len(value) if kinds == _TEXTS else list(map(type, value)).count(str))
    for at, member in enumerate(value):
        path = (*above, at)
        kind = type(member)
        if kind is str:
            found[path] = number, member
            number += 2
            continue
        found[path] = 0, member
        if kind is dict:
            number = _count(member, path, number, found)
        elif kind is list:
            number = _count_elements(member, path, number, found)
    return number


def places(text: str, start: int, end: int) -> tuple[Place, tuple[tuple[Path, Place], ...]]:
    """Return the place of the value that `text[start:end]` is, and the path and place of earlier values of repeated keys.

    A string stands without its quotation marks, unless it is empty: there must be something to quote.
    """
    repeated: list[tuple[Path, Place]] = []
    # Of the containers around: their first character, what they stand in, and under which key.
    opened: list[tuple[int, dict[str, Place] | list[Place], str]] = []
    here: dict[str, Place] | list[Place] = []
    for match in _MEMBER.finditer(text, start, end):
        kind = match.lastindex or 0
        if kind == _CLOSING:
            begin, outer, key = opened.pop()
            place: Place = (begin, match.end(), here)
            here = outer
        else:
            key = match[_KEY]
            begin, stop = match.span(kind)
            if kind == _OPENING:
                opened.append((begin, here, key))
                here = {} if text[begin] == "{" else []
                continue
            place = (begin - 1, stop + 1, _NONE) if begin == stop and kind == _TEXT else (begin, stop, _NONE)
        if isinstance(here, list):
            here.append(place)
        else:
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
