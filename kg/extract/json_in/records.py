"""The records of a JSON document: one object, an array, an object around one array or by key, JSON Lines, objects in a row.

A record that is broken is a defect, and reading goes on behind it: at its closing bracket, or where its brackets are
not even, at the next line (JSON Lines) or the next object that begins with the same key.
"""

from __future__ import annotations

import json
import math
import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from kg.extract.json_in.record import JsonRecord, leaves, pointer_of
from kg.extract.json_in.spans import extent
from kg.model import Defect
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kg.model import Document

__all__ = ["JsonRecord", "elements", "first", "leaves", "records"]

MAX_DEPTH = 64
"""Values inside one another in one record."""
MAX_VALUES = 500_000
"""Values of one record, about."""
MAX_BROKEN = 10_000
"""Records of one document that may be broken before the rest of it is refused."""
MAX_CHARACTERS = 32 * 1024 * 1024
"""Characters of one record, and of an object that is read whole to see whether it is an envelope around records."""

_BLANK = regex(r"[ \t\n\r]*+")
_STRING = r'"(?:[^"\\]++|\\.)*+"'
_KEY = r'"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+"'
_ENVELOPE = regex(
    rf'\{{\s*+(?:{_STRING}\s*+:\s*+(?:{_STRING}|[^\s"\[\]{{}},:]++)\s*+,\s*+)*+({_KEY})\s*+:\s*+(?=\[\s*+\{{)'
)
_FIRST_KEY = regex(r'\{\s*+("[^"\\\n]*")')
_SURROGATE = regex(r"\\u(?:[dD][89a-fA-F]|0000)")
_LONE = regex("[\ud800-\udfff\0]")
_NEXT_LINE = regex(r"\n(?=\{)")
_TO_LINE = regex(r"[^\n]*+")
_TO_COMMA = regex(rf"{_STRING}|[^,\]]*+", re.DOTALL)
_LONGEST_BROKEN = 64 * 1024
"""In this many characters the end of a broken record is looked for by its brackets."""
_FIRST_FEW = 20
_LOOK = 1_000_000
"""Of a longer envelope only the first record is read to see what it is."""


def _never(_: Mapping[str, Any]) -> bool:
    return False


def records(document: Document, whole: Callable[[Mapping[str, Any]], bool] = _never) -> Iterator[JsonRecord | Defect]:
    """Yield every record of a JSON document, and a defect for every one that cannot be read.

    Args:
        document: any document; one that is no JSON at all is one defect.
        whole: whether an object is itself a record, though it holds an array of objects; asked of an envelope, and of
            those in it, and of the first elements where it holds several arrays: the one that begins with a record
            is that of the records. Else an object with one array that is not empty, and objects in it, is an envelope
            around that array; so is one around such an object. An object whose members are objects that tell the keys
            they stand under holds a record in each.
    """
    text = document.text
    start = _after_blank(text, 0)
    if text[start : start + 1] == "[":
        yield from elements(text, start + 1)
    elif text[start : start + 1] != "{":
        yield Defect("line 1", "is not JSON")
    else:
        yield from _from_object(text, start, whole)


def first(document: Document, whole: Callable[[Mapping[str, Any]], bool] = _never) -> dict[str, Any] | None:
    """Return the first record of a JSON document that can be read, None where there is none near its beginning.

    `whole` is that of `records`.
    """
    text = document.text
    start = _after_blank(text, 0)
    if text[start : start + 1] not in {"[", "{"}:
        return None
    envelope = _ENVELOPE.match(text, start) if len(text) > _LOOK else None
    found = _enveloped(text, envelope) if envelope else records(document, whole)
    return next((record.value for record in islice(found, _FIRST_FEW) if isinstance(record, JsonRecord)), None)


def envelope(document: Document) -> tuple[JsonRecord, tuple[str, ...]] | None:
    """Return the object that a document is, with the path of the array that holds its records; None where it is no envelope."""
    found = _first_object(document)
    path = None if found is None else array_path(found.value)
    return None if found is None or path is None else (found, path)


def whole_object(document: Document) -> JsonRecord | None:
    """Return the one object that a document is, None where it is anything else, is broken, or is very long."""
    found = _first_object(document)
    return found if found and _after_blank(document.text, found.end) == len(document.text) else None


def _first_object(document: Document) -> JsonRecord | None:
    text = document.text
    start = _after_blank(text, 0)
    return _object(text, start) if text[start : start + 1] == "{" else None


def _object(text: str, start: int) -> JsonRecord | None:
    """The object that a document begins with, None where it is broken, or very long."""
    if len(text) > MAX_CHARACTERS:
        return None
    try:
        value, end = (_decoded if len(text) < _LOOK else _decode)(text, start)
    except (ValueError, RecursionError):
        return None
    return JsonRecord(1, "", value, start, end, text)


