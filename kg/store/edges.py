"""The edge table: who uses whom, and what happened to whom, as columns that an engine maps into memory as they are.

One numpy file a column (`numpy.load(..., mmap_mode="r")` opens a million edges in a millisecond and needs no further
package). Nodes are numbered in the order of their IRIs. A supply relationship is an edge from customer to supplier; an
incident has an edge to each party that it breached or affected downstream. Rows are sorted, so equal graphs give equal
files.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kg.store.layout import EDGES
from kg.vocabulary import BKG, PREFIXES, VOCAB

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import numpy as np
    import pyoxigraph as ox
    from numpy.typing import NDArray

TYPES: Final = ("usesVendor", "breached", "affectsDownstream")
KINDS: Final = ("organization", "vendor", "group", "incident")
STATUSES: Final = ("active", "suspended", "ended", "unknown")
CERTAINTIES: Final = ("confirmed", "suspected", "claimed", "denied")
BASES: Final = ("stated", "implied", "inferred")
ALWAYS_FROM, ALWAYS_UNTIL = -(2**31), 2**31 - 1
"""Days that stand for an interval that is open at its beginning, or at its end."""
_EPOCH = date(1970, 1, 1).toordinal()
_INTEGERS: Final = ("source", "target", "valid_from", "valid_until")
_CODES: Final = ("type", "status", "certainty", "basis")
_TEXTS: Final = ("iri", "label", "claim")


@dataclass(frozen=True, slots=True)
class Texts:
    """A column of texts: their UTF-8 bytes in a row, and where each ends."""

    bytes: NDArray[np.uint8]
    ends: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, at: int) -> str:
        start = int(self.ends[at - 1]) if at else 0
        return self.bytes[start : int(self.ends[at])].tobytes().decode("utf-8")


@dataclass(frozen=True, slots=True)
class EdgeTable:
    """The columns, each as long as there are edges, and those of the nodes.

    Attributes:
        iri: of every node.
        label: of every node.
        kind: of every node, a place in `KINDS`.
        source: customer, or incident: a number of a node.
        target: supplier, or party: a number of a node.
        type: a place in `TYPES`.
        valid_from: first day, counted from 1970-01-01: of the relationship, or the earliest day of the incident.
        valid_until: the day after the last one: of the relationship, or of the incident; `ALWAYS_UNTIL` where open.
        status: of the relationship, a place in `STATUSES`; "unknown" for incidents.
        certainty: the strongest that any claim gives, a place in `CERTAINTIES`; its length where nothing is claimed.
        basis: the strongest of any claim, a place in `BASES`; its length where nothing is claimed.
        weight: how much of a breach at the target reaches the source, 0 to 1: 1 where nothing is known.
        claims_end: where the claims of an edge end in `claim`; they begin where those of the edge before end.
        claim: IRIs of claims.
    """

    iri: Texts
    label: Texts
    kind: NDArray[np.uint8]
    source: NDArray[np.int32]
    target: NDArray[np.int32]
    type: NDArray[np.uint8]
    valid_from: NDArray[np.int32]
    valid_until: NDArray[np.int32]
    status: NDArray[np.uint8]
    certainty: NDArray[np.uint8]
    basis: NDArray[np.uint8]
    weight: NDArray[np.float32]
    claims_end: NDArray[np.int64]
    claim: Texts

    def __len__(self) -> int:
        return len(self.source)

    def claims(self, edge: int) -> list[str]:
        """Return the claims of an edge."""
        start = int(self.claims_end[edge - 1]) if edge else 0
        return [self.claim[at] for at in range(start, int(self.claims_end[edge]))]


def read_edges(generation: Path) -> EdgeTable:
    """Return the edge table of a generation, mapped into memory."""
    import numpy as np  # noqa: PLC0415 - only the engines need it

    def column(name: str) -> Any:
        path = generation / EDGES / f"{name}.npy"
        # An empty file cannot be mapped.
        return np.load(path, mmap_mode="r" if path.stat().st_size > 128 else None)  # noqa: PLR2004 - a bare header

    columns: dict[str, Any] = {name: Texts(column(f"{name}.bytes"), column(f"{name}.ends")) for name in _TEXTS}
    columns |= {name: column(name) for name in ("kind", *_INTEGERS, *_CODES, "weight", "claims_end")}
    return EdgeTable(**columns)


def write_edges(quads: ox.Store, generation: Path) -> None:
    """Write the edge table that follows from the canonical graph of a database."""
    import numpy as np  # noqa: PLC0415

    folder = generation / EDGES
    folder.mkdir()
    nodes, labels = _nodes(quads), _labels(quads)
    number = {iri: at for at, iri in enumerate(sorted(nodes))}
    claims = _claims(quads)
    rows = sorted(_edges(quads, number))
    told = [claims.get((TYPES[row[0]], row[1], row[2]), []) for row in rows]

    def save(name: str, values: Iterable[Any], kind: Any) -> None:
        np.save(folder / f"{name}.npy", np.array(list(values), dtype=kind), allow_pickle=False)

    def save_texts(name: str, values: list[str]) -> None:
        encoded = [value.encode("utf-8", "surrogatepass") for value in values]
        np.save(folder / f"{name}.bytes.npy", np.frombuffer(b"".join(encoded), np.uint8), allow_pickle=False)
        save(f"{name}.ends", np.cumsum([len(value) for value in encoded], dtype=np.int64), np.int64)

    save_texts("iri", list(number))
    save_texts("label", [labels.get(iri, "") for iri in number])
    save("kind", (KINDS.index(nodes[iri]) for iri in number), np.uint8)
    save("type", (row[0] for row in rows), np.uint8)
    save("source", (number[row[1]] for row in rows), np.int32)
    save("target", (number[row[2]] for row in rows), np.int32)
    save("valid_from", (row[3] for row in rows), np.int32)
    save("valid_until", (row[4] for row in rows), np.int32)
    save("status", (row[5] for row in rows), np.uint8)
    save("certainty", (min((c[1] for c in cs), default=len(CERTAINTIES)) for cs in told), np.uint8)
    save("basis", (min((c[2] for c in cs), default=len(BASES)) for cs in told), np.uint8)
    save("weight", (1.0 for _ in rows), np.float32)
    save("claims_end", np.cumsum([len(cs) for cs in told], dtype=np.int64), np.int64)
    save_texts("claim", [claim for cs in told for claim, _, _ in cs])


def rows(quads: ox.Store, columns: str, pattern: str) -> Iterator[tuple[str | None, ...]]:
    """Yield the values that a pattern of SPARQL gives some variables, None where it leaves one unbound."""
    names = columns.split()
    found: Any = quads.query(f"SELECT ?{' ?'.join(names)} {{ {pattern} }}", prefixes=PREFIXES)
    for solution in found:
        yield tuple(None if (term := solution[name]) is None else term.value for name in names)


def _nodes(quads: ox.Store) -> dict[str, str]:
    """IRI -> kind; an organization that supplies is a vendor."""
    nodes: dict[str, str] = {}
    for kind, name in zip(KINDS, ("Organization", "Vendor", "OrganizationGroup", "Incident"), strict=True):
        nodes |= {iri: kind for (iri,) in rows(quads, "iri", f"?iri a {BKG[name]}") if iri}
    return nodes


def _labels(quads: ox.Store) -> dict[str, str]:
    found = rows(quads, "iri label", "?iri rdfs:label ?label")
    return {iri: label for iri, label in found if iri and label}


def _edges(quads: ox.Store, nodes: dict[str, int]) -> Iterator[tuple[int, str, str, int, int, int]]:
    """Type, source, target, valid from, valid until, status."""
    relationships = rows(
        quads,
        "customer supplier status from until gone",
        """?r bkg:customer ?customer ; bkg:supplier ?supplier ; bkg:relationshipStatus ?status
        OPTIONAL { ?r bkg:validFrom ?from } OPTIONAL { ?r bkg:validUntil ?until }
        OPTIONAL { ?r bkg:observedUntil ?gone }""",
    )
    for customer, supplier, status, begin, end, gone in relationships:
        if customer in nodes and supplier in nodes:
            assert customer and supplier  # noqa: PT018 - a node has an IRI
            yield (
                0,
                customer,
                supplier,
                _day(begin, ALWAYS_FROM),
                _day(end or gone, ALWAYS_UNTIL),
                _place(STATUSES, status),
            )
    for number, name in enumerate(TYPES[1:], 1):
        happened = rows(
            quads,
            "i party from last",
            f"?i {BKG[name]} ?party OPTIONAL {{ ?i bkg:earliest ?from }} OPTIONAL {{ ?i bkg:latest ?last }}",
        )
        for incident, party, begin, last in happened:
            if incident in nodes and party in nodes:
                assert incident and party  # noqa: PT018 - a node has an IRI
                until = _day(last, ALWAYS_UNTIL - 1) + 1
                yield number, incident, party, _day(begin, ALWAYS_FROM), until, STATUSES.index("unknown")


def _claims(quads: ox.Store) -> dict[tuple[str, str, str], list[tuple[str, int, int]]]:
    """(type, source, target) -> its claims, each with certainty and basis; sorted."""
    found: dict[tuple[str, str, str], list[tuple[str, int, int]]] = {}
    for name in TYPES:
        claims = rows(
            quads,
            "c s o certainty basis",
            f"?c rdf:predicate {BKG[name]} ; rdf:subject ?s ; rdf:object ?o ; bkg:certainty ?certainty ; bkg:basis ?basis",
        )
        for claim, subject, obj, certainty, basis in claims:
            assert claim and subject and obj  # noqa: PT018 - the pattern binds them
            told = (claim, _place(CERTAINTIES, certainty), _place(BASES, basis))
            found.setdefault((name, subject, obj), []).append(told)
    return {edge: sorted(told) for edge, told in found.items()}


def _place(words: tuple[str, ...], concept: str | None) -> int:
    """The place of a concept in a list of slugs; behind the last where it is not in it."""
    slug = (concept or "").removeprefix(VOCAB).partition("/")[2]
    return words.index(slug) if slug in words else len(words)


def _day(text: str | None, otherwise: int) -> int:
    return date.fromisoformat(text).toordinal() - _EPOCH if text else otherwise
