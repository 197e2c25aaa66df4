"""RDF terms as text: literals in the canonical form of N-Triples, and their values again.

Oxigraph writes terms in this form too, so a graph that was read back from a store is equal, text for text,
to the graph that was written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.patterns import regex
from kg.vocabulary import REUSED

if TYPE_CHECKING:
    import re
    from datetime import date
    from decimal import Decimal

_SPECIAL: Final = regex('[\x00-\x1f"\\\\\x7f\ufffe\uffff]')
_LONE: Final = regex("[\ud800-\udfff]")
_SHORT: Final = {"\b": r"\b", "\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r", '"': r"\"", "\\": r"\\"}
_LONG: Final = {escape[1]: char for char, escape in _SHORT.items()}
_ESCAPE: Final = regex(r"\\(?:u(?P<code>[0-9A-F]{4})|(?P<char>.))")


def literal(text: str) -> str:
    """Return a plain string literal; a lone surrogate, which no file can hold, becomes the replacement character."""
    if not text.isascii():
        text = _LONE.sub("\ufffd", text)
    return f'"{_SPECIAL.sub(_escaped, text)}"'


def integer(number: int) -> str:
    """Return an xsd:integer literal."""
    return f'"{number}"^^{REUSED["xsd:integer"]}'


def decimal(number: Decimal) -> str:
    """Return an xsd:decimal literal in its canonical form (no exponent, no idle zeros)."""
    text = f"{number or 0:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f'"{text}"^^{REUSED["xsd:decimal"]}'


def day(value: date) -> str:
    """Return an xsd:date literal."""
    return f'"{value.isoformat()}"^^{REUSED["xsd:date"]}'


def value(term: str) -> str:
    """Return the text of a literal that one of these functions, or Oxigraph, wrote; an IRI without its brackets."""
    if term[0] == "<":
        return term[1:-1]
    body = term[1 : term.rindex('"')]
    return _ESCAPE.sub(_plain, body) if "\\" in body else body


def _escaped(found: re.Match[str]) -> str:
    return _SHORT.get(found[0]) or f"\\u{ord(found[0]):04X}"


def _plain(found: re.Match[str]) -> str:
    return chr(int(found["code"], 16)) if found["code"] else _LONG[found["char"]]
