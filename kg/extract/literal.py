"""A tolerant reader of one Python literal or JSON value, with the place of everything it reads.

Posts end in a dict as `pprint` prints it: strings are put together over several lines, the text may be cut off
anywhere, a comma or a value may be missing. What can be read is kept, what cannot is reported, and nothing is made up:
a key whose value is lost is left out. No input makes the reader recurse, evaluate anything, or take more than linear
time: patterns are possessive where they repeat, and each character is looked at a fixed number of times.
"""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.extract.literal_nesting import COLON, COMMA, END_OF_REFUSED, OPENER, Nest
from kg.extract.literal_strings import OPENING, SPACE, STRUCTURAL, TEXT_ENDS, Piece, Strings
from kg.extract.node import Fault, Kind, Limits, Node, Problem, Reading, Stop
from kg.patterns import regex

if TYPE_CHECKING:
    import re

DEFAULT = Limits()

_DIGITS = (
    r"(?:0[xXoObB][0-9a-fA-F_]++"
    r"|(?:[0-9][0-9_]*+(?:\.[0-9_]*+)?|\.[0-9][0-9_]*+)(?:[eE][-+]?[0-9][0-9_]*+)?)"
)
_OPERATORS = "*/%@&|^<>=~+-"
_TOKEN = regex(
    rf"{SPACE}(?:(?P<mark>[,:\[\]{{}}()])|{OPENING}"
    rf"|(?P<number>[-+]?[ \t]*+{_DIGITS}(?:[ \t]*+[-+][ \t]*+{_DIGITS}[jJ])?[jJ]?)(?!\w)"
    rf"|(?P<word>\w++)|(?P<operator>[{_OPERATORS}]++|\.(?=[^\W\d]))"
    rf"|(?P<junk>[^\s\w,:{STRUCTURAL}\ufeff\u200b\u2060{_OPERATORS}]++))"
)
_CONSTANTS: dict[str, tuple[Kind, bool | None]] = {
    "True": (Kind.BOOL, True),
    "true": (Kind.BOOL, True),
    "False": (Kind.BOOL, False),
    "false": (Kind.BOOL, False),
    "None": (Kind.NONE, None),
    "null": (Kind.NONE, None),
}
_BASES = frozenset("xXoObB")

# Three words in a row at the start of a line: the value was cut off, and the next record's prose begins.
_RUN = rf"[^\s,{STRUCTURAL}]*+"
_PROSE = regex(rf"(?:[0-9]{_RUN}[ \t]++)?+[^\W\d_]{_RUN}[ \t]++\w{_RUN}[ \t]++\w")


def read_literal(text: str, start: int = 0, *, end: int | None = None, limits: Limits = DEFAULT) -> Reading:
    """Return the reading of the value that begins at `start`, after white space; it never fails.

    A string before a colon is a key, not a value: at the top too it is not read as one.

    Args:
        text: the text the value stands in.
        start: where the value begins.
        end: where the text is taken to end, so that a cut value does not run on into the next record.
        limits: where to stop.
    """
    return _Reader(text, start, len(text) if end is None else min(end, len(text)), limits).read()


