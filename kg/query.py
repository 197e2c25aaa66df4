"""SPARQL with typed results, over a store that is only read."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any, TypeAlias

import pyoxigraph as ox

from kg.errors import MissingExtraError, QueryError
from kg.vocabulary import PREFIXES, compact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store import GraphStore


class Iri(str):
    """An IRI in a result; a string that says what it is."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Iri({str(self)!r})"


Value: TypeAlias = Iri | str | int | Decimal | float | bool | date | datetime | None
_INTEGERS = frozenset(
    """
    integer int long short byte nonNegativeInteger nonPositiveInteger positiveInteger negativeInteger unsignedLong
    unsignedInt unsignedShort unsignedByte
    """.split()
)
_XSD = PREFIXES["xsd"]


class _Lines(list[str]):
    """Takes the rows of a CSV writer, which quotes a bare carriage return only if it ends lines with one."""

    def write(self, row: str) -> None:
        self.append(row.removesuffix("\r\n") + "\n")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of typed values under named columns: the answer to a SELECT (an ASK is one row, one column).

    Attributes:
        columns: the names of the variables.
        rows: one tuple a solution, in the query's order; an unbound variable is None.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Value, ...]]

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def dicts(self) -> list[dict[str, Value]]:
        """Return every row as a dict."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_csv(self) -> str:
        """Return CSV text; a cell that a spreadsheet would take for a formula is preceded by an apostrophe."""
        lines = _Lines()
        writer = csv.writer(lines)
        writer.writerow(self.columns)
        writer.writerows([cell(value) for value in row] for row in self.rows)
        return "".join(lines)

    def to_pandas(self) -> Any:
        """Return a `pandas.DataFrame`.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        try:
            import pandas as pd  # noqa: PLC0415 - optional
        except ImportError as error:
            raise MissingExtraError("this needs pandas (pip install pandas)") from error
        return pd.DataFrame(self.rows, columns=list(self.columns))

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(show(value))}</td>" for value in row) + "</tr>" for row in self.rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def show(value: Value) -> str:
    """Return a value as a person reads it: prefixed IRIs, plain text, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return compact(value) if isinstance(value, Iri) else str(value)


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def cell(value: Value) -> str:
    """Return a value as a CSV cell, safe to open in a spreadsheet."""
    text = show(value)
    return "'" + text if text.startswith(_FORMULA) and not isinstance(value, (int, float, Decimal)) else text


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to any query: a table, or a graph; as objects and in the standard formats."""

    table: Table | None
    triples: tuple[ox.Triple, ...] = ()
    boolean: bool | None = None
    _json: str = ""

    def to_json(self) -> str:
        """Return SPARQL 1.1 Query Results JSON, or JSON-LD for a graph."""
        return self._json

    def to_turtle(self) -> str:
        """Return the graph of a CONSTRUCT or DESCRIBE as Turtle, sorted."""
        ordered = sorted(self.triples, key=str)
        return (ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b"").decode("utf-8")


def run(store: GraphStore, text: str) -> Answer:
    """Return the answer to a query; the usual prefixes need not be declared.

    Raises:
        QueryError: the query is malformed, an update, or reaches outside the store.
    """
    refuse(text)
    try:
        result = store.quads.query(text, prefixes=PREFIXES)
        return _answer(result)
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        raise QueryError(f"the query cannot be answered: {_one_line(str(error))}") from error


def select(store: GraphStore, text: str) -> Table:
    """Return the rows of a SELECT or ASK.

    Raises:
        QueryError: as for `run`, or the query asks for a graph.
    """
    answer = run(store, text)
    if answer.table is None:
        raise QueryError("this query gives a graph, not rows (CONSTRUCT or DESCRIBE)")
    return answer.table


def _answer(result: Any) -> Answer:
    if isinstance(result, ox.QueryBoolean):
        answer = bool(result)
        return Answer(
            Table(("answer",), [(answer,)]),
            boolean=answer,
            _json=f'{{"head": {{}}, "boolean": {str(answer).lower()}}}\n',
        )
    if isinstance(result, ox.QuerySolutions):
        columns = tuple(variable.value for variable in result.variables)
        found = list(result)
        rows = [tuple(_value(solution[i]) for i in range(len(columns))) for solution in found]
        return Answer(Table(columns, rows), _json=_results_json(columns, found))
    triples = tuple(result)
    text = (ox.serialize(sorted(triples, key=str), format=ox.RdfFormat.JSON_LD) or b"").decode("utf-8")
    return Answer(None, triples, _json=text + "\n")


