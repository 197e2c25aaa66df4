"""An `rdflib.Dataset` over the store that only reads, and whose queries are guarded.

rdflib hands a query to the store beneath it; where that declines (a prepared query, an option it does not know) rdflib
answers with its own engine, which asks the servers that SERVICE names and reads the files and addresses that FROM
names. So nothing is declined here: what the guard cannot answer is an error.
"""

from __future__ import annotations

import re
from itertools import starmap
from typing import TYPE_CHECKING, Any, NoReturn, cast

import pyoxigraph as ox
import rdflib
from oxrdflib import OxigraphStore
from oxrdflib._converter import from_ox, to_ox
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.namespace import XSD
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import Result
from rdflib.term import BNode, Literal, Variable

from kg.errors import LimitError, QueryError, StoreError
from kg.patterns import regex
from kg.query import Limits
from kg.remote.holding import EVERYTHING
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping

    from kg.query import Answer, Guard
    from kg.remote import RemoteGuard
    from kg.store import GraphStore

_NOT_SELECTED = regex(r"does not contains? variable \?(\S+) in its SELECT projection")
_QUOTED = "|".join(
    rf"{mark}{{3}}(?:[^{mark}\\]|\\.|{mark}(?!{mark}{{2}}))*+{mark}{{3}}|{mark}(?:[^{mark}\\\r\n]|\\.)*+{mark}"
    for mark in "'\""
)
_TOKEN = regex(
    rf"{_QUOTED}|<(?:[a-z][\w+.-]*+:|[#/])[^\s<>]*+>|<[^\s<>\"'?${{}}]*+>|#[^\r\n]*+|\\.|[?$](?P<name>[\w\u00b7\u0300-\u036f\u203f\u2040]++)",
    re.IGNORECASE | re.DOTALL,
)
"""What of a query may hold a question mark: texts, IRIs, comments, letters that are escaped, and variables."""
_GROUPS = regex(r"(?:(?<![a-z_:-])(?P<minus>MINUS)\s*)?\{|\}|\0", re.IGNORECASE)
"""Where groups begin and end, and a mark; "GRAPH ex:minus {" takes nothing away."""


def read_only(store: GraphStore, guard: Guard, limits: Limits) -> rdflib.Dataset:
    """Return the dataset of a store: its default graph holds the canonical facts, its other graphs the evidence.

    Its queries are refused, limited and ended by a guard of the same store. Whatever would write, or read from
    elsewhere, raises StoreError.
    """
    return _bound(_Dataset(_Store(store, guard, limits)))


def unguarded(store: GraphStore) -> rdflib.Dataset:
    """Return rdflib's own dataset over a store, without guards."""
    return _bound(rdflib.Dataset(OxigraphStore(store=store.quads)))


def remote(asker: RemoteGuard, limits: Limits | None = None) -> rdflib.Dataset:
    """Return the dataset over a server, which is asked as `asker` asks it: who asks is told alike."""
    return _bound(_Dataset(_AtServer(asker, limits or Limits())))


def _bound(dataset: rdflib.Dataset) -> rdflib.Dataset:
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace)
    return dataset


def _refused(what: str) -> StoreError:
    return StoreError(f"{what} is refused: the dataset of a store is only read (build it with `kg build`)")


def _refusing(what: str) -> Callable[..., NoReturn]:
    """A method that does nothing but refuse."""

    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise _refused(what)

    return refuse


_refuse_change = _refusing("a change")


