"""The first page of a site: what is in it, the most exposed, the latest, everything by letter, and what to search."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from anyascii import anyascii

from kg.exposure.structure import happened_at
from kg.view.markup import clean
from kg.view.palette import in_words, node_order
from kg.view.safe import visible_id
from kg.view.site.dossiers import told_last
from kg.view.site.naming import in_graph
from kg.vocabulary import ID

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.exposure.statements import Node
    from kg.view.site.dossiers import Library

_MOST_EXPOSED: Final = 15
_LATEST: Final = 12
_OTHER: Final = "0-9"
_OPEN: Final = 60
"""Entries up to which a list is shown with all letters unfolded."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in a list: its address, name and, of an incident, the date."""

    page: str
    name: str
    date: str


@dataclass(frozen=True, slots=True)
class Listing:
    """All pages of one kind by the first letter of their names."""

    kind: str
    letters: list[tuple[str, list[Entry]]]

    @property
    def entries(self) -> list[Entry]:
        """Return the entries in the order in which they are printed."""
        return [entry for _, entries in self.letters for entry in entries]

    @property
    def unfolded(self) -> bool:
        """Whether the list is short enough to be shown whole."""
        return len(self.entries) <= _OPEN


@dataclass(frozen=True, slots=True)
class Ranked:
    """A vendor by how many are exposed through it; unnamed groups count apart."""

    iri: str
    incidents: int
    confirmed: int
    potential: int
    groups: int


@dataclass(frozen=True, slots=True)
class Index:
    """What the first page shows.

    Attributes:
        counts: names of kinds and how many there are.
        undrawn: the same of what the interactive page does not draw, because no relation on it touches it.
        exposed: the vendors with incidents through which most are exposed; of as many, those first of whom more is confirmed.
        depended: the vendors without an incident on which most depend.
        latest: the incidents that are dated last.
        listings: of vendors and of incidents.
        search: what the script needs besides the lists.
    """

    counts: list[tuple[str, int]]
    undrawn: list[tuple[str, int]]
    exposed: list[Ranked]
    depended: list[Ranked]
    latest: list[Node]
    listings: list[Listing]
    search: dict[str, Any]


def index_of(library: Library) -> Index:
    """Return the contents of the first page."""
    vendors, incidents = library.of_kind("vendor"), library.of_kind("incident")
    ranked = sorted((_ranked(library, node) for node in vendors), key=lambda one: _weight(library, one))
    listings = [_listing(library, "vendors", vendors), _listing(library, "incidents", incidents)]
    nodes, drawn = library.projection.nodes, {node.id for node in library.page.nodes}
    return Index(
        [*_counts(nodes.values()), ("document", len(library.page.generated_from))],
        _counts(node for iri, node in nodes.items() if iri not in drawn),
        [one for one in ranked if one.incidents and one.confirmed + one.potential + one.groups][:_MOST_EXPOSED],
        [one for one in ranked if not one.incidents and one.potential][:_MOST_EXPOSED],
        told_last(incidents)[:_LATEST],
        listings,
        _search(library, listings),
    )


def _counts(nodes: Iterable[Node]) -> list[tuple[str, int]]:
    found = Counter(node.kind for node in nodes)
    return [(in_words(kind), found[kind]) for kind in sorted(found, key=node_order)]


def _ranked(library: Library, vendor: Node) -> Ranked:
    answer = library.radius(vendor.iri)
    confirmed = sum(one.exposure == "confirmed" for one in answer.exposed)
    incidents = {event.incident.iri for event in happened_at(library.projection, vendor.iri)}
    return Ranked(vendor.iri, len(incidents), confirmed, len(answer.exposed) - confirmed, len(answer.unnamed))


def _weight(library: Library, one: Ranked) -> tuple[int, int, int, tuple[str, str]]:
    exposed = one.confirmed + one.potential
    return -exposed, -one.confirmed, -one.groups, library.projection.nodes[one.iri].order


def _listing(library: Library, kind: str, nodes: Iterable[Node]) -> Listing:
    spelt = sorted((anyascii(node.label).strip().casefold(), node.label, node.iri, node) for node in nodes)
    letters = sorted(spelt, key=lambda one: (_letter(one[0]), one[:3]))
    return Listing(
        kind,
        [
            (letter, [_entry(library, node) for *_, node in group])
            for letter, group in groupby(letters, key=lambda one: _letter(one[0]))
        ],
    )


def _letter(spelt: str) -> str:
    return spelt[:1].upper() if spelt[:1].isalpha() else _OTHER


def _entry(library: Library, node: Node) -> Entry:
    date = node.printed("date") if node.kind == "incident" else ""
    return Entry(library.addresses.pages[node.iri], node.label, date)


def _search(library: Library, listings: list[Listing]) -> dict[str, Any]:
    """Other names of the pages, in the order of the lists, and what has no page: name, kind, IRI, other names."""
    nodes = library.projection.nodes
    by_page = {page: nodes[iri] for iri, page in library.addresses.pages.items()}
    others = [node for iri, node in nodes.items() if iri not in library.addresses.pages and library.addresses.of(iri)]
    kinds = sorted({node.kind for node in others}, key=node_order)
    return {
        "also": [_names(by_page[entry.page]) for listing in listings for entry in listing.entries],
        "graph": in_graph(""),
        "base": ID,
        "kinds": [in_words(kind) for kind in kinds],
        "others": [
            [clean(node.label), kinds.index(node.kind), visible_id(node.iri).removeprefix(ID), *_names(node)]
            for node in others
        ],
    }


def _names(node: Node) -> list[str]:
    return [clean(name) for name in (*node.aliases, *node.identifiers)]
