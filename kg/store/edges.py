"""The edge table: who uses whom, and what happened to whom, as columns that an engine maps into memory as they are.

Nodes are numbered in the order of their IRIs. A supply relationship is an edge from customer to supplier; an
incident has an edge to each party that it breached or affected downstream. Rows are sorted, so equal graphs give equal
files.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kg.store.columns import Texts, begin, read_column, read_texts, write_columns
from kg.store.layout import EDGES

if TYPE_CHECKING:
    from pathlib import Path

    Numbers: TypeAlias = Any
    """A view of memory as `columns` makes them, or an array."""

TYPES: Final = ("usesVendor", "breached", "affectsDownstream")
KINDS: Final = ("organization", "vendor", "group", "incident")
STATUSES: Final = ("active", "suspended", "ended", "unknown")
CERTAINTIES: Final = ("confirmed", "suspected", "claimed", "denied")
BASES: Final = ("stated", "implied", "inferred")
ALWAYS_FROM, ALWAYS_UNTIL = -(2**31), 2**31 - 1
"""Days that stand for an interval that is open at its beginning, or at its end."""
_TEXTS: Final = ("iri", "label", "claim")


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
        weight: how much of a breach at the target reaches the source, 0 to 1: always 1, for no document tells.
        claims_end: where the claims of an edge end in `claim`; they begin where those of the edge before end.
        claim: IRIs of claims.
    """

    iri: Texts
    label: Texts
    kind: Numbers
    source: Numbers
    target: Numbers
    type: Numbers
    valid_from: Numbers
    valid_until: Numbers
    status: Numbers
    certainty: Numbers
    basis: Numbers
    weight: Numbers
    claims_end: Numbers
    claim: Texts

    def __len__(self) -> int:
        return len(self.source)

    def claims(self, edge: int) -> list[str]:
        """Return the claims of an edge."""
        return [self.claim[at] for at in range(begin(self.claims_end, edge), self.claims_end[edge])]

    def arrays(self) -> EdgeTable:
        """Return the same table to compute with: its columns are numpy arrays, which copies nothing."""
        import numpy as np  # noqa: PLC0415 - builds need none

        array: Any = np.asarray
        columns: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)}
        return EdgeTable(**{
            name: Texts(array(column.bytes), array(column.ends)) if name in _TEXTS else array(column)
            for name, column in columns.items()
        })  # fmt: skip


def read_edges(generation: Path) -> EdgeTable:
    """Return the edge table of a generation, mapped into memory."""
    folder = generation / EDGES
    columns: dict[str, Any] = {
        field.name: (read_texts if field.name in _TEXTS else read_column)(folder, field.name)
        for field in fields(EdgeTable)
    }
    return EdgeTable(**columns)


def write_edges(table: EdgeTable, generation: Path) -> None:
    """Write an edge table into the folder of a generation."""
    write_columns(generation / EDGES, {field.name: getattr(table, field.name) for field in fields(EdgeTable)})