class _Store(OxigraphStore):
    """What rdflib reads from; a graph that it gives is as guarded as the dataset."""

    def __init__(self, store: GraphStore, guard: Guard, limits: Limits) -> None:
        super().__init__(store=store.quads)
        self._guard, self._limits = guard, limits

    def query(
        self,
        query: Any,
        initNs: Mapping[str, Any],  # noqa: N803 - rdflib's names
        initBindings: Mapping[str, Any],  # noqa: N803
        queryGraph: Any,  # noqa: N803
        **kwargs: Any,
    ) -> Result:
        """Return the answer of the guard as rdflib has it.

        Raises:
            QueryError: as for `kg.query.Guard.answer`; there are more rows than the limits allow; the query is no text; a
                variable is given what is no term, or a blank node where the query does not select the variable.
        """
        if not isinstance(query, str) or kwargs:
            raise _unfit()
        prefixes = {prefix: str(iri) for prefix, iri in [*self.namespaces(), *initNs.items()]}
        union = queryGraph == "__UNION__"
        options: dict[str, Any] = {
            "prefixes": prefixes,
            "use_default_graph_as_union": union,
            "default_graph": None if union or queryGraph == DATASET_DEFAULT_GRAPH_ID else to_ox(queryGraph),
        }
        answer = self._answer(query, options, dict(starmap(_value, initBindings.items())))
        return _result(answer)

    def _answer(self, text: str, options: dict[str, Any], values: dict[str, Any]) -> Answer:
        """The answer with some values for variables; the engine takes none for a variable that a query does not select."""
        written = ""
        while True:
            try:
                given = {ox.Variable(name): term for name, term in values.items()}
                return self._guard.answer(text, self._limits, **options, substitutions=given)
            except QueryError as error:
                hidden = _NOT_SELECTED.search(str(error))
                if hidden is None or hidden[1] not in values:
                    if written and not isinstance(error, LimitError):
                        raise QueryError(
                            f"{written} is given a value, but stands where only a variable can: select it"
                        ) from error
                    raise
                text = _with_value(text, hidden[1], values.pop(hidden[1]))
                written = f"?{hidden[1]}"

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[tuple[Any, Any]]:
        """Yield the triples of a pattern, each with its graph."""
        for (subject, predicate, value), graphs in super().triples(triple_pattern, context):
            yield (subject, predicate, _plain(value)), graphs

    def contexts(self, triple: Any = None) -> Generator[rdflib.Graph, None, None]:
        """Return the named graphs, or those that hold a triple."""
        for graph in super().contexts(triple):
            yield _Graph(self, graph.identifier)

    add = addN = remove = add_graph = remove_graph = update = open = create = destroy = _refuse_change  # noqa: N815


class _AtServer(SPARQLStore):
    """What rdflib reads from where the quads are at a server: rdflib words what it asks for, and the asker puts it there."""

    def __init__(self, asker: RemoteGuard, limits: Limits) -> None:
        super().__init__(str(asker.client.url))
        self._asker, self._limits = asker, limits

    def query(  # type: ignore[override] # as rdflib's own
        self,
        query: Any,
        initNs: Mapping[str, Any] | None = None,  # noqa: N803 - rdflib's names
        initBindings: Mapping[str, Any] | None = None,  # noqa: N803
        queryGraph: Any = None,  # noqa: N803
        **kwargs: Any,
    ) -> Result:
        """Return the server's answer as rdflib has it; values for variables are joined to it, as rdflib's own store does.

        Raises:
            QueryError: the server refuses the query, it is over a limit, or there are more rows than the limits allow; the
                query is no text; all graphs at once are asked for; a variable is given what is no term, or a blank node.
            StoreError: the server cannot be reached.
        """
        if not isinstance(query, str) or kwargs:
            raise _unfit()
        if queryGraph == "__UNION__":
            raise QueryError("a server is not asked for all its graphs as one: name them with GRAPH")
        values = dict(starmap(_value, (initBindings or {}).items()))
        if blank := next((name for name, value in values.items() if isinstance(value, ox.BlankNode)), None):
            raise QueryError(f"?{blank} is given a blank node, which no server knows")
        names, terms = (" ".join(words) for words in (map("?{}".format, values), map(str, values.values())))
        text = f"{query}\nVALUES ({names}) {{ ({terms}) }}" if values else query
        return self._told(self._inject_prefixes(text, initNs or {}), self._limits, queryGraph)

    def _query(self, text: str, default_graph: Any = None) -> Result:
        """The answer to what rdflib asks of its own accord: the triples of a pattern, or how many there are."""
        return self._told(text, EVERYTHING, default_graph)

    def _told(self, text: str, limits: Limits, graph: Any) -> Result:
        # rdflib's name of the default graph is none at a server, and a graph without a name of its own has one by chance.
        own = graph is None or graph == DATASET_DEFAULT_GRAPH_ID or isinstance(graph, BNode)
        return _result(self._asker.asked(text, limits, self._asker.canonical if own else str(graph)))

    def contexts(self, triple: Any = None) -> Generator[rdflib.Graph, None, None]:  # type: ignore[override]
        """Return the named graphs, or those that hold a triple."""
        pattern = " ".join(
            self.node_to_sparql(Variable(name) if term is None else term)
            for name, term in zip("spo", triple or (None, None, None), strict=True)
        )
        text = f"SELECT DISTINCT ?g {{ GRAPH ?g {{ {pattern} }} }}"
        # Some servers no longer see named graphs once a request says which the default graph is.
        for (graph,) in self._asker.asked(text, EVERYTHING).terms:
            yield _Graph(self, cast("Any", from_ox(graph)))

    add = addN = remove = add_graph = remove_graph = update = open = create = destroy = _refuse_change  # noqa: N815


