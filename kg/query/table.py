"""Rows of typed values: what a query gives to Python, to a notebook and to a spreadsheet."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any, TypeAlias

import pyoxigraph as ox

from kg.errors import MissingExtraError
from kg.vocabulary import PREFIXES, compact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Iri(str):
    """An IRI in a result; a string that says what it is."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Iri({str(self)!r})"


Value: TypeAlias = Iri | str | int | Decimal | float | bool | date | datetime | None
_INTEGERS = """
    integer int long short byte nonNegativeInteger nonPositiveInteger positiveInteger negativeInteger unsignedLong
    unsignedInt unsignedShort unsignedByte
"""
_XSD = PREFIXES["xsd"]
_READ: dict[str, Callable[[str], Value]] = {
    **dict.fromkeys(_INTEGERS.split(), int), "decimal": Decimal, "double": float, "float": float,
    "boolean": lambda text: text in {"true", "1"}, "date": date.fromisoformat, "dateTime": datetime.fromisoformat,
}  # fmt: skip
"""Name of a datatype of XML Schema -> what reads its texts."""


class _Lines(list[str]):
    """Takes the rows of a CSV writer, which quotes a bare carriage return only if it ends lines with one."""

    def write(self, row: str) -> None:
        self.append(row.removesuffix("\r\n") + "\n")


FIRST, FIRST_IN_A_NOTEBOOK = 10, 200
"""Rows that a table shows by itself, at a prompt and in a notebook; all are in `rows`."""
_WIDTH = 60


@dataclass(frozen=True, slots=True, repr=False)
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

    def __repr__(self) -> str:
        return f"<Table {self.first()}>"

    def first(self, most: int = FIRST) -> str:
        """Return how many rows there are, and the first of them, a line each; long values are cut."""
        told = [f"{len(self.rows):,} rows of {', '.join(self.columns)}"]
        told += ["  " + " | ".join(shorten(show(value), _WIDTH) for value in row) for row in self.rows[:most]]
        return "\n".join(told + [f"  ... and {len(self.rows) - most:,} more"] * (len(self.rows) > most))

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(show(value))}</td>" for value in row) + "</tr>"
            for row in self.rows[:FIRST_IN_A_NOTEBOOK]
        )
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        left = len(self.rows) - FIRST_IN_A_NOTEBOOK
        return f"{table}<p>... and {left:,} more of {len(self.rows):,} rows</p>" if left > 0 else table


class Tabular:
    """What can be told as a table, which is what a notebook shows of it."""

    __slots__ = ()

    def table(self) -> Table:
        """Return the table."""
        raise NotImplementedError

    def to_pandas(self) -> Any:
        """Return the table as a `pandas.DataFrame`.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        return self.table().to_pandas()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def show(value: Value) -> str:
    """Return a value as a person reads it: prefixed IRIs, plain text, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return compact(value) if isinstance(value, Iri) else str(value)


def shorten(text: str, width: int) -> str:
    """Return a text in one line, cut to a width; what a terminal would obey is spelled out."""
    line = "".join(one if one.isprintable() else ascii(one)[1:-1] for one in " ".join(text.split()))
    return line if len(line) <= width else line[: width - 3] + "..."


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def cell(value: Value) -> str:
    """Return a value as a CSV cell, safe to open in a spreadsheet; IRIs in full, as SPARQL's results in CSV have them."""
    text = str(value) if isinstance(value, Iri) else show(value)
    return "'" + text if text.startswith(_FORMULA) and not isinstance(value, (int, float, Decimal)) else text


def value_of(term: Any) -> Value:
    """Return a term as a Python value; a literal whose text does not fit its type stays text."""
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if not isinstance(term, ox.Literal):
        return str(term)
    text: str = term.value
    try:
        return _READ.get(term.datatype.value.removeprefix(_XSD), str)(text)
    except (ValueError, ArithmeticError):
        return text
