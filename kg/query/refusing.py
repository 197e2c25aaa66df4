"""Which queries are refused before they are answered, and how the engine's errors are told.

Whether a word is a keyword, or stands in a string, a comment or a name, only the engine's own parser knows for sure.
So the words that reach outside are misspelt, letter for letter, in a way that the text holds nowhere else, and it is
parsed against an empty store: a query that still parses holds none of them as a keyword.
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QueryError
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_GAP = r"(?:\s|#[^\r\n]*+)*+"
_ANY_CASE = re.IGNORECASE | re.ASCII
"""As the engine compares keywords: no letter beyond ASCII is the other case of one within."""
_FROM = regex("from", _ANY_CASE)
_SERVICE = regex(rf"service(?:{_GAP}silent)?", _ANY_CASE)
_ONLY_SERVICE = regex("service", _ANY_CASE)
_OUTWARD = regex("service|from", _ANY_CASE)
_RARE = "zqxjkvw"
"""Letters that make no keyword, and no piece of one, of SERVICE and FROM."""
_FIRST_WORD = regex(
    rf"{_GAP}(?:(?:base\s*+<[^>]*+>|prefix\s*+[^\s:]*+\s*+:\s*+<[^>]*+>){_GAP})*+(?P<word>[a-z]+)", _ANY_CASE
)
_GRAPH = regex(rf"{_GAP}(?:named(?![\w:.-]){_GAP})?(?P<iri><[^<>\s]*+>|[^\s<>(){{}}#'\"]*+)", _ANY_CASE)
_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"])
_FAULT = regex(
    r"error at (?P<line>\d+):(?P<column>\d+): expected (?:one of )?(?P<all>(?P<word>[A-Z]+(?=,|$))?.*)", re.DOTALL
)
_REASON = regex(r'(?:^|, )([A-Z]\w* \w[^,"\[\]]*)')
"""A sentence among all that the parser would have taken."""


def refuse(text: str, prefixes: Mapping[str, str], holds: Callable[[str], bool]) -> None:
    """Return if a query only reads this store, whose graphs `holds` knows by their IRIs.

    Parsing may take any time and all of the stack: a text of unknown origin is parsed in a process that may end.

    Raises:
        QueryError: it is malformed, an update, or holds SERVICE, or FROM with a graph that the store does not hold.
    """
    wrong = _Misspelling(text, prefixes)
    forms = (
        wrong.spoil,
        wrong.spoil_service,
        partial(_SERVICE.sub, "GRAPH"),
        lambda name: _FROM.sub("FROM", wrong.spoil_service(name)),
    )
    own = {form(name): iri for form in forms for name, iri in prefixes.items()}
    fault = _fault(wrong.spoil(text), own)
    if not fault:
        return
    first = _FIRST_WORD.match(text)
    if first and first["word"].upper() in _UPDATES:
        word, place = first["word"].upper(), _place(text, first.start("word"))
        raise QueryError(f"{place}: {word} is refused: the store is only read here (build it with `kg build`)")
    if _fault(_SERVICE.sub("GRAPH", text), own):
        raise QueryError(f"the query cannot be answered: {fault}")
    if _fault(wrong.spoil_service(text), own):
        place = _place(text, next(_keywords(text, _SERVICE, "GRAPH", "GRAPH <x:y> {} GRAPH", own), 0))
        raise QueryError(f"{place}: SERVICE is refused: a query may not reach outside the store")
    _refuse_graphs(wrong, text, own, holds)


def _refuse_graphs(wrong: _Misspelling, text: str, prefixes: dict[str, str], holds: Callable[[str], bool]) -> None:
    """Return if the store holds what FROM names, in a text where no SERVICE is a keyword."""
    local, first = wrong.spoil_service(text), _FIRST_WORD.match(text)
    places = list(_keywords(local, _FROM, "FROM", "FROM <x:y> FROM", prefixes))
    for place in places:
        graph = _GRAPH.match(local, place + len("FROM"))
        token = graph["iri"] if graph else ""
        iri = _iri(local[: first.start("word")] if first else "", token, prefixes)
        if iri is None or not holds(wrong.mend(iri)):
            told = wrong.mend(token)[:200]
            raise QueryError(f"{_place(text, place)}: FROM {told} is refused: the store holds no such graph")
    if not places:
        raise QueryError("FROM is refused: which graphs it names cannot be told")


class _Misspelling:
    """Misspells the words in a text, and mends them again."""

    def __init__(self, text: str, prefixes: Iterable[str]) -> None:
        held = "\n".join((text, *prefixes)).lower()
        letter = next((one for one in _RARE if f"serv{one}ce" not in held and f"fr{one}m" not in held), None)
        if letter is None:
            # No letter will do for a text that holds all the misspellings already.
            raise QueryError("the query is refused: whether it holds SERVICE or FROM cannot be told")
        self._there = str.maketrans("iIoO", (letter + letter.upper()) * 2)
        self._back = str.maketrans(letter + letter.upper(), "iI")
        self._service = re.compile(f"serv{letter}ce", _ANY_CASE)

    def spoil(self, text: str) -> str:
        """Misspell both words."""
        return _OUTWARD.sub(lambda found: found[0].translate(self._there), text)

    def spoil_service(self, text: str) -> str:
        """Misspell SERVICE."""
        return _ONLY_SERVICE.sub(lambda found: found[0].translate(self._there), text)

    def mend(self, text: str) -> str:
        """Take `spoil_service` back."""
        return self._service.sub(lambda found: found[0].translate(self._back), text)


def _keywords(text: str, word: re.Pattern[str], like: str, twice: str, prefixes: dict[str, str]) -> Iterator[int]:
    """Where a word is a keyword: it cannot be taken away, and can be doubled; `like` stands for it everywhere else."""
    pieces = word.split(text)
    for number, found in enumerate(word.finditer(text), 1):
        before, after = like.join(pieces[:number]), like.join(pieces[number:])
        if _fault(f"{before}~{after}", prefixes) and not _fault(before + twice + after, prefixes):
            yield found.start()


def _iri(head: str, token: str, prefixes: dict[str, str]) -> str | None:
    """The IRI that a token stands for below the BASE and PREFIX of a query, as the engine reads them."""
    try:
        (row,) = _solutions(f"{head}SELECT ({token} AS ?iri) {{}}", prefixes)
    except (SyntaxError, ValueError):
        return None
    return row["iri"].value if isinstance(row["iri"], ox.NamedNode) else None


def _fault(text: str, prefixes: dict[str, str]) -> str:
    """What the parser says against a query that holds no SERVICE, "" for nothing."""
    try:
        _solutions(text, prefixes)
    except (SyntaxError, ValueError) as error:
        return one_line(error, text)
    except (RuntimeError, OSError):
        return ""  # it parses; what goes wrong in answering it is told where it is answered
    return ""


def _solutions(text: str, prefixes: dict[str, str]) -> ox.QuerySolutions:
    assert not _ONLY_SERVICE.search(text), "to ask it might be to send it"
    found: ox.QuerySolutions = _nothing().query(text, prefixes=prefixes)  # type: ignore[assignment]
    return found


@cache
def _nothing() -> ox.Store:
    """An empty store to parse against."""
    return ox.Store()


def form_of(text: str) -> str:
    """Return the word that says what a query is ("SELECT", "CONSTRUCT", ...), in capitals; "" for what is none."""
    found = _FIRST_WORD.match(text)
    return found["word"].upper() if found else ""


def one_line(error: Exception, text: str = "") -> str:
    """Return the place in a query and the reason; the parser's list of everything it would have taken helps nobody."""
    fault = _FAULT.match(str(error))
    if not fault:
        return " ".join(str(error).split())[:400]
    lines = text.split("\n")[: int(fault["line"]) - 1]
    # The parser tells where the keyword that it would have taken would have ended.
    offset = sum(len(line) + 1 for line in lines) + int(fault["column"]) - 1 - len(fault["word"] or "")
    reason = _REASON.search(fault["all"])
    return f"{_place(text, max(offset, 0))}: {' '.join(reason[1].split()) if reason else 'the text there is no SPARQL'}"


def _place(text: str, offset: int) -> str:
    """Line and column, from 1."""
    return f"line {text.count(chr(10), 0, offset) + 1}:{offset - text.rfind(chr(10), 0, offset)}"