class _Graph(rdflib.Graph):
    """One graph; it keeps rdflib from reading a source, or taking its own engine, before it turns to the store."""

    def query(  # noqa: PLR0917 - rdflib has them so
        self,
        query_object: Any,
        processor: Any = "sparql",
        result: Any = "sparql",  # noqa: ARG002 - rdflib passes over it too
        initNs: Mapping[str, Any] | None = None,  # noqa: N803 - rdflib's names
        initBindings: Mapping[str, Any] | None = None,  # noqa: N803
        use_store_provided: bool = True,
        **kwargs: Any,
    ) -> Result:
        """Return the store's answer.

        Raises:
            QueryError: as for the store's `query`, or another engine is asked for.
        """
        if processor != "sparql" or not use_store_provided:
            raise QueryError("rdflib's own engine is not used here: it is not guarded")
        return super().query(query_object, initNs=initNs, initBindings=initBindings, **kwargs)

    update = _refusing("an update")
    parse = _refusing("reading a source into it")


class _Dataset(_Graph, rdflib.Dataset):
    """The dataset itself."""

    def __init__(self, store: _Store | _AtServer) -> None:
        super().__init__(store=store)
        self.default_graph = _Graph(store, self.default_graph.identifier)

    def get_context(self, identifier: Any, *_: Any, **__: Any) -> rdflib.Graph:
        """Return the graph of that name; an empty one where there is none."""
        return _Graph(self.store, identifier, self.namespace_manager)

    def graph(self, identifier: Any = None, *_: Any, **__: Any) -> rdflib.Graph:
        """Return the graph of that name; an empty one where there is none."""
        if identifier is None:
            raise _refused("a new graph")
        return self.get_context(getattr(identifier, "identifier", identifier))

    add_graph = _refusing("a new graph")


def _value(name: Any, term: Any) -> tuple[str, Any]:
    """A variable's name and its value as a term of the engine."""
    variable = str(Variable(name))
    try:
        value = to_ox(term)
    except (TypeError, ValueError) as error:
        raise QueryError(f"?{variable} is given {term!r}, which is no term of RDF: {error}") from error
    if value is None or isinstance(value, (ox.DefaultGraph, ox.Quad)):
        raise QueryError(f"?{variable} is given {term!r}, which is no term of RDF")
    return variable, value


def _with_value(text: str, name: str, value: Any) -> str:
    """A query with a value written in place of a variable: as an N-Triples term, in which nothing can end what it stands in."""
    if isinstance(value, ox.BlankNode):
        raise QueryError(f"?{name} is given a blank node, but the query does not select it")
    if _in_minus(text, name):
        # What MINUS takes away depends on which variables both of its sides have.
        raise QueryError(f"?{name} is given a value, and stands in a MINUS: select it")
    term = f" {value} "
    told = _TOKEN.sub(lambda token: term if token["name"] == name else token[0], text)
    if told == text and re.search(rf"[?$]{name}\b", text):
        # In what is read as a text or a comment: an answer as if nothing were given would be another one.
        raise QueryError(f"?{name} is given a value, but the query has it in no pattern")
    return told


def _in_minus(text: str, name: str) -> bool:
    """Whether a variable stands in a group that is taken away."""
    bare = _TOKEN.sub(lambda token: "\0" if token["name"] == name else " ", text)
    taken_away: list[bool] = []
    for sign in _GROUPS.finditer(bare):
        if sign[0] == "}":
            del taken_away[-1:]
        elif sign[0] != "\0":
            taken_away.append(sign["minus"] is not None)
        elif any(taken_away):
            return True
    return False


def _unfit() -> QueryError:
    return QueryError("a query is given as a text and without options of rdflib's own engine, which is not used")


def _result(answer: Answer) -> Result:
    """An answer as rdflib has it, if it is whole."""
    if answer.cut:
        raise QueryError(f"the answer has {answer.cut}: give the query a LIMIT, or open the graph with other limits")
    if answer.boolean is not None:
        told = Result("ASK")
        told.askAnswer = answer.boolean
    elif answer.columns is not None:
        told = Result("SELECT")
        told.vars = [Variable(name) for name in answer.columns]
        told.bindings = [_bindings(told.vars, row) for row in answer.terms]
    else:
        told = Result("CONSTRUCT")
        told.graph = rdflib.Graph()
        for triple in answer.triples:
            subject, predicate, value = cast("Any", from_ox(triple))
            told.graph.add((subject, predicate, _plain(value)))
    return told


def _bindings(variables: list[Variable], row: Any) -> dict[Variable, Any]:
    return {
        variable: _plain(from_ox(term)) for variable, term in zip(variables, row, strict=True) if term is not None
    }  # fmt: skip


def _plain(term: Any) -> Any:
    """A term as rdflib's parsers give it: a text without a datatype, which is another term for rdflib than one with it."""
    return Literal(str(term)) if isinstance(term, Literal) and term.datatype == XSD.string else term
