"""The notices that a row of a portal links to or whose addresses it prints."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.extract.parts import cited, gathered
from kg.extract.references import source_type
from kg.extract.tabular.links import links
from kg.extract.tabular.row import plain
from kg.model import Evidence, Source
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.extract.tabular.row import Row

_DOCUMENT = regex(r"\b(?:letters?|notices?|notifications?|documents?|attachments?|filings?|pdfs?|links?|urls?|uris?)\b")
_WEB = ("http://", "https://", "www.")


def sources(row: Row, cells: Sequence[str], fields: Mapping[int, str], used: set[int]) -> Iterable[Source]:
    """Return the sources that the cells of a row give, each once.

    Args:
        row: the row.
        cells: what its cells tell.
        fields: column -> field, for those that have one.
        used: the columns whose cells are told thereby; those found are added.
    """
    found: list[Source] = []
    linked = row.links_somewhere
    for at, cell in enumerate(cells):
        field = fields.get(at)
        if cell and (field == "links" or (field is None and cell[0] in "hw" and _is_notice(row.name(at), cell))):
            printed = list(_printed(row, at, cell))
            found += printed
            used.update([at] if printed else [])
        if linked:
            behind = list(_linked(row, at))
            found += behind
            used.update([at] if behind and field == "links" else [])
    return gathered(found)


def _is_notice(name: str, cell: str) -> bool:
    """Whether a cell is nothing but the address of a notice, as the name of its column tells."""
    return cell.startswith(_WEB) and " " not in cell and _DOCUMENT.search(plain(name)) is not None


def _printed(row: Row, at: int, cell: str) -> Iterator[Source]:
    """The addresses that a cell prints; one whose strokes the document escapes is read decoded."""
    proof = row.evidence(at)
    if not (cell.startswith(_WEB[:2]) and "\\/" in proof.quote):
        yield from cited([proof])
    elif " " not in cell and (kind := source_type(cell)):
        yield Source("", cell, kind, evidence=(proof,))


def _linked(row: Row, at: int) -> Iterator[Source]:
    """The documents to which a cell links; the front page of a site is none."""
    for link in links(row, at):
        kind = source_type(link.url)
        if kind and len(urlsplit(link.url).path) > 1:
            place = f"{row.place}, {row.name(at)}"
            proof = Evidence(row.source[slice(*link.address)], link.address, place)
            yield Source("", link.url, kind, evidence=(proof,))
