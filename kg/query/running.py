"""Answering in this process, without guards: for queries of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import QueryError
from kg.query.answer import Answer, answered
from kg.query.refusing import one_line
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from kg.store import GraphStore


def run(store: GraphStore, text: str) -> Answer:
    """Return the answer to a query, which is taken as it comes; `kg.query.Guard` is for those of others.

    It may ask other servers (SERVICE), take any time and memory, and end the process by nesting too deeply. The
    usual prefixes need not be declared.

    Raises:
        QueryError: the query is malformed, or cannot be answered.
    """
    try:
        return answered(store.quads.query(text, prefixes=PREFIXES))
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        raise QueryError(f"the query cannot be answered: {one_line(error, text)}") from error
