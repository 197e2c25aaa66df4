"""The records of a JSON document: one object, an array, an object around one array, JSON Lines, objects in a row.

A record that is broken is a defect, and reading goes on behind it: at its closing bracket, or where its brackets are
not even, at the next line (JSON Lines) or the next object that begins with the same key.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from kg.extract.json_spans import extent, places
from kg.extract.passage import Passage, PassageBuilder
from kg.model import Defect, Evidence, Note

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from kg.extract.json_spans import Path, Place
    from kg.model import Document

MAX_DEPTH = 64
"""Values inside one another in one record."""
MAX_VALUES = 500_000
"""Values of one record, about."""
MAX_BROKEN = 10_000
"""Records of one document that may be broken before the rest of it is refused."""
MAX_CHARACTERS = 32 * 1024 * 1024
"""Characters of one record, and of an object that is read whole to see whether it is an envelope around records."""

_BLANK = re.compile(r"[ \t\n\r]*+")
_STRING = r'"(?:[^"\\]++|\\.)*+"'
_ENVELOPE = re.compile(
    rf'\{{\s*+(?:{_STRING}\s*+:\s*+(?:{_STRING}|[^\s"\[\]{{}},:]++)\s*+,\s*+)*+({_STRING})\s*+:\s*+(?=\[\s*+\{{)'
)
_FIRST_KEY = re.compile(r'\{\s*+("[^"\\\n]*")')
_SURROGATE = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")
_LONE = re.compile("[\ud800-\udfff\0]")
_NEXT_LINE = re.compile(r"\n(?=\{)")
_TO_LINE = re.compile(r"[^\n]*+")
_TO_COMMA = re.compile(rf"{_STRING}|[^,\]]*+", re.DOTALL)
_LONGEST_BROKEN = 64 * 1024
"""In this many characters the end of a broken record is looked for by its brackets."""
_FIRST_FEW = 20
_LOOK = 1_000_000
"""Of a longer envelope only the first record is read to see what it is."""


class Keys(dict[str, str]):
    """Printed key -> key; nearly every one is met again and again."""

    def __missing__(self, printed: str) -> str:
        self[printed] = key = str(json.loads(printed)) if "\\" in printed else printed[1:-1]
        return key


@dataclass(slots=True)
class JsonRecord:
    """One record: an object of a JSON document, with the way back to its text.

    Attributes:
        number: its place among the records of the document, from 1; broken ones are counted.
        pointer: where it is: "/3" or "/incidents/3" (RFC 6901), "line 4" for JSON Lines, "" for a document of its own.
        value: the object; of a repeated key, the last value.
        start: its first character.
        end: the character after its last.
        text: the document's text.
    """

    number: int
    pointer: str
    value: dict[str, Any]
    start: int
    end: int
    text: str = field(repr=False)
    _keys: Keys = field(default_factory=Keys, repr=False)
    _places: tuple[Place, tuple[tuple[Path, Place], ...]] | None = field(default=None, repr=False)

    @property
    def place(self) -> str:
        """Return where the record is, for people: the pointer, or its number where that is empty."""
        return self.pointer or f"record {self.number}"

    @property
    def raw(self) -> str:
        """Return the record as it stands in the text."""
        return self.text[self.start : self.end]

    def get(self, *path: str | int) -> Any:
        """Return the member at a path, None where there is none."""
        value: Any = self.value
        for step in path:
            if isinstance(value, dict):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
                value = value[step]
            else:
                return None
        return value

    def place_of(self, *path: str | int) -> str:
        """Return where a member is: the record's pointer and the member's."""
        return f"{self.pointer}{_pointer(path)}" or self.place

    def evidence(self, *path: str | int, start: int = 0, end: int | None = None, **changes: Any) -> Evidence:
        """Return the evidence for a member: its raw text, span and place ("/3/victim/secondary").

        Of a string the quote has no quotation marks; `start` and `end` choose characters of the decoded string.
        `changes` set the evidence's other fields.

        Raises:
            KeyError: the record has no such member.
        """
        first, last = self._at(path)
        if start or end is not None:
            passage = self.passage(*path)
            first, last = passage.span(start, len(passage) if end is None else end)
        return Evidence(self.text[first:last], (first, last), self.place_of(*path), **changes)

    def notes(self, used: Collection[Path] = (), *, joined: bool = False) -> Iterator[Note]:
        """Yield a note for every scalar that is neither in `used` nor below a path in it, and for repeated keys.

        Null and empty values say nothing and give none. `joined`: a list of nothing but scalars is one note, with
        commas between.
        """
        top, repeated = self._index()
        for path, value, (start, end, _) in _told(self.value, top, (), used, joined=joined):
            proof = Evidence(self.text[start:end], (start, end), self.place_of(*path))
            yield Note(dotted(path), printed(value), (proof,))
        for path, place in repeated:
            quote = self.text[place[0] : place[1]]
            proof = Evidence(quote, place[:2], self.place_of(*path))
            yield Note(f"{dotted(path)} (repeated)", quote, (proof,))

    def _index(self) -> tuple[Place, tuple[tuple[Path, Place], ...]]:
        if self._places is None:
            self._places = places(self.text, self.start, self.end, self._keys)
        return self._places

    def _at(self, path: Path) -> tuple[int, int]:
        place: Any = self._index()[0]
        for step in path:
            place = place[2][step]
        return place[0], place[1]

    def passage(self, *path: str | int) -> Passage:
        """Return a string as decoded text that knows where its characters stand in the document."""
        first, last = self._at(path)
        if "\\" not in self.text[first:last]:
            return Passage.of(self.text[first:last], first)
        builder = PassageBuilder()
        builder.add_escaped(self.text[first:last], first)
        return builder.passage(first)


def leaves(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Yield the path (that of the value before it) and value of every scalar below a value, in its order."""
    todo: list[tuple[Path, object]] = [(path, value)]
    while todo:
        path, value = todo.pop()
        if isinstance(value, dict):
            todo.extend(((*path, key), member) for key, member in reversed(value.items()))
        elif isinstance(value, list):
            todo.extend(((*path, at), value[at]) for at in reversed(range(len(value))))
        else:
            yield path, value


