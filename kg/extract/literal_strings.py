"""Quoted strings of Python and JSON as they stand in a text: where they end, and what they say.

Several strings in a row form one value. A closing quote may be missing, a line may break inside a string; where such a
string ends is then decided from what follows, without looking at any character more than a fixed number of times.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.extract.node import Fault, Kind, Limits, Node, Problem, Stop
from kg.extract.passage import PassageBuilder
from kg.patterns import regex

SPACE = r"[\s\ufeff\u200b\u2060]*+"
"""Pattern of white space between tokens, with the invisible characters that come along when text is pasted."""
OPENING = r"(?P<prefix>[rRuUbBfFtT]{0,2})(?P<quote>'''|\"\"\"|['\"\u201c\u2018])"
"""Pattern of an opening quote; typographic quotes delimit too, but are ordinary characters inside plain ones."""
STRUCTURAL = r"\[\]{}()'\"\u201c\u2018"
"""Brackets and opening quotes, for use in a set of characters."""

TEXT_ENDS = "the text ends before the value does"
"""What is said of a value that is cut off."""

_NEXT = regex(rf"{SPACE}(?:{OPENING}|(?P<colon>:)|(?P<end>\Z))")
_AFTER = regex(rf"{SPACE}(?:[,:{STRUCTURAL}]|\Z)")
_LINES = regex(rf"(?:(?:\r\n?|\n)[ \t]*+[^\s{STRUCTURAL}][^\r\n]*+)*+")
_REFUSED = regex("[\0\ud800-\udfff]")
# Someone forgot to escape an apostrophe; no literal has a letter, a quote and such a word in a row.
_APOSTROPHE = r"(?<=[a-z])'(?=(?:s|t|re|ll|ve|d|m)[ .,;])"
_FORGOTTEN = regex(_APOSTROPHE)


def _body(stop: str, more: str = "") -> re.Pattern[str]:
    """Pattern of what stands between quotes: no `stop` characters but escaped ones and `more`."""
    return re.compile(rf"[^{stop}\\]*+(?:(?:\\(?:\r\n|.|\Z){more})[^{stop}\\]*+)*+", re.DOTALL)


_CLOSERS = {"\u201c": "\u201d", "\u2018": "\u2019"}
_MORE = {"'": "|" + _APOSTROPHE, "\u2018": r"|\u2019(?=\w)"}
_TRIPLE = {"'''": _body("'", "|'(?!'')"), '"""': _body('"', '|"(?!"")')}
_IN_LINE = _TRIPLE | {q: _body(_CLOSERS.get(q, q) + r"\r\n", _MORE.get(q, "")) for q in "'\"\u201c\u2018"}
_IN_TEXT = _TRIPLE | {q: _body(_CLOSERS.get(q, q), _MORE.get(q, "")) for q in "'\"\u201c\u2018"}


class Piece(NamedTuple):
    """One quoted string: the text [start, end) between its quotes, and where its closing quote ends."""

    start: int
    end: int
    after: int
    prefix: str
    quote: str
    closed: bool


