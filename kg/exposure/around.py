"""The canonical graph around the nodes that are asked for: the nodes and edges of a projection, each read when it is needed.

To project a graph takes as long as it is large; a question about one organization looks at a small part of it. What is
given here is what the projection of the same store has, in the same order.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property, partial
from itertools import product
from typing import TYPE_CHECKING, Any, TypeVar

import pyoxigraph as ox

from kg.errors import UnknownNameError
from kg.exposure.disputes import OVERTAKEN, SPARED, TOLD_ON, days_of, involvements
from kg.exposure.names import Finder, exact_names
from kg.exposure.projection import DIRECT, KINDS, data_type, kind_of, node_of, project, relationship_of, slug_of
from kg.exposure.statements import ORGANIZATIONS, Claim, Edge, Exposure, Node, Relationship, name_of
from kg.store.reading import damage
from kg.vocabulary import BKG, NS, PREFIXES, REUSED

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from kg.exposure.disputes import Days
    from kg.exposure.projection import Projection
    from kg.exposure.statements import Surroundings
    from kg.store import GraphStore

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_NAMING = tuple(
    term[1:-1]
    for term in (
        REUSED["rdfs:label"],
        REUSED["skos:altLabel"],
        REUSED["dct:identifier"],
        BKG["publisher"],
        REUSED["schema:url"],
    )
)
"""Properties whose values a node is known by."""
_CITED = REUSED["dct:source"]
_SUPPLYING = ("Organization", "Vendor")
"""Classes whose members are organizations, if they are shown as such."""
_CLAIMED = DIRECT | {name: BKG[name] for name in ("involvement", *TOLD_ON)}
"""Type of a statement -> the property that a claim of it names."""


class _Made(dict[_Key, _Value]):
    """Values that are made when they are first asked for by their key, and kept."""

    def __init__(self, make: Callable[[_Key], _Value]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: _Key) -> _Value:
        made = self[key] = self._make(key)
        return made


class Around:
    """Nodes and edges of a store, read when they are asked for.

    Attributes:
        nodes: IRI -> node; it lists those that were asked for.
    """

    def __init__(self, store: GraphStore) -> None:
        self.store = store
        self.nodes: Mapping[str, Node] = _Made(self._node)
        self._told: Mapping[str, dict[str, list[str]]] = _Made(self._read)
        self._claims = {end: _Made(partial(self._claimed, end)) for end in ("subject", "object")}
        self._terms = {end: _Made(partial(self._supplied, end)) for end in ("customer", "supplier")}

    def out(self, kind: str, node: str) -> list[Edge]:
        """Return the edges of a type that leave a node."""
        if kind in DIRECT:
            others = self._values(node, DIRECT[kind]) if self._shown(node) else []
            return [self._edge(node, kind, other) for other in others if self._shown(other)]
        if kind == "citesSource":
            return self._citations(node)
        return [edge for edge in self._involvements(node, _role(kind)) if edge.type == kind]

    def into(self, kind: str, node: str) -> list[Edge]:
        """Return the edges of a type that reach a node."""
        if kind in DIRECT:
            others = self._subjects(DIRECT[kind], node) if self._shown(node) else []
            told = [self._edge(other, kind, node, from_target=True) for other in others if self._shown(other)]
        elif kind == "citesSource":
            told = [edge for other in self._subjects(_CITED, node) for edge in self._citations(other)]
        else:
            role = _role(kind)
            involved = [
                one for one in self._subjects(BKG["party"], node) if slug_of(self._last(one, BKG["role"])) == role
            ]
            incidents = sorted({other for one in involved for other in self._subjects(BKG["involvement"], one)})
            told = [edge for incident in incidents for edge in self.out(kind, incident)]
        return [edge for edge in told if edge.target == node]

    def leaving(self, nodes: Collection[str]) -> list[Edge]:
        """Return the edges of any type that leave some nodes, in the order in which a projection has them."""
        sources = sorted(nodes)
        return [
            *(edge for kind in DIRECT for source in sources for edge in self.out(kind, source)),
            *(edge for source in sources for edge in self._involvements(source)),
            *(edge for source in sources for edge in self._citations(source)),
        ]

    def exposures(self, incident: str) -> list[Exposure]:
        """Return the data that an incident exposed."""
        found = [
            Exposure(
                self._last(iri, REUSED["rdfs:label"]),
                slug_of(self._last(iri, BKG["dataType"])),
                slug_of(self._last(iri, BKG["certainty"])),
            )
            for iri in self._values(incident, BKG["exposure"])
            if self._values(iri, BKG["dataType"])
        ]
        return sorted(found, key=lambda exposure: exposure.text.casefold())

    def named(self, name: str, kinds: Collection[str] = ()) -> list[Node]:
        """Return every node that has exactly this name, of one of the kinds where any are given; see `Finder.all`."""
        iri = name.strip("<>")
        if _is_iri(iri) and self._is(iri, kinds):
            return [self.nodes[iri]]
        found = sorted({*self._bearing(name), *self._ending(name, kinds)})
        told = [self.nodes[one] for one in found if self._is(one, kinds)]
        return [node for node in told if name in exact_names(node)]

    def organizations(self) -> dict[str, Node]:
        """Return all organizations, by IRI."""
        return {iri: self.nodes[iri] for iri in self._of_classes(_SUPPLYING) if self._is(iri, ORGANIZATIONS)}

    def _is(self, iri: str, kinds: Collection[str]) -> bool:
        return self._shown(iri) and (not kinds or self.nodes[iri].kind in kinds)

    def _bearing(self, name: str) -> Iterable[str]:
        """Subjects that a name is told of; one that no document can hold, as it is no valid text, of none."""
        if not _is_text(name):
            return
        address = ox.Literal(name, datatype=ox.NamedNode(PREFIXES["xsd"] + "anyURI"))
        with damage(self.store.path):
            for property_, value in product(_NAMING, (ox.Literal(name), address)):
                found = self.store.quads.quads_for_pattern(None, ox.NamedNode(property_), value, ox.DefaultGraph())
                yield from (quad.subject.value for quad in found)  # type: ignore[union-attr]

    def _ending(self, name: str, kinds: Collection[str]) -> Iterable[str]:
        """The nodes whose IRI ends with a name, and all kinds of data, whose labels are in a language."""
        if not kinds:
            yield from (kind for (kind,) in self._rows(f"SELECT DISTINCT ?o {{ ?s {DIRECT['exposedDataType']} ?o }}"))
        if name and not any(map(str.isspace, name)):
            classes = _SUPPLYING if kinds and ORGANIZATIONS.issuperset(kinds) else KINDS
            yield from (iri for iri in self._of_classes(classes) if iri.endswith(f"/{name}"))

    def _of_classes(self, names: Iterable[str]) -> list[str]:
        return sorted({iri for name in names for iri in self._subjects(REUSED["rdf:type"], NS + name)})

    def _read(self, iri: str) -> dict[str, list[str]]:
        """Property (in brackets) -> its values, sorted."""
        found: dict[str, list[str]] = defaultdict(list)
        for quad in self.store.find(iri) if iri else ():
            found[f"<{quad.predicate.value}>"].append(quad.object.value)  # type: ignore[union-attr]
        return {term: sorted(values) for term, values in found.items()}

    def _values(self, iri: str, term: str) -> list[str]:
        return self._told[iri].get(term, [])

    def _last(self, iri: str, term: str) -> str:
        return next(reversed(self._values(iri, term)), "")

    def _subjects(self, term: str, obj: str) -> list[str]:
        return sorted(quad.subject.value for quad in self.store.find(None, term[1:-1], obj))  # type: ignore[union-attr]

    def _kind(self, iri: str) -> str | None:
        classes = self._values(iri, REUSED["rdf:type"])
        return kind_of(one.removeprefix(NS) for one in classes)

    def _shown(self, iri: str) -> bool:
        try:
            return bool(self.nodes[iri])
        except KeyError:
            return False

    def _node(self, iri: str) -> Node:
        if kind := self._kind(iri):
            return node_of(iri, kind, partial(self._values, iri))
        if iri and self.store.find(None, DIRECT["exposedDataType"][1:-1], iri):
            return data_type(iri, self._values(iri, f"<{PREFIXES['skos']}prefLabel>"))
        raise KeyError(iri)

    def _edge(self, source: str, kind: str, target: str, *, from_target: bool = False) -> Edge:
        if from_target:
            claims = self._claims["object"][kind, target].get(source, ())
            terms = self._terms["supplier"][target].get(source, ()) if kind == "usesVendor" else ()
        else:
            claims = self._claims["subject"][kind, source].get(target, ())
            terms = self._terms["customer"][source].get(target, ()) if kind == "usesVendor" else ()
        return Edge(source, kind, target, tuple(claims), tuple(terms))

    def _rows(self, query: str) -> list[tuple[str, ...]]:
        """The rows of a query as texts, sorted; "" stands for what is not bound."""
        with damage(self.store.path):
            found: Any = self.store.quads.query(query)
            return sorted(tuple("" if term is None else term.value for term in row) for row in found)

    def _claimed(self, end: str, statements: tuple[str, str]) -> dict[str, list[Claim]]:
        """The claims of statements of a type that begin or end at a node: the other end -> its claims."""
        (kind, iri), other = statements, "object" if end == "subject" else "subject"
        found: dict[str, list[Claim]] = defaultdict(list)
        standing = " ".join(f"OPTIONAL {{ ?c {BKG[name]} ?{name} }}" for name in ("certainty", "basis"))
        rows = self._rows(
            f"SELECT ?c ?other ?certainty ?basis {{ ?c {REUSED[f'rdf:{end}']} <{iri}> ;"
            f" {REUSED['rdf:predicate']} {_CLAIMED[kind]} ; {REUSED[f'rdf:{other}']} ?other {standing} }}"
        )
        for claim, there, certainty, basis in rows:
            found[there].append(Claim(claim, slug_of(certainty), slug_of(basis)))
        return found

    def _supplied(self, end: str, iri: str) -> dict[str, list[Relationship]]:
        """The supply relationships of a node: the organization at the other end -> those between both."""
        other = "supplier" if end == "customer" else "customer"
        found: dict[str, list[Relationship]] = defaultdict(list)
        for one in self._subjects(BKG[end], iri):
            service = self._last(self._last(one, BKG["service"]), REUSED["rdfs:label"])
            found[self._last(one, BKG[other])].append(relationship_of(one, service, partial(self._last, one)))
        return found

    def _involvements(self, incident: str, role: str = "") -> list[Edge]:
        """The edges from an incident to parties, in one role or in any but those of `DIRECT`."""
        told = []
        for involved in self._values(incident, BKG["involvement"]) if self._shown(incident) else ():
            party, word = self._last(involved, BKG["party"]), slug_of(self._last(involved, BKG["role"]))
            if word and role in ("", word) and self._shown(party):
                told.append(((incident, word, party), self._claims_of(incident, "involvement", involved)))
        return involvements(told, self._claims_of, self._days)

    def _claims_of(self, source: str, kind: str, target: str) -> Sequence[Claim]:
        return self._claims["subject"][kind, source].get(target, ())

    def _days(self, incident: str) -> Days:
        return days_of(
            (moment, *told) for moment in TOLD_ON for told in self._claims["subject"][moment, incident].items()
        )

    def _citations(self, incident: str) -> list[Edge]:
        if self._kind(incident) != "incident":
            return []
        sources = self._values(incident, _CITED)
        return [Edge(incident, "citesSource", source) for source in sources if self._shown(source)]


class Known:
    """The nodes and edges of a store, all of them or around those that are asked for, and which of them a name stands for."""

    store: GraphStore

    @cached_property
    def projection(self) -> Projection:
        """The nodes and typed edges of the canonical graph."""
        return project(self.store)

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self.projection.nodes)

    @cached_property
    def _organizations(self) -> Finder:
        """What finds organizations, and nothing else."""
        return Finder(self.around.organizations()) if isinstance(self.around, Around) else self._finder

    @cached_property
    def around(self) -> Surroundings:
        """The same nodes and edges, for a question about a few: each is read when it is asked for."""
        # A server is better asked for much at once; and what is read already need not be read again.
        return Around(self.store) if self.store.folder and "projection" not in self.__dict__ else self.projection

    def find(self, name: str | Node) -> Node:
        """Return the organization that a name, alias, identifier or IRI stands for, or that a node is.

        Raises:
            UnknownNameError: it stands for none, or for several.
            KGError: it is neither a text nor a node.
        """
        name = name_of(name)
        found = self._exactly(name, ORGANIZATIONS)
        if len(found) == 1:
            return found[0]
        try:
            return self._organizations.organization(name)
        except UnknownNameError:
            others = self._exactly(name) if isinstance(self.around, Around) else self._finder.all(name)
            if not others or any(node.kind in ORGANIZATIONS for node in others):
                raise
            told = f"{others[0].label!r}, which is of the kind {others[0].kind}"
            raise UnknownNameError(f"{name!r} is no organization; it stands for {told}") from None

    def _exactly(self, name: str, kinds: Collection[str] = ()) -> list[Node]:
        """The nodes of exactly that name, as far as they are found without reading the graph."""
        return self.around.named(name, kinds) if isinstance(self.around, Around) else []


def _role(kind: str) -> str:
    """The role that a type of statement is told in."""
    return SPARED if kind == OVERTAKEN else kind


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