def _told(
    value: Any, place: Any, path: Path, used: Collection[Path], *, joined: bool
) -> Iterator[tuple[Path, Any, Any]]:
    """The scalars that say something and are not used, each with its path and place, in their order."""
    kind = type(value)
    if path in used:
        return
    if kind is dict:
        members = place[2]
        for key, member in value.items():
            if type(member) in _CONTAINERS:
                yield from _told(member, members[key], (*path, key), used, joined=joined)
            elif _says(member) and (inner := (*path, key)) not in used:
                yield inner, member, members[key]
    elif kind is list and joined and not any(type(member) in _CONTAINERS for member in value):
        if said := [member for at, member in enumerate(value) if _says(member) and (*path, at) not in used]:
            yield path, said, place
    elif kind is list:
        for at, member in enumerate(value):
            yield from _told(member, place[2][at], (*path, at), used, joined=joined)
    elif _says(value):
        yield path, value, place


_CONTAINERS = frozenset({dict, list})


def _says(scalar: Any) -> bool:
    """Whether a scalar says anything: null and the empty string do not."""
    return scalar is not None and (type(scalar) is not str or bool(scalar.strip()))


def printed(value: object) -> str:
    """Return a scalar, or a list of them, as text for a note."""
    if isinstance(value, str):
        return value
    return ", ".join(map(printed, value)) if isinstance(value, list) else json.dumps(value)


@lru_cache(maxsize=16384)
def _pointer(path: Path) -> str:
    return "".join(["/" + str(step).replace("~", "~0").replace("/", "~1") for step in path])


@lru_cache(maxsize=16384)
def dotted(path: Path) -> str:
    """Return a path as notes have it: "victim.locations_affected[0]"."""
    return "".join([f"[{step}]" if isinstance(step, int) else f".{step}" for step in path]).removeprefix(".")


def _never(_: Mapping[str, Any]) -> bool:
    return False


def records(document: Document, whole: Callable[[Mapping[str, Any]], bool] = _never) -> Iterator[JsonRecord | Defect]:
    """Yield every record of a JSON document, and a defect for every one that cannot be read.

    Args:
        document: any document; one that is no JSON at all is one defect.
        whole: whether an object is itself a record, though it holds an array of objects. Else an object with one array that is
            not empty, and objects in it, is an envelope around that array.
    """
    text = document.text
    start = _after_blank(text, 0)
    if text[start : start + 1] == "[":
        yield from _Run(text, "", closing="]").elements(start + 1)
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


