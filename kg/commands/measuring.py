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
    told: dict[str, Any] = {"valid_on": args.valid_on, "exposure": args.exposure, "sector": args.sector}
    if args.portfolio:
        rows = graph.marks(args.portfolio)
        told["portfolio"], args.lost = list(rows.functions), rows.lost
        _tell_lost(args.portfolio, rows.lost)
        if not rows.functions:
            raise KGError(f"{args.portfolio}: names no organization of the graph")
    return told


def complete(args: Namespace, status: int = DONE) -> int:
    """Return the exit status of a measure: another than the given one where the list of vendors was not resolved as a whole."""
    return FINDINGS if getattr(args, "lost", ()) else status


def valued(args: Namespace, graph: KnowledgeGraph) -> tuple[dict[str, float] | None, int]:
    """Return what organizations are worth by the list that is given, and the exit status; what is not resolved is told."""
    if args.values is None:
        return None, DONE
    told = _worth(graph, args.values)
    if not any(told.value.values()):
        raise KGError(f"{args.values}: gives no organization of the graph any value")
    return told.value, FINDINGS if told.unresolved else DONE


def _worth(graph: KnowledgeGraph, path: str) -> Worth:
    """What a list says of organizations; what of it is not resolved is told."""
    told = graph.worth(path)
    _tell_lost(path, told.unresolved)
    return told


def _tell_lost(path: str, lost: Iterable[str]) -> None:
    """Tell what of a list could not be used: not every format of an answer says so."""
    for one in lost:
        print(f"{path}, {one}", file=sys.stderr)


@command("concentration")
def _concentration(args: Namespace) -> int:
    if args.screen is not None:
        return _screen(args)
    belong(args, "--by", args.by or "vendor", _PICTURES)
    graph = opened(args)
    told = graph.concentration(**given(by=args.by, count=args.count, k=args.top), **kept(args, graph))
    print_measured(args.format, told, args.plot)
    return complete(args)


def _screen(args: Namespace) -> int:
    refuse(args, "does not go with --screen", "by", "count", "top", "plot")
    graph = opened(args)
    worth = _worth(graph, args.screen)
    print_measured(args.format, graph.criticality_screen(worth, **kept(args, graph)))
    return FINDINGS if worth.unresolved else complete(args)


@command("spof")
def _spof(args: Namespace) -> int:
    if args.organization:
        why = "belongs to the single points of all, not to those of one organization"
        refuse(args, why, "theta", "sector", "portfolio")
    graph = opened(args)
    told = graph.spof(args.organization, theta=args.theta, **kept(args, graph))
    print_measured(args.format, told)
    return complete(args)


@command("rank")
def _rank(args: Namespace) -> int:
    from kg.exposure.supply import RANKS

    if args.measure in RANKS:
        belong(args, "kg rank", args.measure, _RANKS)
    if args.sample is None:
        refuse(args, "belongs to --sample", "seed")
    graph = opened(args)
    value, status = valued(args, graph)
    told = graph.rank(
        args.measure, depth=args.depth, sample=args.sample, value=value, **given(seed=args.seed), **kept(args, graph)
    )
    print_measured(args.format, told)
    return complete(args, status)


@command("cascade")
def _cascade(args: Namespace) -> int:
    graph = opened(args)
    told = graph.cascade(
        args.vendors,
        model=args.model,
        runs=args.runs,
        **given(weight=args.weight, seed=args.seed, confidence=args.confidence),
        **kept(args, graph),
    )
    print_measured(args.format, told, args.plot)
    return complete(args)


@command("debtrank")
def _debtrank(args: Namespace) -> int:
    if args.form == "inoperability" and not args.vendors:
        args.misused("the inoperability model starts from vendors that fail: say which")
    belong(args, "--form", args.form, _LOSSES)
    graph = opened(args)
    value, status = valued(args, graph)
    told_of = {**given(weight=args.weight), **kept(args, graph)}
    if args.form == "inoperability":
        told = graph.inoperability(args.vendors, **told_of)
    else:
        told = graph.debtrank(args.vendors, form=int(args.form), value=value, **told_of)
    print_measured(args.format, told)
    return complete(args, status)


@command("ripple")
def _ripple(args: Namespace) -> int:
    from kg.exposure.rippling import MOMENTS

    belong(args, "--by", args.by, _RIPPLES)
    start, end = getattr(args, "from") or MOMENTS[0], args.until or MOMENTS[-1]
    if MOMENTS.index(start) >= MOMENTS.index(end):
        args.misused(f"--until is later than --from, in the order {', '.join(MOMENTS)}: not {end!r} after {start!r}")
    graph = opened(args)
    told = graph.ripple(
        by=args.by,
        on=args.on,
        start=start,
        end=end,
        **given(confidence=args.confidence, share=args.share),
        **kept(args, graph),
    )
    print_measured(args.format, told, args.plot)
    return complete(args)


@command("whatif")
def _whatif(args: Namespace) -> int:
    swaps = dict(_swap(args, text) for text in args.replace)
    if args.candidates is not None:
        refuse(args, "does not go with --candidates", "breach", "remove", "replace", "weight", "seed")
    if args.candidates is None and not (args.breach or args.remove or swaps):
        args.misused("what if what? Say which vendor is breached, removed or replaced")
    graph = opened(args)
    if args.candidates is not None:
        print_measured(args.format, graph.replacements(args.candidates, **kept(args, graph)))
        return complete(args)
    told = graph.what_if(
        breach=args.breach,
        remove=args.remove,
        replace=swaps,
        **given(weight=args.weight, seed=args.seed),
        **kept(args, graph),
    )
    print_measured(args.format, told)
    return complete(args)


def _swap(args: Namespace, text: str) -> tuple[str, str]:
    old, equals, new = text.partition("=")
    if not equals or not old.strip() or not new.strip():
        args.misused(f"--replace takes OLD=NEW, not {text!r}")
    return old.strip(), new.strip()


@command("portfolio")
def _portfolio(args: Namespace) -> int:
    told = opened(args).portfolio(
        args.vendors, peer=args.peer, depth=args.depth, valid_on=args.valid_on, exposure=args.exposure
    )
    print_measured(args.format, told)
    defects = told.summary.get("defects", ())
    _tell_lost(args.vendors, defects)
    return DONE if told.summary["resolved"] == told.summary["rows"] and not defects else FINDINGS
