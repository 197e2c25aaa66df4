"""Commands that measure: concentration, single points of failure, rankings, contagion, statistics, what-if."""

from __future__ import annotations

import sys

from kg.commands import DONE, FINDINGS, command, opened
from kg.commands.options import belong, given, refuse
from kg.errors import KGError
from kg.printing import print_measured

TYPE_CHECKING = False  # not from `typing`: to import that takes as long as all the rest of `kg --help`
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable
    from typing import Any

    from kg.exposure.measured import Measured
    from kg.exposure.worth import Worth
    from kg.graph import KnowledgeGraph

_PICTURES = {"plot": ("vendor",)}
_RANKS = {"depth": ("blast-radius",), "values": ("blast-radius",), "sample": ("betweenness",)}
_LOSSES = {"values": ("2012", "2015")}
_RIPPLES = {
    "on": ("time", "window"), "exposure": ("event", "receivers", "sector"), "share": ("receivers",),
    **dict.fromkeys(("from", "until", "confidence", "plot"), ("time",)),
}  # fmt: skip
"""Name of an option -> the choices of the command to which it belongs."""


def kept(args: Namespace, graph: KnowledgeGraph) -> dict[str, Any]:
    """Return what a measure is to keep to; rows of a list of vendors that name no organization of the graph are told."""
    told = given(args, "valid_on", "exposure", "sector")
    if args.portfolio:
        rows = graph.marks(args.portfolio)
        told["portfolio"] = list(rows.functions)
        _tell_lost(args, args.portfolio, rows.lost)
        if not rows.functions:
            raise KGError(f"{args.portfolio}: names no organization of the graph")
    return told


def complete(args: Namespace) -> int:
    """Return the exit status of a measure, which says whether the lists that were given were resolved as a whole."""
    return FINDINGS if getattr(args, "lost", False) else DONE


def answered(args: Namespace, answer: Measured) -> int:
    """Print the answer of a measure, draw it where that is asked for, and return the exit status."""
    print_measured(args.format, answer, getattr(args, "plot", None))
    return complete(args)


def valued(args: Namespace, graph: KnowledgeGraph) -> dict[str, float] | None:
    """Return what organizations are worth by the list that is given, None without one; what is not resolved is told."""
    if args.values is None:
        return None
    value = _worth(args, graph, args.values).value
    if not any(value.values()):
        raise KGError(f"{args.values}: gives no organization of the graph any value")
    return value


def _worth(args: Namespace, graph: KnowledgeGraph, path: str) -> Worth:
    """What a list says of organizations; what of it is not resolved is told."""
    found = graph.worth(path)
    _tell_lost(args, path, found.unresolved)
    return found


def _tell_lost(args: Namespace, path: str, lost: Iterable[str]) -> None:
    """Tell what of a list could not be used: not every format of an answer says so."""
    for one in lost:
        args.lost = True
        print(f"{path}, {one}", file=sys.stderr)


@command("concentration")
def _concentration(args: Namespace) -> int:
    if args.screen is not None:
        return _screen(args)
    belong(args, "--by", args.by or "vendor", _PICTURES)
    graph = opened(args)
    return answered(args, graph.concentration(**given(args, "by", "count", k="top"), **kept(args, graph)))


def _screen(args: Namespace) -> int:
    refuse(args, "does not go with --screen", "by", "count", "top", "plot")
    graph = opened(args)
    return answered(args, graph.criticality_screen(_worth(args, graph, args.screen), **kept(args, graph)))


@command("spof")
def _spof(args: Namespace) -> int:
    if args.organization:
        why = "belongs to the single points of all, not to those of one organization"
        refuse(args, why, "theta", "sector", "portfolio")
    graph = opened(args)
    return answered(args, graph.spof(args.organization, theta=args.theta, **kept(args, graph)))


@command("rank")
def _rank(args: Namespace) -> int:
    from kg.exposure.supply import RANKS

    if args.measure in RANKS:
        belong(args, "kg rank", args.measure, _RANKS)
    if args.sample is None:
        refuse(args, "belongs to --sample", "seed")
    graph = opened(args)
    options = given(args, "depth", "sample", "seed")
    return answered(args, graph.rank(args.measure, value=valued(args, graph), **options, **kept(args, graph)))


@command("cascade")
def _cascade(args: Namespace) -> int:
    graph = opened(args)
    options = given(args, "model", "runs", "weight", "seed", "confidence")
    return answered(args, graph.cascade(args.vendors, **options, **kept(args, graph)))


@command("debtrank")
def _debtrank(args: Namespace) -> int:
    if args.form == "inoperability" and not args.vendors:
        args.misused("the inoperability model starts from vendors that fail: say which")
    belong(args, "--form", args.form, _LOSSES)
    graph = opened(args)
    value, options = valued(args, graph), given(args, "weight") | kept(args, graph)
    if args.form == "inoperability":
        return answered(args, graph.inoperability(args.vendors, **options))
    return answered(args, graph.debtrank(args.vendors, form=int(args.form), value=value, **options))


@command("ripple")
def _ripple(args: Namespace) -> int:
    from kg.exposure.rippling import MOMENTS

    belong(args, "--by", args.by, _RIPPLES)
    start, end = getattr(args, "from") or MOMENTS[0], args.until or MOMENTS[-1]
    if MOMENTS.index(start) >= MOMENTS.index(end):
        args.misused(f"--until is later than --from, in the order {', '.join(MOMENTS)}: not {end!r} after {start!r}")
    graph = opened(args)
    options = given(args, "by", "on", "confidence", "share")
    return answered(args, graph.ripple(start=start, end=end, **options, **kept(args, graph)))


@command("whatif")
def _whatif(args: Namespace) -> int:
    swaps = dict(_swap(args, text) for text in args.replace)
    if args.candidates is not None:
        refuse(args, "does not go with --candidates", "breach", "remove", "replace", "weight", "seed")
    if args.candidates is None and not (args.breach or args.remove or swaps):
        args.misused("what if what? Say which vendor is breached, removed or replaced")
    graph = opened(args)
    if args.candidates is not None:
        return answered(args, graph.replacements(args.candidates, **kept(args, graph)))
    options = given(args, "breach", "remove", "weight", "seed")
    return answered(args, graph.what_if(replace=swaps, **options, **kept(args, graph)))


def _swap(args: Namespace, text: str) -> tuple[str, str]:
    old, equals, new = text.partition("=")
    if not equals or not old.strip() or not new.strip():
        args.misused(f"--replace takes OLD=NEW, not {text!r}")
    return old.strip(), new.strip()


@command("portfolio")
def _portfolio(args: Namespace) -> int:
    answer = opened(args).portfolio(args.vendors, **given(args, "peer", "depth", "valid_on", "exposure"))
    print_measured(args.format, answer)
    _tell_lost(args, args.vendors, answer.summary.get("defects", ()))
    return complete(args) if answer.summary["resolved"] == answer.summary["rows"] else FINDINGS