def _from_object(text: str, start: int, whole: Callable[[Mapping[str, Any]], bool]) -> Iterator[JsonRecord | Defect]:
    """The records of a document that begins with an object."""
    envelope = _ENVELOPE.match(text, start)
    value, end = None, start
    if len(text) <= MAX_CHARACTERS:
        try:
            value, end = _decode(text, start)
        except (ValueError, RecursionError):
            value = None
    if value is None and envelope:
        yield from _enveloped(text, envelope)
    elif value is None or _after_blank(text, end) < len(text):
        yield from _Run(text, "line").elements(start)
    elif (key := None if whole(value) else _array(value)) is None:
        yield JsonRecord(1, "", value, start, end, text)
    else:
        array = JsonRecord(1, "", value, start, end, text).evidence(key).span
        assert array is not None
        yield from _Run(text, _pointer((key,)), closing="]").elements(array[0] + 1)


def _enveloped(text: str, envelope: re.Match[str]) -> Iterator[JsonRecord | Defect]:
    """The records of an array that stands in an object which is too large, or too broken, to be read whole."""
    at = text.index("[", envelope.end())
    yield from _Run(text, _pointer((json.loads(envelope[1]),)), closing="]").elements(at + 1)


def _array(value: Mapping[str, Any]) -> str | None:
    """The key of the one array of objects of an envelope, None where the object is a record itself."""
    arrays = [key for key, member in value.items() if isinstance(member, list) and member]
    if len(arrays) != 1 or not any(isinstance(element, dict) for element in value[arrays[0]]):
        return None
    return arrays[0]


class _Run:
    """Records one after the other: the elements of an array, or objects in a row."""

    def __init__(self, text: str, pointer: str, closing: str = "") -> None:
        self._text, self._pointer, self._closing = text, pointer, closing
        self._line, self._counted, self._told = 1, 0, 0
        # Characters of broken records that may be searched in vain for their ends, all together.
        self._patience = 2 * len(text) + _LONGEST_BROKEN
        self._keys = Keys()

    def elements(self, at: int) -> Iterator[JsonRecord | Defect]:
        """Yield the records from a place on."""
        text, number, broken, place = self._text, 0, 0, ""
        while (at := _after_blank(text, at)) < len(text) and text[at] != self._closing:
            number += 1
            place = self._place(number, at)
            try:
                value, end = _decode(text, at)
                if isinstance(value, dict):
                    yield JsonRecord(number, place, value, at, end, text, self._keys)
                else:
                    yield Defect(place, "is not an object")
            except (ValueError, RecursionError) as error:
                broken += 1
                if broken > MAX_BROKEN:
                    yield Defect(place, f"the rest is not read: more than {MAX_BROKEN:,} records before it are broken")
                    return
                yield Defect(place or "record 1", _reason(error))
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


def _decode(text: str, at: int) -> tuple[Any, int]:
    """The value that begins at a place, and where it ends; ValueError where it is broken or beyond a limit."""
    if len(text) > MAX_CHARACTERS and text[at] in "[{" and extent(text, at, at + MAX_CHARACTERS) is None:
        raise ValueError(f"is broken, or longer than {MAX_CHARACTERS:,} characters")
    value, end = _DECODER.raw_decode(text, at)
    if text.count(",", at, end) > MAX_VALUES:
        raise ValueError(f"holds more than {MAX_VALUES:,} values")
    if text.count("{", at, end) + text.count("[", at, end) > MAX_DEPTH and _depth(value) > MAX_DEPTH:
        raise RecursionError
    if _SURROGATE.search(text, at, end):
        _check_characters(value)
    return value, end


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


def _after_blank(text: str, at: int) -> int:
    return _end(_BLANK, text, at)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where the match of a pattern ends that begins at a place; there itself where it does not match."""
    match = pattern.match(text, at)
    return match.end() if match else at


_DECODER = json.JSONDecoder(parse_constant=_no_number, parse_float=_finite)