class _Reader:
    """One reading; `pos` is the character after the last token."""

    def __init__(self, text: str, start: int, end: int, limits: Limits) -> None:
        self.text, self.pos, self.limits = text, start, limits
        self.limit = min(end, start + limits.max_chars)
        self.too_long = self.limit < end
        self.problems: list[Problem] = []
        self.nest = Nest(limits, self.problems)
        self.strings = Strings(text, self.limit, limits, self.problems)
        self.nodes = 0
        self.stopped = False

    def read(self) -> Reading:
        """Read until the value is closed, or nothing more can be read."""
        try:
            self._tokens()
        except Stop as stop:
            if stop.problem not in self.problems[-2:]:
                self.problems.append(stop.problem)
            self.stopped = True
            self.nest.cut_off(self.pos)
        root = self.nest.root
        complete = not self.stopped and not self.strings.unclosed and (root is None or root.complete)
        return Reading(root, self.pos, tuple(sorted(self.problems, key=lambda p: p.offset)), complete)

    def _tokens(self) -> None:
        """Read tokens until the value is closed; Stop if that does not happen."""
        take = {
            "mark": self._mark,
            "quote": self._string,
            "number": self._number,
            "word": self._word,
            "operator": self._operator,
            "junk": self._junk,
        }
        nest, limits = self.nest, self.limits
        for _ in range(limits.max_tokens):
            token = _TOKEN.match(self.text, self.pos, self.limit)
            if token is None:
                kind, reason = Fault.TRUNCATED, TEXT_ENDS
                if self.too_long:
                    kind, reason = Fault.TOO_LARGE, f"more than {limits.max_chars:,} characters"
                raise Stop(Problem(kind, self.limit, reason))
            name = token.lastgroup or ""
            take[name](token, token.start(name))
            if nest.done:
                return
            if self.nodes > limits.max_nodes or len(self.problems) > limits.max_nodes:
                break
        raise Stop(Problem(Fault.TOO_LARGE, self.pos, f"more than {limits.max_nodes:,} values, or as many problems"))

    def _mark(self, token: re.Match[str], at: int) -> None:
        """Read a bracket, comma or colon."""
        mark = token["mark"]
        if not self.nest.frames and mark not in "[{(":
            self.nest.fault(Fault.MISSING_VALUE, at, f"{mark!r} where a value should be")
            self.nest.done = True
            return
        self.pos = token.end()
        if mark == ",":
            self.nest.comma(at)
        elif mark == ":":
            self.nest.colon(at)
        elif mark in OPENER:
            self.nest.close(mark, at)
        else:
            self.nodes += 1
            self.nest.open(mark, at)

    def _number(self, token: re.Match[str], at: int) -> None:
        """Read a number; one that the text ends in is left out, for digits may be missing."""
        self._stop_at_prose(at)
        self.pos = token.end()
        if self.nest.frames and self.pos == self.limit:
            return
        if self.nest.frames and self.nest.waits() == COMMA and self.text[at] in "+-":
            self._operator(token, at)
            return
        number = "".join(token["number"].split())
        if len(number.lstrip("+-").replace("_", "")) > self.limits.max_digits:
            raise Stop(Problem(Fault.TOO_LARGE, at, f"a number of more than {self.limits.max_digits} digits"))
        try:
            kind, value = _number_value(number)
        except ValueError as error:
            self._refuse(at, str(error))
            return
        self.nodes += 1
        self.nest.deliver(Node(kind, value, at, self.pos), at)

    def _word(self, token: re.Match[str], at: int) -> None:
        """Read a constant, or refuse a name."""
        self._stop_at_prose(at)
        self.pos = token.end()
        ends = bool(self.nest.frames) and self.pos == self.limit
        constant = _CONSTANTS.get(token["word"])
        if constant is not None:
            self.nodes += 1
            self.nest.deliver(Node(*constant, at, self.pos, None, not ends), at)
        elif not ends:
            self._refuse(at, f"the name {token['word'][:40]!r} is not a value")

    def _stop_at_prose(self, at: int) -> None:
        """Stop where a line of prose begins inside a container."""
        lines = self.text.count("\n", self.pos, at) if self.nest.frames else 0
        if self.nest.waits() == END_OF_REFUSED:
            lines -= 1  # words of a string whose quotes are wrong go on here, if there is no empty line between
        if lines > 0 and _PROSE.match(self.text, at, self.limit):
            raise Stop(Problem(Fault.TRUNCATED, at, "the value ends before this line of prose"))

    def _operator(self, token: re.Match[str], at: int) -> None:
        """Refuse an expression, with the key or value before the operator that was taken for a literal."""
        self.pos = token.end()
        if self.nest.waits() in (COMMA, COLON):
            self.nest.fault(Fault.FORBIDDEN, at, "an expression is not a value")
            self.nest.retract()
        else:
            self._refuse(at, "an expression is not a value")

    def _junk(self, token: re.Match[str], at: int) -> None:
        """Pass over characters that mean nothing here."""
        self.pos = token.end()
        if self.nest.waits() != END_OF_REFUSED:
            self.nest.fault(Fault.BAD_TOKEN, at, f"{token['junk'][:20]!r} means nothing here")
        self.nest.done = not self.nest.frames

    def _refuse(self, at: int, reason: str) -> None:
        """Report something that is no value, once, and go on behind it."""
        if self.nest.waits() != END_OF_REFUSED:
            self.nest.fault(Fault.FORBIDDEN, at, reason)
            self.nest.deliver(None, at)

    def _string(self, token: re.Match[str], at: int) -> None:
        """Read a string, or several in a row that form one value."""
        pieces, follows = self.strings.row(token)
        self.pos = pieces[-1].after
        frames = self.nest.frames
        if follows == "colon" and not frames:
            pieces = self._before_top_key(pieces, at)
        elif follows == "colon" and self.nest.may_go_on_with_key():
            pieces = self._before_key(pieces)
        if pieces:
            # Where the text ends inside a container, a string may be missing that would have been a part of this one.
            self._deliver(pieces, whole=follows != "end" or not frames)

    def _before_key(self, pieces: list[Piece]) -> list[Piece]:
        """Deliver the strings before the one that, followed by a colon, is the next key; return that one."""
        *value, key = pieces
        if value:
            self._deliver(value)
        self.nest.go_on_with_key(key.start)
        return [key]

    def _before_top_key(self, pieces: list[Piece], at: int) -> list[Piece]:
        """Leave the key for the caller; return the strings before it."""
        *value, key = pieces
        self.nest.done, self.pos = True, value[-1].after if value else at
        if value:
            self.nest.fault(Fault.MISSING_COMMA, key.start, "no comma before this key")
        else:
            self.nest.fault(Fault.MISSING_VALUE, key.start, "a key where a value should be")
        return value

    def _deliver(self, pieces: list[Piece], *, whole: bool = True) -> None:
        """Put the value that strings in a row form where it belongs."""
        self.nodes += 1
        self.nest.deliver(self.strings.joined(pieces, whole=whole), pieces[0].start)


def _number_value(number: str) -> tuple[Kind, int | Decimal]:
    """Kind and value of a number; ValueError says why it is none."""
    if number[-1] in "jJ":
        raise ValueError("a complex number is not a value")
    if number.lstrip("+-")[1:2] in _BASES:
        return Kind.INT, int(number, 0)
    if not any(mark in number for mark in ".eE"):
        return Kind.INT, int(number)
    try:
        value = Decimal(number)
    except ArithmeticError:
        raise ValueError("a number with too large an exponent") from None
    if math.isinf(float(value)):
        raise ValueError("a number too large for a float")
    return Kind.FLOAT, value
