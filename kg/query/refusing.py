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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_GAP = r"(?:\s|#[^\r\n]*+)*+"
_FROM = re.compile("from", re.IGNORECASE)
_SERVICE = re.compile(rf"service(?:{_GAP}silent)?", re.IGNORECASE)
_OUTWARD = re.compile("service|from", re.IGNORECASE)
_RARE = "zqxjkvw"
"""Letters that make no keyword, and no piece of one, of SERVICE and FROM."""
_FIRST_WORD = re.compile(
    rf"{_GAP}(?:(?:base\s*+<[^>]*+>|prefix\s*+[^\s:]*+\s*+:\s*+<[^>]*+>){_GAP})*+(?P<word>[a-z]+)", re.IGNORECASE
)
_GRAPH = re.compile(
    rf"{_GAP}(?:named(?![\w:.-]){_GAP})?(?P<iri><[^<>\s]*+>|[^\s<>(){{}}#'\"]*+)", re.IGNORECASE
)  # fmt: skip
_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"])
_FAULT = re.compile(
    r"error at (?P<line>\d+):(?P<column>\d+): expected (?:one of )?(?P<all>(?P<word>[A-Z]+(?=,|$))?.*)", re.DOTALL
)
_REASON = re.compile(r'(?:^|, )([A-Z]\w* [a-z][^,"\[\]]*)')
"""A sentence among all that the parser would have taken."""


def refuse(text: str, prefixes: Mapping[str, str], holds: Callable[[str], bool]) -> None:
    """Return if a query only reads this store, whose graphs `holds` knows by their IRIs.

    Parsing may take any time and all of the stack: a text of unknown origin is parsed in a process that may end.

    Raises:
        QueryError: it is malformed, an update, or holds SERVICE, or FROM with a graph that the store does not hold.
    """
    spoilt = _misspelling(text, prefixes)
    own = {spoilt(name): iri for name, iri in prefixes.items()}
    fault = _fault(spoilt(text), own)
    if not fault:
        return
    first = _FIRST_WORD.match(text)
    if first and first["word"].upper() in _UPDATES:
        word, place = first["word"].upper(), _place(text, first.start("word"))
        raise QueryError(f"{place}: {word} is refused: the store is only read here (build it with `kg build`)")
    if _fault(_SERVICE.sub("GRAPH", text), own):
        raise QueryError(f"the query cannot be answered: {fault}")
    local = _SERVICE.sub(lambda found: spoilt(found[0]), text)
    if _fault(local, own):
        place = _place(text, next(_keywords(text, _SERVICE, "GRAPH", "GRAPH <x:y> {} GRAPH", own), 0))
        raise QueryError(f"{place}: SERVICE is refused: a query may not reach outside the store")
    _refuse_graphs(local, own, holds)


def _refuse_graphs(text: str, prefixes: dict[str, str], holds: Callable[[str], bool]) -> None:
    """Return if the store holds what FROM names; the text holds no SERVICE, in whatever place."""
    places = list(_keywords(text, _FROM, "FROM", "FROM <x:y> FROM", prefixes))
    first = _FIRST_WORD.match(text)
    for place in places or [0]:
        graph = _GRAPH.match(text, place + len("FROM"))
        token = graph["iri"] if graph else ""
        head = text[: first.start("word")] if first else ""
        if not places or (iri := _iri(head, token, prefixes)) is None or not holds(iri):
            told = f"FROM {token[:200]}" if places else "FROM"
            raise QueryError(f"{_place(text, place)}: {told} is refused: the store holds no such graph")


def _misspelling(text: str, prefixes: Iterable[str]) -> Callable[[str], str]:
    """What misspells the words; no letter will do for a text that holds all the misspellings already."""
    held = "\n".join((text, *prefixes)).lower()
    letter = next((one for one in _RARE if f"serv{one}ce" not in held and f"fr{one}m" not in held), None)
    if letter is None:
        raise QueryError("the query is refused: whether it holds SERVICE or FROM cannot be told")
    letters = str.maketrans("iIoO", (letter + letter.upper()) * 2)
    return partial(_OUTWARD.sub, lambda found: found[0].translate(letters))


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
    if _SERVICE.search(text):
        # To ask it may be to send it.
        raise AssertionError("a query is parsed without SERVICE")
    found: ox.QuerySolutions = _nothing().query(text, prefixes=prefixes)  # type: ignore[assignment]
    return found


@cache
def _nothing() -> ox.Store:
    """An empty store to parse against."""
    return ox.Store()


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