def _from_object(text: str, start: int, whole: Callable[[Mapping[str, Any]], bool]) -> Iterator[JsonRecord | Defect]:
    """The records of a document that begins with an object."""
    found = _object(text, start)
    if found is None and (envelope := _ENVELOPE.match(text, start)):
        yield from _enveloped(text, envelope)
    elif found is None or _after_blank(text, found.end) < len(text):
        yield from _Run(text, "line").elements(start)
    else:
        yield from _in_object(found, whole)


def _in_object(found: JsonRecord, whole: Callable[[Mapping[str, Any]], bool]) -> Iterator[JsonRecord | Defect]:
    """The records of the object that a document is: itself, those of its array, or its members where they tell their keys."""
    path = array_path(found.value) or _told_apart(found.value, whole)
    levels = [path[:at] for at in range(len(path))] if path else [()]
    above = next((level for level in levels if whole(found.get(*level))), None)
    if above is not None:
        yield found.inner(1, *above) if above else found
    elif path is not None:
        yield from elements(found.text, found.span(*path)[0] + 1, pointer_of(path))
    elif found.value and all(isinstance(one, dict) and key in one.values() for key, one in found.value.items()):
        yield from (found.inner(number, key) for number, key in enumerate(found.value, 1))
    else:
        yield found


def _told_apart(value: Mapping[str, Any], whole: Callable[[Mapping[str, Any]], bool]) -> tuple[str, ...] | None:
    """The path of the one array among several of an object whose first element is a record; None where none is, or more are."""
    first = {key: member[0] for key, member in value.items() if isinstance(member, list) and member}
    fitting = [key for key, one in first.items() if isinstance(one, dict) and whole(one)]
    return (fitting[0],) if len(fitting) == 1 else None


def _enveloped(text: str, envelope: re.Match[str]) -> Iterator[JsonRecord | Defect]:
    """The records of an array that stands in an object which is too large, or too broken, to be read whole."""
    at = text.index("[", envelope.end())
    yield from elements(text, at + 1, pointer_of((json.loads(envelope[1]),)))


def array_path(value: Mapping[str, Any], above: tuple[str, ...] = ()) -> tuple[str, ...] | None:
    """Return the path of the one array of objects in an envelope, or in envelopes in it, behind the steps `above`; None where the object is a record itself."""
    arrays = [key for key, member in value.items() if isinstance(member, list) and member]
    if len(arrays) == 1 and any(isinstance(element, dict) for element in value[arrays[0]]):
        return (*above, arrays[0])
    inner = [key for key, member in value.items() if isinstance(member, dict) and (key in _WRAPPERS or len(value) == 1)]
    if arrays or len(inner) != 1 or len(above) > _MOST_WRAPPERS:
        return None
    return array_path(value[inner[0]], (*above, inner[0]))


_WRAPPERS = frozenset({"data", "result", "results", "response", "payload", "body", "content", "hits"})
"""Members that hold what was asked for, beside others that tell of the asking."""
_MOST_WRAPPERS = 3


def elements(text: str, start: int, pointer: str = "") -> Iterator[JsonRecord | Defect]:
    """Yield the objects of an array behind its opening bracket, and a defect for every other element; `pointer` leads to the array."""
    return _Run(text, pointer, closing="]").elements(start)


