"""What SHACL cannot say: every quote is what its document says at its span."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UnreadableError
from kg.extract.reading import Found, find, read
from kg.patterns import regex
from kg.store.reading import text_of
from kg.validate.findings import VIOLATION, Check, Result
from kg.validate.parts import evidence_graphs
from kg.vocabulary import BKG, JUDGEMENT_GRAPH, PROVENANCE_GRAPH, REUSED, TABLE_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.store import GraphStore

IN_TEXT = Check(
    "quote-in-text",
    VIOLATION,
    "A quote is what its document says at its span; the value is what stands there.",
    "bkg:quote",
)
IN_RANGE = Check(
    "span-in-text",
    VIOLATION,
    "The span of a quote lies within its document; the value is the length of the text.",
    "bkg:quoteEnd",
)
_QUOTE, _START, _END = (BKG[name][1:-1] for name in ("quote", "quoteStart", "quoteEnd"))
_STATED_IN = BKG["statedIn"][1:-1]
_OF_NO_DOCUMENT = (TABLE_GRAPH[1:-1], JUDGEMENT_GRAPH[1:-1])
_IDENTIFIER = REUSED["dct:identifier"][1:-1]
_NUMBER = regex("[+-]?[0-9]{1,18}")
_SHOWN = 200
"""Characters of a document that a finding shows at most."""


def held_against_texts(store: GraphStore, documents: Iterable[str | Path] = ()) -> tuple[set[Result], list[str]]:
    """Return the claims whose quote is not what the text says, and the evidence graphs whose text is not at hand.

    A text is at hand where the document lies where the store read it, or among those given, its bytes unchanged. A graph
    without its evidence, as Turtle has it, does not tell which bytes these are, so none of its texts is.

    Raises:
        UnreadableError: a given input is missing.
    """
    places = _places(store, documents)
    found: set[Result] = set()
    held = evidence_graphs(store)
    missing = sorted({graph for _, graph in store.pairs(_STATED_IN)}.difference(held, _OF_NO_DOCUMENT))
    for graph in held:
        text = next(
            (text for digest in _digests(store, graph) for text in _texts(places.get(digest, ()), digest)), None
        )
        if text is None:
            missing.append(graph)
        else:
            found.update(_differing(store, graph, text))
    return found, missing


def _places(store: GraphStore, documents: Iterable[str | Path]) -> dict[str, list[Found]]:
    """Digest of bytes -> where a document of these bytes is, or was when the store was built."""
    places: dict[str, list[Found]] = {}
    for location, entry in store.manifest.get("documents", {}).items():
        places.setdefault(entry["digest"], []).append(Found(entry["name"], Path(location), named=True))
    for given in find(documents):
        try:
            places.setdefault(read(given).digest, []).append(given)
        except UnreadableError:
            continue  # what cannot be read is no document of the graph
    return places


def _texts(places: Iterable[Found], digest: str) -> Iterator[str]:
    """The text of a document, from every place where it still is what it was."""
    for place in places:
        try:
            document = read(place)
        except UnreadableError:
            continue
        if document.digest == digest:
            yield document.text


def _digests(store: GraphStore, graph: str) -> list[str]:
    """What the description of an evidence graph says of the bytes that it was made from."""
    described = store.find(graph, _IDENTIFIER, graph=PROVENANCE_GRAPH[1:-1])
    return sorted(text_of(quad.object).removeprefix("sha256:") for quad in described)


def _differing(store: GraphStore, graph: str, text: str) -> Iterator[Result]:
    """The claims of one evidence graph whose span is outside the text, or holds other words than the quote."""
    quotes, starts, ends = (
        {text_of(quad.subject): text_of(quad.object) for quad in store.find(None, name, graph=graph)}
        for name in (_QUOTE, _START, _END)
    )
    for claim in sorted(quotes.keys() & starts.keys() & ends.keys()):
        start, end, quote = starts[claim], ends[claim], quotes[claim]
        if not (_NUMBER.fullmatch(start) and _NUMBER.fullmatch(end)):
            continue  # a shape tells of it
        first, last = int(start), int(end)
        if not 0 <= first <= last <= len(text):
            yield Result(IN_RANGE.name, claim, str(len(text)))
        elif text[first:last] != quote:
            yield Result(IN_TEXT.name, claim, text[first:last][:_SHOWN])
