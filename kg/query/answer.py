"""The answer to a query, made of what the engine gives."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.query.table import Table, value_of
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

_STRING = PREFIXES["xsd"] + "string"
_FULL = "Reached the buffer maximal size"
"""What the engine says of a text that it cannot read in one piece: a value, or, of rows as TSV, a row."""


@dataclass(frozen=True, repr=False)
class Answer:
    """The answer to any query: a table, or a graph; as objects and in the standard formats.

    Attributes:
        columns: the names of the variables of a SELECT.
        terms: its rows as RDF terms, in the query's order; an unbound variable is None.
        triples: the graph of a CONSTRUCT or DESCRIBE.
        boolean: the answer to an ASK, else None.
        cut: why the answer is not whole ("more than 1,000 rows"); "" for all there is.
        defaults: of a ready question, the parameters that were not given, with the examples that were taken for them.
    """

    columns: tuple[str, ...] | None = None
    terms: tuple[Any, ...] = ()
    triples: tuple[ox.Triple, ...] = ()
    boolean: bool | None = None
    cut: str = ""
    defaults: Mapping[str, str] = field(default_factory=dict, compare=False)

    def __repr__(self) -> str:
        told = f"{len(self.triples):,} triples" if self.table is None else self.table.first()
        return f"<Answer {told}{', cut: ' + self.cut if self.cut else ''}>"

    @cached_property
    def table(self) -> Table | None:
        """The rows as Python values (an ASK is one row, one column); None for a graph."""
        if self.boolean is not None:
            return Table(("answer",), [(self.boolean,)])
        if self.columns is None:
            return None
        width = range(len(self.columns))
        return Table(self.columns, [tuple(value_of(row[i]) for i in width) for row in self.terms])

    def to_json(self) -> str:
        """Return SPARQL 1.1 Query Results JSON, or JSON-LD for a graph."""
        if self.boolean is not None:
            return f'{{"head": {{}}, "boolean": {str(self.boolean).lower()}}}\n'
        if self.columns is not None:
            return _results_json(self.columns, self.terms)
        text = ox.serialize(sorted(self.triples, key=str), format=ox.RdfFormat.JSON_LD) or b""
        return text.decode("utf-8") + "\n"

    def to_turtle(self) -> str:
        """Return the graph of a CONSTRUCT or DESCRIBE as Turtle, sorted."""
        ordered = sorted(self.triples, key=str)
        return (ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b"").decode("utf-8")


def answered(result: Any, cut: str = "") -> Answer:
    """Return the answer that holds what the engine gave: solutions, a boolean, or triples."""
    if isinstance(result, ox.QueryBoolean):
        return Answer(boolean=bool(result), cut=cut)
    if isinstance(result, ox.QuerySolutions):
        return Answer(tuple(variable.value for variable in result.variables), tuple(result), cut=cut)
    return Answer(triples=tuple(result), cut=cut)


def too_long(error: Exception) -> bool:
    """Return whether the engine cannot read an answer for the length of what is in it, and not for want of memory."""
    return isinstance(error, MemoryError) and _FULL in str(error)


def unreadable(error: Exception) -> str:
    """Return why the engine cannot read an answer."""
    if too_long(error):
        return "a value in it, or a row of values, has more than 16 MiB"
    return " ".join(str(error).split())[:200] or type(error).__name__


def _results_json(columns: tuple[str, ...], terms: tuple[Any, ...]) -> str:
    rows = [
        {name: _json_term(row[i]) for i, name in enumerate(columns) if row[i] is not None} for row in terms
    ]  # fmt: skip
    told = {"head": {"vars": list(columns)}, "results": {"bindings": rows}}
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def _json_term(term: Any) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Literal):
        told: dict[str, Any] = {"type": "literal", "value": term.value}
        if term.language:
            told["xml:lang"] = term.language
        elif term.datatype.value != _STRING:
            told["datatype"] = term.datatype.value
        return told
    return {"type": "triple", "value": {k: _json_term(getattr(term, k)) for k in ("subject", "predicate", "object")}}
