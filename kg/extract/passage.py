"""Decoded text that knows where each of its characters stands in the document it came from.

A post is read through several layers: HTML entities, escapes of a quoted string, strings that are put together over
several lines. A claim must still quote the place in the document, so every layer keeps the way back.

A passage is a row of *runs*. A run that is as long as its source is mapped character for character; any other run is
atomic: an escape or an entity is quoted whole or not at all.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Self
from urllib.parse import unquote

from kg.extract.entities import unescape
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Edit = tuple[int, int, str]

# A name without ';' counts only where it cannot be a parameter of a URL ("?a=1&copy=2"), as in HTML attributes.
_ENTITY = regex(
    r"&(?:#[0-9]{1,32}+(?:;|(?![0-9]))|#[xX][0-9a-fA-F]{1,32}+(?:;|(?![0-9a-fA-F]))"
    r"|[A-Za-z][A-Za-z0-9]{1,31}+(?:;|(?![A-Za-z0-9=])))"
)

_QUOTED = regex(r"(?:%[0-9A-Fa-f]{2})+")
_UNCOMPOSED = regex("[^\\W\\d_][\u0300-\u036f]+|[\u00ad\u200b-\u200d\u2060\ufeff]+")

_HEX = "[0-9a-fA-F]"
_ESCAPE = regex(
    rf"\\(u[dD][89abAB]{_HEX}{{2}}\\u[dD][c-fC-F]{_HEX}{{2}}"  # JSON writes one character as two surrogates
    rf"|x{_HEX}{{2}}|u{_HEX}{{4}}|U{_HEX}{{8}}|[0-7]{{1,3}}|N\{{[^{{}}]{{1,88}}\}}|\r\n|.|\Z)",
    re.DOTALL,
)
_CUT_ESCAPE = regex(
    rf"\\(?:u[dD][89abAB]{_HEX}{{2}}(?:\\(?:u{_HEX}{{0,3}})?)?"
    rf"|x{_HEX}?|u{_HEX}{{0,3}}|U{_HEX}{{0,7}}|N(?:\{{[^{{}}]{{0,88}})?|[0-7]{{1,2}})?\Z"
)
_LONGEST_ESCAPE = 92
_OCTAL = frozenset("01234567")
_SIMPLE = dict(zip("\\'\"abfnrtv/", "\\'\"\a\b\f\n\r\t\v/", strict=True)) | dict.fromkeys(("\n", "\r", "\r\n"), "")


@dataclass(frozen=True, slots=True)
class Passage:
    """Decoded text with the place of each character in the document.

    Made by `Passage.of`, by the methods below, or piece by piece by a `PassageBuilder`.

    Attributes:
        text: the decoded text.
    """

    text: str
    # Run i covers text[_at[i]:_at[i + 1]] and came from the document's characters [_begin[i], _end[i]).
    # There is always one run at least, so that an empty passage has a place too.
    _at: tuple[int, ...] = field(repr=False)
    _begin: tuple[int, ...] = field(repr=False)
    _end: tuple[int, ...] = field(repr=False)

    @classmethod
    def of(cls, text: str, start: int = 0) -> Self:
        """Return a passage of text that stands in the document as it is, from character `start` on."""
        return cls(text, (0,), (start,), (start + len(text),))

    @classmethod
    def join(cls, parts: Iterable[Passage]) -> Passage:
        """Return the parts one after the other; they need not be neighbours in the document.

        Raises:
            ValueError: no part was given, or one stands before its predecessor in the document.
        """
        builder, anchor = PassageBuilder(), None
        for part in parts:
            anchor = part.span(0, 0)[0] if anchor is None else anchor
            builder.copy(part, 0, len(part))
        if anchor is None:
            raise ValueError("nothing to join")
        return builder.passage(anchor)

    def __len__(self) -> int:
        return len(self.text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the document that characters [start, end) came from; an atomic run counts whole.

        An empty range gives an empty span: before the character at `start`, or after the last one.

        Raises:
            IndexError: the range does not lie in the passage.
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"[{start}, {end}) is not in a passage of {len(self.text)} characters")
        if start == len(self.text):
            return self._end[-1], self._end[-1]
        first = self._run(start)
        begin = self._begin[first] + (start - self._at[first] if self._is_plain(first) else 0)
        if start == end:
            return begin, begin
        last = self._run(end - 1)
        return begin, (self._begin[last] + end - self._at[last] if self._is_plain(last) else self._end[last])

    def slice(self, start: int, end: int) -> Passage:
        """Return characters [start, end) as a passage, with the errors of `span`."""
        anchor = self.span(start, end)[0]
        builder = PassageBuilder()
        builder.copy(self, start, end)
        return builder.passage(anchor)

    def strip(self) -> Passage:
        """Return the passage without the white space around it."""
        start = len(self.text) - len(self.text.lstrip())
        return self.slice(start, max(start, len(self.text.rstrip())))

    def replaced(self, edits: Iterable[Edit]) -> Passage:
        """Return the passage in which texts stand for ranges of this one.

        Args:
            edits: (start, end, text), in ascending order, none overlapping another.
        """
        builder, done, edited = PassageBuilder(), 0, False
        for start, end, text in edits:
            if start > done:
                builder.copy(self, done, start)
            builder.add(text, *self.span(start, end))
            done, edited = end, True
        if not edited:
            return self
        builder.copy(self, done, len(self))
        return builder.passage(self.span(0, 0)[0])

    def runs(self, start: int, end: int) -> Iterator[tuple[str, int, int]]:
        """Yield the runs of characters [start, end), each as its text and its span in the document."""
        run = self._run(start)
        while start < end:
            stop = min(end, self._stop(run))
            begin, finish = self._begin[run], self._end[run]
            if self._is_plain(run):
                begin += start - self._at[run]
                finish = begin + stop - start
            yield self.text[start:stop], begin, finish
            start, run = stop, run + 1

    def _run(self, index: int) -> int:
        """Number of the run that holds a character."""
        return bisect_right(self._at, index) - 1

    def _stop(self, run: int) -> int:
        """End of a run in the decoded text."""
        return self._at[run + 1] if run + 1 < len(self._at) else len(self.text)

    def _is_plain(self, run: int) -> bool:
        """Whether a run is mapped character for character."""
        return self._end[run] - self._begin[run] == self._stop(run) - self._at[run]


class PassageBuilder:
    """Passage in the making; much faster than joining many passages.

    Attributes:
        length: characters so far.
    """

    __slots__ = ("_at", "_begin", "_end", "_plain", "_texts", "length")

    def __init__(self) -> None:
        self.length = 0
        self._texts: list[str] = []
        self._at: list[int] = []
        self._begin: list[int] = []
        self._end: list[int] = []
        self._plain = False  # whether the last run is mapped character for character

    def add(self, text: str, begin: int, end: int) -> None:
        """Append decoded text that came from [begin, end) of the document.

        Raises:
            ValueError: the place lies before that of the text already there.
        """
        size = len(text)
        if not size:
            return
        plain = end - begin == size
        self._texts.append(text)
        if plain and self._plain and begin == self._end[-1]:
            self._end[-1] = end
        elif self._at and begin < self._begin[-1]:
            raise ValueError("the parts of a passage must be in the order of the document")
        else:
            self._at.append(self.length)
            self._begin.append(begin)
            self._end.append(end)
        self._plain = plain
        self.length += size

    def copy(self, passage: Passage, start: int, end: int) -> None:
        """Append characters [start, end) of a passage; the errors are those of `add`."""
        for text, begin, finish in passage.runs(start, end):
            self.add(text, begin, finish)

    def add_escaped(self, text: str, begin: int, *, cut: bool = False) -> int | None:
        r"""Append the text of a quoted string, from `begin` on, with the escapes of Python and JSON decoded.

        Two surrogate escapes become one character, as in JSON; a single one becomes a lone surrogate, which the caller
        must refuse. An escape that is none ("\d") stays as it is, as in Python.

        Args:
            text: what stands between the quotes.
            begin: where that begins in the document.
            cut: whether it may break off inside an escape, which is then left out.

        Returns:
            The place of the first malformed escape ("\x4"), which stays as it is; None if there is none.
        """
        malformed, done, size = None, 0, len(text)
        for match in _ESCAPE.finditer(text):
            start, end = match.span()
            escape = match[1]
            if cut and size - start <= _LONGEST_ESCAPE and _CUT_ESCAPE.match(text, start):
                size = start
                break
            decoded = _SIMPLE[escape] if escape in _SIMPLE else _character(escape)
            if decoded is not None:
                self.add(text[done:start], begin + done, begin + start)
                self.add(decoded, begin + start, begin + end)
                done = end
            elif malformed is None and escape.startswith(("x", "u", "U", "N")):
                malformed = begin + start
        self.add(text[done:size], begin + done, begin + size)
        return malformed

    def passage(self, anchor: int) -> Passage:
        """Return what was built; an empty passage stands at `anchor`."""
        if not self._at:
            return Passage.of("", anchor)
        return Passage("".join(self._texts), tuple(self._at), tuple(self._begin), tuple(self._end))


def unescape_html(passage: Passage) -> Passage:
    """Return the passage with one level of HTML entities decoded; the same object when there is nothing to decode.

    Named, decimal and hexadecimal entities of HTML 5 are known; any other "&" stays.
    """
    if "&" not in passage.text:
        return passage
    if not (found := list(_ENTITY.finditer(passage.text))):
        return passage
    from html.entities import html5  # noqa: PLC0415 - few texts have any

    known = (match for match in found if match[0][1] == "#" or match[0][1:] in html5)
    return passage.replaced((match.start(), match.end(), _entity(match[0])) for match in known)


def unquoted(passage: Passage) -> Passage:
    """Return the passage with the escapes of addresses decoded ("Alder%20%26%20Sons"); the same object where it has no blank escaped so."""
    if "%20" not in passage.text:
        return passage
    found = _QUOTED.finditer(passage.text)
    return passage.replaced((match.start(), match.end(), unquote(match[0], errors="replace")) for match in found)


@lru_cache(maxsize=1024)
def _entity(text: str) -> str:
    """Text an entity stands for; a post repeats the same few thousands of times."""
    return unescape(text)


def composed(passage: Passage) -> Passage:
    """Return the passage with letters and their accents as one character each, and without what only says where a word may be broken.

    Else such a word would be two; the same object when there is nothing to change.
    """
    if passage.text.isascii():
        return passage
    found = ((match.start(), match.end(), _composed(match[0])) for match in _UNCOMPOSED.finditer(passage.text))
    return passage.replaced(found)


def _composed(text: str) -> str:
    """A letter with its accents as one character; nothing for what is not seen."""
    return unicodedata.normalize("NFC", text) if text[0].isalpha() else ""


def _character(escape: str) -> str | None:
    """Character an escape stands for, given without its backslash; None if it means nothing."""
    kind, digits = escape[:1], escape[1:]
    if not digits and kind not in _OCTAL:
        return None
    try:
        if "\\" in digits:  # UTF-16: ten bits of the code point in each surrogate
            return chr(0x10000 + ((int(digits[:4], 16) & 0x3FF) << 10) + (int(digits[6:], 16) & 0x3FF))
        if kind == "N":
            return unicodedata.lookup(digits[1:-1])
        if kind in ("x", "u", "U"):
            return chr(int(digits, 16))
        return chr(int(escape, 8)) if kind in _OCTAL else None
    except (KeyError, ValueError, OverflowError):
        return None
