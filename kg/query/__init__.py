"""SPARQL with typed results, over a store that is only read; queries of unknown origin are guarded.

A guarded query is parsed and answered in a worker process, which is ended when it goes over a limit: the engine
knows no time limit, heeds no signal, and dies of deep nesting.
"""

from __future__ import annotations

from kg.query.answer import Answer
from kg.query.forms import Forms, Written
from kg.query.guard import Guard, Handle
from kg.query.limits import Limits
from kg.query.running import run
from kg.query.table import Iri, Table, Tabular, Value, cell, show
from kg.query.turns import Turns

__all__ = [
    "Answer",
    "Forms",
    "Guard",
    "Handle",
    "Iri",
    "Limits",
    "Table",
    "Tabular",
    "Turns",
    "Value",
    "Written",
    "cell",
    "run",
    "show",
]