class Strings:
    """Reader of the strings of one text up to `limit`; faults are added to `problems`.

    Attributes:
        unclosed: whether a string was met that nobody closed.
    """

    def __init__(self, text: str, limit: int, limits: Limits, problems: list[Problem]) -> None:
        self._text, self._limit, self._limits, self._problems = text, limit, limits, problems
        self._ahead: dict[str, int] = {}
        self.unclosed = False

    def row(self, token: re.Match[str]) -> tuple[list[Piece], str]:
        """Return the strings that stand in a row, and what follows them: "colon", "end" of the text, or "".

        Args:
            token: a match of `OPENING`, of the first string.

        Raises:
            Stop: there are too many of them, or too many problems.
        """
        pieces = [self._piece(token)]
        while following := _NEXT.match(self._text, pieces[-1].after, self._limit):
            if following.lastgroup != "quote":
                return pieces, following.lastgroup or ""
            if len(pieces) >= self._limits.max_pieces:
                reason = f"more than {self._limits.max_pieces:,} strings in a row"
                raise Stop(Problem(Fault.TOO_LARGE, following.start(), reason))
            pieces.append(self._piece(following))
        return pieces, ""

    def joined(self, pieces: list[Piece], *, whole: bool) -> Node | None:
        """Return the node of the value that strings in a row form; None if it is refused.

        Args:
            pieces: the strings.
            whole: False if more of them may have followed where the text was cut.

        Raises:
            Stop: the value is over the limit.
        """
        builder = PassageBuilder()
        for piece in pieces:
            whole = whole and piece.closed
            if piece.prefix not in ("", "r", "u"):
                self._fault(Fault.FORBIDDEN, piece.start, f"the prefix {piece.prefix!r} makes this no plain string")
                return None
            self._decode(piece, builder)
            if builder.length > self._limits.max_string:
                message = f"a string of more than {self._limits.max_string:,} characters"
                raise Stop(Problem(Fault.TOO_LARGE, piece.start, message))
        passage = builder.passage(pieces[0].start)
        if refused := _REFUSED.search(passage.text):
            at, _ = passage.span(refused.start(), refused.end())
            self._fault(Fault.FORBIDDEN, at, "a NUL or half a surrogate pair inside a string")
            return None
        return Node(Kind.STR, passage.text, pieces[0].start, pieces[-1].end, passage, whole)

    def _piece(self, token: re.Match[str]) -> Piece:
        """Read one string up to its closing quote, or to where it must have ended."""
        quote, start = token["quote"], token.end()
        closer = _CLOSERS.get(quote, quote)
        end = _end(_IN_LINE[quote], self._text, start, self._limit)
        closed = self._text.startswith(closer, end, self._limit)
        if not closed and end < self._limit:
            end, closed = self._past_newline(quote, end)
        prefix = token["prefix"].lower()
        if closed:
            return Piece(start, end, end + len(closer), prefix, quote, closed)
        self.unclosed = True
        if end < self._limit:
            end = start + len(_without_closers(self._text[start:end]))
            self._fault(Fault.UNTERMINATED, end, "the string is not closed")
        else:
            self._fault(Fault.TRUNCATED, end, TEXT_ENDS)
        return Piece(start, end, end, prefix, quote, closed)

    def _past_newline(self, quote: str, newline: int) -> tuple[int, bool]:
        """End of a string with a line break in it, and whether a quote closes it there.

        The next quote closes it if a mark or a string follows. Else nobody closed it, and it ends before the next line
        that begins with a quote or a bracket, or is empty.
        """
        if self._ahead.get(quote, -1) < newline:  # looked up once for all strings before that quote
            self._ahead[quote] = _end(_IN_TEXT[quote], self._text, newline, self._limit)
        end = self._ahead[quote]
        if end < self._limit and _AFTER.match(self._text, end + 1, self._limit):
            self._fault(Fault.RAW_NEWLINE, newline, "a line break inside a string")
            return end, True
        return _end(_LINES, self._text, newline, self._limit), False

    def _decode(self, piece: Piece, builder: PassageBuilder) -> None:
        """Append the text of a string, its escapes decoded."""
        start, end = piece.start, piece.end
        raw = self._text[start:end]
        if piece.quote == "'" and "'" in raw and (forgotten := _FORGOTTEN.search(raw)):
            self._fault(Fault.BAD_TOKEN, start + forgotten.start(), "an apostrophe inside a string is not escaped")
        if "\\" not in raw or piece.prefix == "r":
            builder.add(raw, start, end)
            return
        malformed = builder.add_escaped(raw, start, cut=not piece.closed)
        if malformed is not None:
            self._fault(Fault.BAD_TOKEN, malformed, "an escape that stands for no character")

    def _fault(self, kind: Fault, offset: int, message: str) -> None:
        """Report a problem, until there are too many."""
        if len(self._problems) > self._limits.max_nodes:
            raise Stop(Problem(Fault.TOO_LARGE, offset, f"more than {self._limits.max_nodes:,} problems"))
        self._problems.append(Problem(kind, offset, message))


def _without_closers(line: str) -> str:
    """The line of an unclosed string without the brackets and the comma at its end, which stood behind the quote."""
    core = line.rstrip()
    core = core.removesuffix(",").rstrip(" )]}")
    return core if len(core) < len(line.rstrip()) else line


def _end(pattern: re.Pattern[str], text: str, start: int, limit: int) -> int:
    """Where a pattern that may match nothing ends."""
    match = pattern.match(text, start, limit)
    return match.end() if match else start