def _results_json(columns: tuple[str, ...], found: list[Any]) -> str:
    import json  # noqa: PLC0415 - only for this format

    rows = [
        {name: _json_term(solution[i]) for i, name in enumerate(columns) if solution[i] is not None}
        for solution in found
    ]
    return (
        json.dumps({"head": {"vars": list(columns)}, "results": {"bindings": rows}}, indent=1, ensure_ascii=False)
        + "\n"
    )


def _json_term(term: Any) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Literal):
        told: dict[str, Any] = {"type": "literal", "value": term.value}
        if term.language:
            told["xml:lang"] = term.language
        elif term.datatype.value != _XSD + "string":
            told["datatype"] = term.datatype.value
        return told
    return {"type": "triple", "value": {k: _json_term(getattr(term, k)) for k in ("subject", "predicate", "object")}}


def _value(term: Any) -> Value:
    """A term as a Python value; a literal whose text does not fit its type stays text."""
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if not isinstance(term, ox.Literal):
        return str(term)
    kind, text = term.datatype.value.removeprefix(_XSD), term.value
    try:
        if kind in _INTEGERS:
            return int(text)
        if kind == "decimal":
            return Decimal(text)
        if kind in {"double", "float"}:
            return float(text)
        if kind == "boolean":
            return text in {"true", "1"}
        if kind == "date":
            return date.fromisoformat(text)
        if kind == "dateTime":
            return datetime.fromisoformat(text)
    except (ValueError, ArithmeticError):
        return text
    return text


def _one_line(text: str) -> str:
    """The place and the reason; the parser's list of everything it would have taken helps nobody."""
    told = " ".join(text.split())
    place, expected, _ = told.partition(": expected ")
    return f"{place}: the text there is no SPARQL" if expected else told[:400]


_OUTWARD = re.compile("service|from", re.IGNORECASE)
_SERVICE = re.compile(r"service(?:\s*silent)?", re.IGNORECASE)
_STAND_IN = str.maketrans("iIoO", "zZzZ")
_FIRST_WORD = re.compile(
    r"(?:\s|#[^\r\n]*|base\s*<[^>]*>|prefix\s*[^\s:]*\s*:\s*<[^>]*>)*(?P<word>[a-z]+)", re.IGNORECASE
)
_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"])


def refuse(text: str) -> None:
    """Return if a query only reads this store.

    Whether a word is a keyword, or stands in a string, a comment or a name, only the engine's own parser knows
    for sure. So the words that reach outside are misspelt, letter for letter, and the text is parsed against an
    empty store: a query that still parses holds none of them as a keyword.

    Raises:
        QueryError: it is malformed, an update, or holds SERVICE or FROM.
    """
    fault = _fault(_OUTWARD.sub(lambda found: found[0].translate(_STAND_IN), text))
    if not fault:
        return
    first = _FIRST_WORD.match(text)
    word = first["word"].upper() if first else ""
    if word in _UPDATES:
        raise QueryError(f"{word} is refused: the store is only read here (build it with `kg build`)")
    if _fault(_SERVICE.sub("GRAPH", text)):
        raise QueryError(f"the query cannot be answered: {fault}")
    if _fault(_SERVICE.sub("servzce", text)):
        raise QueryError("SERVICE is refused: a query may not reach outside the store")
    raise QueryError("FROM is refused: a query reads the store's own graphs (use GRAPH for one of them)")


def _fault(text: str) -> str:
    """What the parser says against a query, "" for nothing. The text must hold no SERVICE: asking may run it."""
    try:
        _nothing().query(text, prefixes=PREFIXES)
    except SyntaxError as error:
        return _one_line(str(error))
    except (ValueError, RuntimeError, OSError):
        return ""  # it parses; what goes wrong in answering it is told where it is answered
    return ""


@cache
def _nothing() -> ox.Store:
    """An empty store to parse against."""
    return ox.Store()
