"""What the commands of `kg` do: each makes one call and prints the answer; `kg.arguments` says what each takes.

A module holds a family of commands. Everything heavier than argparse is imported by the command that needs it.
"""

from __future__ import annotations

from kg.commands.options import given

TYPE_CHECKING = False  # not from `typing`: to import that takes as long as all the rest of `kg --help`
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable
    from datetime import date
    from typing import Any

    from kg.graph import KnowledgeGraph
    from kg.query import Limits

    Run = Callable[[Namespace], int]

DONE, FAILED, FINDINGS = 0, 1, 3
"""Exit statuses; argparse exits with 2 when the command is misused."""
RUNS: dict[str, Run] = {}
"""Name of a command -> the function that runs it and returns the exit status."""


def command(name: str) -> Callable[[Run], Run]:
    """Return a decorator that makes a function run a command."""

    def listed(run: Run) -> Run:
        RUNS[name] = run
        return run

    return listed


def limited(args: Namespace) -> dict[str, Any]:
    """Return the limits of a query that the line gives, as `kg.query.Limits` calls them."""
    return given(args, seconds="timeout", rows="max_rows")


def opened(args: Namespace, *, valid_on: date | None = None, limits: Limits | None = None) -> KnowledgeGraph:
    """Return the graph that a command is about; measures take `valid_on` themselves."""
    from kg.opening import open_graph

    told = vars(args)
    return open_graph(args.store, told.get("generation"), as_of=told.get("as_of"), valid_on=valid_on, limits=limits)
