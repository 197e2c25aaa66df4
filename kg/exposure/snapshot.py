"""The supply graph as immutable arrays: what the measures compute on, at 9 bytes an edge, 17 with weights.

Nodes are numbered; an edge runs from a customer to its supplier, and both directions are at hand as compressed rows
(CSR). Structure is deduplicated: of parallel edges the largest weight stays. Every measure takes a snapshot or a
networkx graph, whose edges run from customer to supplier too; for a graph that is drawn the way harm spreads,
give `graph.reverse()`. Of the graph of `KnowledgeGraph.to_networkx()`, its organizations and those `usesVendor` edges count
that are not denied.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import numpy as np
from scipy import sparse

from kg.errors import KGError, UnknownNameError
from kg.exposure.statements import ORGANIZATIONS
from kg.store.edges import CERTAINTIES, KINDS, TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    import networkx as nx
    from numpy.typing import NDArray

    from kg.store.columns import Texts
    from kg.store.edges import EdgeTable

    Numbers: TypeAlias = NDArray[Any]
    Values: TypeAlias = NDArray[Any]
    Graph: TypeAlias = "nx.Graph[Any] | Snapshot"

_USES = "usesVendor"
_DENIED = "denied"
_DAY_ZERO = 719163
"""The ordinal of 1970-01-01, from which the edge table counts its days."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The supply graph; the numbers of a node's suppliers are `indices[indptr[i]:indptr[i + 1]]`, ascending.

    Attributes:
        names: of every node: what results are keyed by.
        indptr: where the suppliers of each node begin; one longer than there are nodes.
        indices: suppliers.
        back_indptr: where the customers of each node begin.
        back_indices: customers.
        weight: how much of a breach of the supplier reaches the customer, beside `back_indices`; None where all is 1.
        labels: of every node, as people write it; the names where there are no others.
    """

    names: Sequence[Any] | Names
    indptr: Numbers
    indices: Numbers
    back_indptr: Numbers
    back_indices: Numbers
    weight: Values | None = None
    labels: Sequence[Any] | Names | None = None

    __networkx_backend__: ClassVar[str] = "breachkg"
    """Who answers when networkx is given a snapshot: `kg.exposure.backend`."""

    def __len__(self) -> int:
        return len(self.names)

    def __contains__(self, name: object) -> bool:
        return self._place(name) is not None

    def is_directed(self) -> bool:
        """Return True, as networkx asks of a graph before anything else."""
        return True

    def is_multigraph(self) -> bool:
        """Return False: parallel edges are one."""
        return False

    @property
    def edges(self) -> int:
        """Return how many edges there are."""
        return len(self.indices)

    @property
    def nbytes(self) -> int:
        """Return the bytes that the arrays take, names and labels aside."""
        arrays = (self.indptr, self.indices, self.back_indptr, self.back_indices, self.weight)
        return sum(int(array.nbytes) for array in arrays if array is not None)

    @property
    def back_weight(self) -> Values:
        """Return the weights beside `back_indices`, ones where none are known."""
        return np.ones(self.edges) if self.weight is None else self.weight

    def number(self, name: Hashable) -> int:
        """Return the number of a node.

        Raises:
            UnknownNameError: no node has this name.
        """
        found = self._place(name)
        if found is None:
            raise UnknownNameError(f"{name!r} is not in the graph")
        return found

    @cached_property
    def _place(self) -> Callable[[Any], int | None]:
        """Name -> number, None for no name; names in an edge table are sorted and need no index."""
        names = self.names
        return names.number if isinstance(names, Names) else {name: at for at, name in enumerate(names)}.get

    def numbers(self, names: Iterable[Hashable]) -> Numbers:
        """Return the numbers of nodes, ascending and each once."""
        return np.unique(np.array([self.number(name) for name in names], dtype=np.int32))

    def find(self, label: str) -> Any:
        """Return the name of the node with a label.

        Raises:
            UnknownNameError: no node has it, or several have.
        """
        labels = self.names if self.labels is None else self.labels
        found = (
            labels.places(label) if isinstance(labels, Names) else [at for at, one in enumerate(labels) if one == label]
        )
        if len(found) != 1:
            told = "stands for several" if found else "is not in the graph"
            raise UnknownNameError(
                f"{label!r} {told}{': ' if found else ''}{', '.join(str(self.names[at]) for at in found[:8])}"
            )
        return self.names[found[0]]

    def keyed(self, values: Values) -> dict[Any, Any]:
        """Return one value a node, keyed by name, as plain numbers."""
        return dict(zip(self.names, values.tolist(), strict=True))

    def named(self, numbers: Numbers) -> list[Any]:
        """Return the names of some nodes."""
        return list(map(self.names.__getitem__, numbers.tolist()))

    def aligned(self, given: Mapping[Any, float] | None, what: str, default: float = 1.0) -> Values:
        """Return one number a node from numbers by name; nodes that are not named get the default.

        Raises:
            KGError: a number is negative or not finite.
            UnknownNameError: a name is not in the graph.
        """
        values = np.full(len(self), default)
        for name, value in (given or {}).items():
            values[self.number(name)] = value
        if not np.isfinite(values).all() or (values < 0).any():
            raise KGError(f"{what}: every number is finite and not negative")
        return values

    def matrix(self, *, back: bool = False) -> Any:
        """Return the weights as a scipy CSR array: customers by suppliers, or with `back` suppliers by customers."""
        shape = (len(self), len(self))
        whole = sparse.csr_array((self.back_weight, self.back_indices, self.back_indptr), shape=shape)
        return whole if back else whole.T.tocsr()

    def without(self, names: Iterable[Hashable]) -> Snapshot:
        """Return the graph in which these nodes have no edges; they stay as nodes, so that numbers keep their meaning."""
        gone = np.zeros(len(self), dtype=bool)
        gone[self.numbers(names)] = True
        source, target = self.pairs()
        stay = ~(gone[source] | gone[target])
        weight = None if self.weight is None else self.weight[stay]
        return from_pairs(source[stay], target[stay], self.names, weight, self.labels)

    def pairs(self) -> tuple[Numbers, Numbers]:
        """Return customer and supplier of every edge, in the order of `back_indices`."""
        suppliers = np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.back_indptr))
        return self.back_indices, suppliers


class Names:
    """Texts of an edge table at some of its numbers, read where they are asked for."""

    def __init__(self, texts: Texts, places: NDArray[np.int64]) -> None:
        self.texts, self.at = texts, places

    def __len__(self) -> int:
        return len(self.at)

    def __getitem__(self, number: int) -> str:
        return self.texts[int(self.at[number])]

    def __iter__(self) -> Iterator[str]:
        whole, ends = self.texts.bytes.tobytes(), self.texts.ends.tolist()
        for at in self.at.tolist():
            yield whole[ends[at - 1] if at else 0 : ends[at]].decode("utf-8", "surrogatepass")

    def number(self, name: object) -> int | None:
        """Return where a name stands, None if it does not; these texts are in order."""
        at = bisect_left(self, text := str(name))
        return at if at < len(self) and self[at] == text else None

    def places(self, text: str) -> list[int]:
        """Return every number at which exactly this text stands; found in the bytes, without reading the rest."""
        wanted, whole, ends = text.encode("utf-8", "surrogatepass"), self.texts.bytes.tobytes(), self.texts.ends
        found, start = [], whole.find(wanted) if wanted else -1
        while start >= 0:
            row = int(np.searchsorted(ends, start, side="right"))
            if (int(ends[row - 1]) if row else 0) == start and int(ends[row]) == start + len(wanted):
                place = int(np.searchsorted(self.at, row))
                if place < len(self.at) and self.at[place] == row:
                    found.append(place)
            start = whole.find(wanted, start + 1)
        return found


def from_pairs(
    source: Any,
    target: Any,
    names: Sequence[Any] | Names,
    weight: Any = None,
    labels: Sequence[Any] | Names | None = None,
) -> Snapshot:
    """Return the snapshot of edges given as numbers of customers and suppliers; loops are left out.

    Raises:
        KGError: a weight is negative or not finite.
    """
    source, target = np.asarray(source, dtype=np.int32), np.asarray(target, dtype=np.int32)
    given = None if weight is None else np.asarray(weight, dtype=np.float64)
    if given is not None and (not np.isfinite(given).all() or (given < 0).any()):
        raise KGError("every weight is finite and not negative")
    stay = source != target
    if not stay.all():
        source, target, given = source[stay], target[stay], None if given is None else given[stay]
    back, weights = _rows(target, source, given, len(names))
    forward = back.T.tocsr()
    found = (forward.indptr, forward.indices, back.indptr, back.indices)
    arrays = [array.astype(np.int32, copy=False) for array in found]
    return Snapshot(names, arrays[0], arrays[1], arrays[2], arrays[3], weights, labels)


def _rows(row: Numbers, column: Numbers, weight: Values | None, size: int) -> tuple[Any, Values | None]:
    """Compressed rows without parallel edges, and the largest weight of each."""
    if weight is None:
        return joined(row, column, size), None
    order = np.lexsort((-weight, column, row))
    row, column, weight = row[order], column[order], weight[order]
    first = np.ones(len(row), dtype=bool)
    first[1:] = (row[1:] != row[:-1]) | (column[1:] != column[:-1])
    row, column, weight = row[first], column[first], weight[first]
    ends = np.concatenate(([0], np.cumsum(np.bincount(row, minlength=size)))).astype(np.int32)
    rows = sparse.csr_array((np.ones(len(row), np.int8), column, ends), shape=(size, size))
    return rows, None if (weight == 1).all() else weight


def from_networkx(graph: nx.Graph[Any], weight: str | None = "weight") -> Snapshot:
    """Return the snapshot of a networkx graph, whose edges run from customer to supplier.

    Edges with a `type` other than `usesVendor`, those whose `certainty` is denied, and nodes with a `type` other than
    organization or vendor are left out. Edges without the weight attribute weigh 1.

    Raises:
        KGError: a weight is negative, not finite or not a number.
    """
    nodes: Any = graph.nodes(data="type")
    names = [node for node, kind in nodes if kind is None or kind in ORGANIZATIONS]
    number = {name: at for at, name in enumerate(names)}
    edges: Any = graph.edges(data=True)
    rows = [
        (number[s], number[t], told.get(weight, 1.0) if weight else 1.0)
        for s, t, told in edges
        if told.get("type", _USES) == _USES and told.get("certainty") != _DENIED and s in number and t in number
    ]
    if not graph.is_directed():
        rows += [(t, s, w) for s, t, w in rows]
    source, target, weights = zip(*rows, strict=True) if rows else ((), (), ())
    try:
        return from_pairs(source, target, names, weights)
    except (TypeError, ValueError) as error:
        raise KGError(f"a weight is not a number: {error}") from error


def from_table(table: EdgeTable, *, valid_on: date | None = None, certainty: Sequence[str] | None = None) -> Snapshot:
    """Return the snapshot of an edge table: its organizations, and who supplies whom.

    Args:
        table: of a generation or an earlier state.
        valid_on: keep to the relationships in force on this day.
        certainty: keep to edges that a claim gives one of these; those that are denied are left out in any case.

    Raises:
        KGError: a certainty is unknown.
    """
    if unknown := set(certainty or ()) - set(CERTAINTIES):
        raise KGError(f"no certainty is called {', '.join(sorted(unknown))}")
    places = np.flatnonzero(np.isin(table.kind, [KINDS.index(kind) for kind in ORGANIZATIONS]))
    number = np.full(len(table.iri), -1, dtype=np.int32)
    number[places] = np.arange(len(places), dtype=np.int32)
    source, target = number[table.source], number[table.target]
    stay = (table.type == TYPES.index(_USES)) & (source >= 0) & (target >= 0)
    stay &= table.certainty != CERTAINTIES.index(_DENIED)
    if valid_on is not None:
        day = valid_on.toordinal() - _DAY_ZERO
        stay &= (table.valid_from <= day) & (day < table.valid_until)
    if certainty is not None:
        stay &= np.isin(table.certainty, [CERTAINTIES.index(one) for one in certainty])
    weight = table.weight[stay]
    names, labels = Names(table.iri, places), Names(table.label, places)
    given = None if (weight == 1).all() else weight
    return from_pairs(source[stay], target[stay], names, given, labels)


def weighted(snapshot: Snapshot, weight: str | float) -> Snapshot:
    """Return the graph with other weights: "full" as they are, "equal" shares of a customer's suppliers, or one number.

    Raises:
        KGError: the weight is another word, or no number between 0 and 1.
    """
    if weight == "full":
        return snapshot
    customers, suppliers = snapshot.pairs()
    if weight == "equal":
        each = 1 / np.diff(snapshot.indptr)[customers]
    else:
        try:
            each = np.full(snapshot.edges, float(weight))
        except ValueError:
            raise KGError(f"weight is full, equal, or a number, not {weight!r}") from None
        if not 0 <= float(weight) <= 1:
            raise KGError(f"weight is {weight}; it lies between 0 and 1")
    return from_pairs(customers, suppliers, snapshot.names, each, snapshot.labels)


def as_snapshot(graph: Graph, weight: str | None = "weight") -> Snapshot:
    """Return the graph itself if it is a snapshot, else the snapshot of a networkx graph; without weights if `weight` is None."""
    if not isinstance(graph, Snapshot):
        return from_networkx(graph, weight)
    return graph if weight is not None or graph.weight is None else replace(graph, weight=None)


def gathered(ends: Numbers, neighbours: Numbers, rows: Any) -> Numbers:
    """Return the neighbours of some rows, one row after the other."""
    found: Numbers = neighbours[places(ends, rows)]
    return found


def ones(ends: Numbers, neighbours: Numbers, kind: Any) -> Any:
    """Return compressed rows as a scipy CSR array that has a one of some type for every edge."""
    size = len(ends) - 1
    return sparse.csr_array((np.ones(len(neighbours), kind), neighbours, ends), shape=(size, size))


def joined(rows: Numbers, columns: Numbers, size: int) -> Any:
    """Return a scipy CSR array in which those pairs of a row and a column are not 0; no pair stands in it twice."""
    found = sparse.coo_array((np.ones(len(rows), np.int8), (rows, columns)), shape=(size, size)).tocsr()
    found.sum_duplicates()
    return found


def places(ends: Numbers, rows: Any) -> Any:
    """Return where the neighbours of some rows stand."""
    begins, sizes = ends[rows], ends[rows + 1] - ends[rows]
    total = int(sizes.sum())
    before = np.cumsum(sizes) - sizes
    return np.arange(total) + np.repeat(begins - before, sizes)
