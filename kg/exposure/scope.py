"""What a measure is taken of: the links that count, and the organizations that its rows keep to."""

from __future__ import annotations

import difflib
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

from kg.checks import several
from kg.dates import as_day
from kg.errors import KGError
from kg.exposure.statements import ORGANIZATIONS, name_of
from kg.exposure.structure import BOUNDS, check_exposure
from kg.model import Certainty

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from kg.exposure.around import Known
    from kg.exposure.projection import Projection
    from kg.exposure.snapshot import Snapshot
    from kg.exposure.statements import Edge, Node, Surroundings

_Found = TypeVar("_Found")


class Kept(TypedDict, total=False):
    """What a measure may keep to.

    Attributes:
        valid_on: relationships in force on this day.
        exposure: "confirmed" for the lower bound alone, "potential" for the upper; both if left out.
        sector: organizations of this industry, as documents print it.
        portfolio: organizations of these names, or nodes; a text is one name.
    """

    valid_on: date | None
    exposure: str | None
    sector: str | None
    portfolio: str | Node | Collection[str | Node] | None


class Scope:
    """The links and organizations of one question.

    Raises:
        KGError: there is another keyword, the day is no date, the exposure is no bound, the sector is unknown, or the
            portfolio is empty.
        UnknownNameError: a name in the portfolio stands for no organization, or for several.
    """

    def __init__(self, graph: Known, kept: Kept) -> None:
        self._graph, self.store = graph, graph.store
        if unknown := kept.keys() - Kept.__annotations__.keys():
            raise KGError(f"a measure keeps to {', '.join(Kept.__annotations__)}, not to {', '.join(sorted(unknown))}")
        self.valid_on, exposure = as_day(kept.get("valid_on")), kept.get("exposure")
        portfolio = kept.get("portfolio")
        names = None if portfolio is None else [name_of(name) for name in several(portfolio, "portfolio")]
        check_exposure(exposure)
        self.bounds = BOUNDS if exposure is None else (exposure,)
        self.members = self._members(kept.get("sector"), names)
        self.parameters: dict[str, Any] = {name: value for name, value in kept.items() if value is not None}
        if self.valid_on is not None:
            self.parameters["valid_on"] = str(self.valid_on)
        if names is not None:
            self.parameters["portfolio"] = names

    @property
    def projection(self) -> Projection:
        """The nodes and edges; they are read where a question needs them."""
        return self._graph.projection

    @property
    def around(self) -> Surroundings:
        """The nodes and edges around those that are asked for, for rows that are few."""
        return self._graph.around

    def _members(self, sector: str | None, portfolio: Collection[str] | None) -> set[str] | None:
        found: set[str] | None = None
        if sector is not None:
            if not isinstance(sector, str):
                raise KGError(f"sector is {sector!r}; it is the name of an industry")
            found = {iri for iri, name in self.sectors.items() if name.casefold() == sector.casefold()}
            if not found:
                near = difflib.get_close_matches(sector, sorted(set(self.sectors.values())), 5, 0.5)
                raise KGError(
                    f"no organization is of the sector {sector!r}{'; did you mean ' + ', '.join(near) + '?' if near else ''}"
                )
        if portfolio is not None:
            named = {self._graph.find(name).iri for name in portfolio}
            if not named:
                raise KGError("the portfolio is empty")
            found = named if found is None else found & named
        return found

    @cached_property
    def sectors(self) -> dict[str, str]:
        """The industry of every organization that has one, the first that its documents print."""
        found: dict[str, str] = {}
        for node in self.projection.nodes.values():
            text = next((value for name, value in node.properties if name == "industry"), None)
            if node.kind in ORGANIZATIONS and text:
                found[node.iri] = text
        return found

    @cached_property
    def graphs(self) -> dict[str, Snapshot]:
        """Bound -> the links that count for it."""
        return {bound: self._links(bound) for bound in self.bounds}

    @property
    def widest(self) -> Snapshot:
        """The links of the upper bound, or of the only one."""
        return self.graphs[self.bounds[-1]]

    def _links(self, bound: str) -> Snapshot:
        from kg.exposure.snapshot import from_pairs, from_table  # noqa: PLC0415 - numpy and scipy take their time

        certainty = [str(Certainty.CONFIRMED)] if bound == "confirmed" else None
        if self.store.folder is not None:
            return from_table(self.store.edges(), valid_on=self.valid_on, certainty=certainty)
        names = [iri for iri, node in self.projection.nodes.items() if node.kind in ORGANIZATIONS]
        number = {iri: at for at, iri in enumerate(names)}
        edges = [
            edge for edge in self.projection.edges
            if edge.type == "usesVendor" and edge.source in number and edge.target in number and self._counts(edge, certainty)
        ]  # fmt: skip
        return from_pairs([number[e.source] for e in edges], [number[e.target] for e in edges], names)

    def _counts(self, edge: Edge, certainty: list[str] | None) -> bool:
        if edge.certainty == Certainty.DENIED or (certainty is not None and edge.certainty not in certainty):
            return False
        return self.valid_on is None or edge.holds_on(self.valid_on)

    def each(self, measure: Callable[[Snapshot], _Found]) -> dict[str, _Found]:
        """Return what a measure finds for each bound."""
        return {bound: measure(graph) for bound, graph in self.graphs.items()}

    def columns(self, *names: str) -> tuple[str, ...]:
        """Return the columns that there are once for each bound: those of the first name, then those of the next."""
        return tuple(f"{name}_{bound}" for name in names for bound in self.bounds)

    def node(self, iri: str) -> Node:
        """Return the node of an IRI."""
        return self.around.nodes[iri]

    def keeps(self, iri: str) -> bool:
        """Return whether rows of an organization are kept."""
        return self.members is None or iri in self.members

    def rows_of(self, values: dict[str, dict[Any, Any]], *, kept: bool = True) -> list[tuple[Any, ...]]:
        """Return a row of node and one value a bound for every organization that is kept and has any, the largest first.

        Without `kept` the rows are of vendors, which need not be among the organizations that are kept.
        """
        names = {
            iri for found in values.values() for iri, value in found.items() if value and (self.keeps(iri) or not kept)
        }
        made = [(self.node(iri), *(values[bound].get(iri, 0) for bound in self.bounds)) for iri in names]
        return sorted(made, key=lambda row: (*(-(value or 0) for value in row[:0:-1]), row[0].order))