class _Run:
    """Records one after the other: the elements of an array, or objects in a row."""

    def __init__(self, text: str, pointer: str, closing: str = "") -> None:
        self._text, self._pointer, self._closing = text, pointer, closing
        self._line, self._counted, self._told = 1, 0, 0
        # Characters of broken records that may be searched in vain for their ends, all together.
        self._patience = 2 * len(text) + _LONGEST_BROKEN

    def elements(self, at: int) -> Iterator[JsonRecord | Defect]:
        """Yield the records from a place on."""
        text, number, broken, place = self._text, 0, 0, ""
        while (at := _after_blank(text, at)) < len(text) and text[at] != self._closing:
            number += 1
            place = self._place(number, at)
            try:
                value, end = _decode(text, at)
                if isinstance(value, dict):
                    yield JsonRecord(number, place, value, at, end, text)
                else:
                    yield Defect(place, "is not an object")
            except (ValueError, RecursionError) as error:
                broken += 1
                if broken > MAX_BROKEN:
                    yield Defect(place, f"the rest is not read: more than {MAX_BROKEN:,} records before it are broken")
                    return
                yield Defect(place or "record 1", _reason(error) if self._closing else _reason_in_line(error, text, at))
                end = self._behind(at)
            at = self._separated(end)
        if self._closing and (at >= len(text) or (not self._pointer and _after_blank(text, at + 1) < len(text))):
            yield Defect(place, "the array never ends" if at >= len(text) else "the document goes on behind its array")

    def _place(self, number: int, at: int) -> str:
        """The pointer of the record that begins here; of the second one on a line, with the column."""
        if self._closing:
            return f"{self._pointer}/{number - 1}"
        line = self._line + self._text.count("\n", self._counted, at)
        again = line == self._told
        self._line, self._counted, self._told = line, at, line
        return f"line {line}" + (f", character {at}" if again else "")

    def _separated(self, end: int) -> int:
        """Where the next element begins, behind the comma after one that ends here; what stands between is no JSON."""
        at = _after_blank(self._text, end)
        if not self._closing or at >= len(self._text) or self._text[at] in {self._closing, "{"}:
            return at
        return at + 1 if self._text[at] == "," else _end(_TO_COMMA, self._text, at)

    def _behind(self, at: int) -> int:
        """Where a broken value ends."""
        text = self._text
        if text[at] not in "[{":
            return max(at + 1, _end(_TO_COMMA if self._closing else _TO_LINE, text, at))
        following = None if self._closing else _NEXT_LINE.search(text, at)
        limit = following.start() if following else len(text)
        limit = min(limit, at + min(_LONGEST_BROKEN, self._patience))
        if (end := extent(text, at, limit)) is not None:
            return end
        self._patience -= limit - at
        key = _FIRST_KEY.match(text, at) if self._closing else None
        if key:
            following = re.compile(rf"(?<=[,}}\]])\s*+(?=\{{\s*+{re.escape(key[1])}\s*+:)").search(text, key.end())
        return following.end() if following else len(text)


@lru_cache(maxsize=1)
def _decoded(text: str, at: int) -> tuple[Any, int]:
    """What `_decode` gives; every extractor asks it of a document to see whether that is its own."""
    return _decode(text, at)


def _decode(text: str, at: int) -> tuple[Any, int]:
    """The value that begins at a place, and where it ends; ValueError where it is broken or beyond a limit."""
    if len(text) > MAX_CHARACTERS and text[at] in "[{" and not _ends(text, at):
        raise ValueError(f"is broken, or longer than {MAX_CHARACTERS:,} characters")
    value, end = _DECODER.raw_decode(text, at)
    if text.count(",", at, end) > MAX_VALUES:
        raise ValueError(f"holds more than {MAX_VALUES:,} values")
    if text.count("{", at, end) + text.count("[", at, end) > MAX_DEPTH and _depth(value) > MAX_DEPTH:
        raise RecursionError
    if _SURROGATE.search(text, at, end):
        _check_characters(value)
    return value, end


@lru_cache(maxsize=1)
def _ends(text: str, at: int) -> bool:
    """Whether a value ends within the characters of one record, which every extractor asks; RecursionError where it is nested too deeply."""
    return extent(text, at, at + MAX_CHARACTERS, MAX_DEPTH) is not None


def _check_characters(value: object) -> None:
    for path, scalar in leaves(value):
        for word in (*path, scalar):
            if isinstance(word, str) and (match := _LONE.search(word)):
                raise ValueError(
                    f"holds {'a NUL character' if match[0] == chr(0) else 'half a character (a lone surrogate)'}"
                )


def _depth(value: object) -> int:
    level, depth = [value], 0
    while level:
        depth += 1
        level = [
            member
            for outer in level
            for member in (outer.values() if isinstance(outer, dict) else outer if isinstance(outer, list) else ())
            if isinstance(member, dict | list)
        ]
    return depth


def _no_number(word: str) -> float:
    raise ValueError(f"holds {word}, which is not JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _no_number(digits[:20])


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return f"is nested deeper than {MAX_DEPTH} levels"
    if isinstance(error, json.JSONDecodeError):
        return f"is not JSON: {error.msg} (line {error.lineno}, column {error.colno})"
    if "digits" in str(error):
        return "holds a number with too many digits"
    return " ".join(str(error).split())


def _reason_in_line(error: Exception, text: str, at: int) -> str:
    """The reason for a record that its line names: without another line, where the decoder went on into the next record."""
    if not isinstance(error, json.JSONDecodeError):
        return _reason(error)
    following = _NEXT_LINE.search(text, at, error.pos + 1)
    if following or error.pos >= len(text):
        return "is not JSON: it is cut off"
    if "\n" in text[at : error.pos]:
        return _reason(error)
    return f"is not JSON: {error.msg} (column {error.colno})"


def _after_blank(text: str, at: int) -> int:
    return _end(_BLANK, text, at)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where the match of a pattern ends that begins at a place; there itself where it does not match."""
    match = pattern.match(text, at)
    return match.end() if match else at


_DECODER = json.JSONDecoder(parse_constant=_no_number, parse_float=_finite)
