"""Which queries are refused before they are answered, and how the engine's errors are told."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_OUTWARD = re.compile("service|from", re.IGNORECASE)
_SERVICE = re.compile(r"service(?:\s*+silent)?", re.IGNORECASE)
_RARE = "zqxjkvw"
"""Letters that make no keyword, and no piece of one, of SERVICE and FROM."""
_FIRST_WORD = re.compile(
    r"(?:\s|#[^\r\n]*+|base\s*+<[^>]*+>|prefix\s*+[^\s:]*+\s*+:\s*+<[^>]*+>)*+(?P<word>[a-z]+)", re.IGNORECASE
)
_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"])


def refuse(text: str, prefixes: Mapping[str, str]) -> None:
    """Return if a query only reads this store.

    Whether a word is a keyword, or stands in a string, a comment or a name, only the engine's own parser knows
    for sure. So the words that reach outside are misspelt, letter for letter, in a way that the text holds nowhere
    else, and it is parsed against an empty store: a query that still parses holds none of them as a keyword.

    Parsing may take any time and all of the stack: a text of unknown origin is parsed in a process that may end.

    Raises:
        QueryError: it is malformed, an update, or holds SERVICE or FROM.
    """
    spoilt = _misspelling(text, prefixes)
    own = {spoilt(name): iri for name, iri in prefixes.items()}
    fault = _fault(spoilt(text), own)
    if not fault:
        return
    first = _FIRST_WORD.match(text)
    word = first["word"].upper() if first else ""
    if word in _UPDATES:
        raise QueryError(f"{word} is refused: the store is only read here (build it with `kg build`)")
    if _fault(_SERVICE.sub("GRAPH", text), own):
        raise QueryError(f"the query cannot be answered: {fault}")
    if _fault(_SERVICE.sub(lambda found: spoilt(found[0]), text), own):
        raise QueryError("SERVICE is refused: a query may not reach outside the store")
    raise QueryError("FROM is refused: a query reads the store's own graphs (use GRAPH for one of them)")


def _misspelling(text: str, prefixes: Iterable[str]) -> Callable[[str], str]:
    """What misspells the words; no letter will do for a text that holds all the misspellings already."""
    held = "\n".join((text, *prefixes)).lower()
    letter = next((one for one in _RARE if f"serv{one}ce" not in held and f"fr{one}m" not in held), None)
    if letter is None:
        raise QueryError("the query is refused: whether it holds SERVICE or FROM cannot be told")
    letters = str.maketrans("iIoO", (letter + letter.upper()) * 2)
    return partial(_OUTWARD.sub, lambda found: found[0].translate(letters))


def _fault(text: str, prefixes: dict[str, str]) -> str:
    """What the parser says against a query, "" for nothing. The text must hold no SERVICE: asking may run it."""
    try:
        _nothing().query(text, prefixes=prefixes)
    except (SyntaxError, ValueError) as error:
        return one_line(error)
    except (RuntimeError, OSError):
        return ""  # it parses; what goes wrong in answering it is told where it is answered
    return ""


@cache
def _nothing() -> ox.Store:
    """An empty store to parse against."""
    return ox.Store()


def one_line(error: Exception) -> str:
    """Return the place and the reason; the parser's list of everything it would have taken helps nobody."""
    told = " ".join(str(error).split())
    place, expected, _ = told.partition(": expected ")
    return f"{place}: the text there is no SPARQL" if expected else told[:400]
