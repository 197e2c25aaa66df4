"""The reader's own vendors on a page: which nodes they are, and which rows of the list stand for no node."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.exposure.overlay import resolved

if TYPE_CHECKING:
    from kg.exposure.names import Finder
    from kg.exposure.overlay import Resolved
    from kg.exposure.portfolio import Portfolio

NO_FUNCTION = "in the portfolio"
"""What a vendor is marked with whose function the list does not tell."""


@dataclass(frozen=True, slots=True)
class Marks:
    """A list of vendors laid over a graph.

    Attributes:
        functions: IRI of an organization -> what the list uses it for.
        lost: a sentence for each row that cannot be shown, in the order of the list.
    """

    functions: dict[str, str] = field(default_factory=dict)
    lost: tuple[str, ...] = ()


def marks(finder: Finder, portfolio: Portfolio) -> Marks:
    """Return what the rows of a list stand for in a graph, the functions of one vendor together."""
    functions: dict[str, list[str]] = {}
    rows = resolved(finder, portfolio)
    for row in rows:
        if row.node is not None:
            functions.setdefault(row.node.iri, []).append(row.entry.function)
    told = {iri: "; ".join(dict.fromkeys(filter(None, names))) or NO_FUNCTION for iri, names in functions.items()}
    lost = [_lost(row) for row in rows if row.node is None]
    return Marks(told, (*lost, *(f"{defect.place}: {defect.reason}" for defect in portfolio.defects)))


def _lost(row: Resolved) -> str:
    name = row.entry.name or row.entry.lei
    if not row.candidates:
        return f"row {row.entry.row}: {name!r} is not in the graph"
    near = ", ".join(node.label for node in row.candidates)
    return f"row {row.entry.row}: {name!r} is not certainly any organization of the graph; it may be {near}"
