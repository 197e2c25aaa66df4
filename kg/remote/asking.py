"""Queries put to a server; the limits are kept on this side too."""

from __future__ import annotations

import re
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import MissingExtraError, QueryError, StoreError
from kg.query import Answer, Limits
from kg.query.answer import answered, unreadable
from kg.query.refusing import form_of
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from kg.client import Client

_ROWS, _TRIPLES = "application/sparql-results+json", "application/n-triples, text/turtle;q=0.8"
_ASKED = ("__ASK_RETVAL",)
"""The one column in which Virtuoso answers an ASK."""
_GRAPHS = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
}


def client(address: str) -> Client:
    """Return what asks the server at an address.

    Raises:
        MissingExtraError: httpx is not installed.
        StoreError: it is no address of a server.
    """
    if find_spec("httpx") is None:
        raise MissingExtraError("httpx is not installed (pip install 'breachkg[remote]')")
    from kg.client import Client  # noqa: PLC0415 - needs the extra

    return Client(address)


class RemoteGuard:
    """Answers queries by asking a server, as `kg.query.Guard` does by asking a store.

    Attributes:
        client: the server.
        canonical: the named graph that holds the canonical facts, where the server has no default graph of its own.
    """

    def __init__(self, client: Client, canonical: str = "") -> None:
        self.client, self.canonical = client, canonical

    def answer(self, text: str, limits: Limits | None = None, **options: Any) -> Answer:
        """Return the answer to a query; if it is too long, its beginning, and `Answer.cut` says so.

        `kg serve` is told how many rows are enough. Other servers send all of them, as far as they give any number: they
        are cut here, if they are not too many bytes.

        Args:
            text: the query; the usual prefixes need not be declared.
            limits: what it may take.
            options: none; they are for a store at hand.

        Raises:
            QueryError: the server refuses the query, or it is over a limit; so it is if the server sends more than
                `limits.size` bytes.
            StoreError: the server cannot be reached, or answers with something else.
        """
        if options:
            raise QueryError("a server takes queries as they are, without options of the engine here")
        return self.asked(text, limits or Limits(), self.canonical)

    def asked(self, text: str, limits: Limits, default: str = "") -> Answer:
        """Return the answer to a query over another default graph: that of this name, or the server's own.

        Raises:
            QueryError: as for `answer`; so is StoreError.
        """
        fields = [("query", declared(text)), ("max-rows", str(limits.rows))]
        if default:
            fields.append(("default-graph-uri", default))
        # Asked for either, Virtuoso would give a graph as rows.
        accept = {"Accept": _TRIPLES if form_of(text) in {"CONSTRUCT", "DESCRIBE"} else _ROWS}
        reply = self.client.send("POST", headers=accept, fields=fields, seconds=limits.seconds, size=limits.size)
        self.client.refuse(reply)
        cut = self.client.told(reply.headers.get("kg-cut", ""))
        named = reply.headers.get("content-type", "").partition(";")[0].strip()
        kind = named.lower()
        try:
            if kind in _GRAPHS:
                return _first((quad.triple for quad in ox.parse(reply.body, format=_GRAPHS[kind])), limits, cut)
            if kind.endswith("json"):
                return _rows(ox.parse_query_results(reply.body, format=ox.QueryResultsFormat.JSON), limits, cut)
        except (SyntaxError, ValueError, MemoryError) as error:
            wrong = f"the answer cannot be read: {self.client.told(unreadable(error))}"
        else:
            wrong = f"no SPARQL endpoint (it answers with {self.client.told(named) or 'nothing'})"
        # Not while the error is at hand: it holds what reads the answer, which may not leave its thread.
        raise StoreError(f"{self.client.shown}: {wrong}")


def _rows(found: Any, limits: Limits, cut: str) -> Answer:
    if isinstance(found, ox.QueryBoolean):
        return answered(found)
    columns, rows = tuple(variable.value for variable in found.variables), tuple(islice(found, limits.rows + 1))
    if columns == _ASKED:
        return Answer(boolean=any(row[0].value == "1" for row in rows))
    return Answer(columns, rows[: limits.rows], cut=_cut(rows, limits) or cut)


def _first(triples: Any, limits: Limits, cut: str) -> Answer:
    found = tuple(islice(triples, limits.rows + 1))
    return Answer(triples=found[: limits.rows], cut=_cut(found, limits) or cut)


def _cut(rows: tuple[Any, ...], limits: Limits) -> str:
    return f"more than {limits.rows:,} rows" if len(rows) > limits.rows else ""


def declared(text: str) -> str:
    """Return a query with the usual prefixes declared that it uses and does not declare."""
    needed = [
        f"PREFIX {name}: <{iri}>"
        for name, iri in PREFIXES.items()
        if re.search(rf"(?<![\w.-]){name}:", text) and not re.search(rf"\bprefix\s+{name}\s*:", text, re.IGNORECASE)
    ]
    return " ".join([*needed, text])
