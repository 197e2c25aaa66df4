"""Commands that measure: concentration, single points of failure, rankings, contagion, statistics, what-if."""

from __future__ import annotations

import sys

from kg.commands import DONE, FINDINGS, command, opened
from kg.errors import KGError
from kg.printing import print_measured

TYPE_CHECKING = False  # not from `typing`: to import that takes as long as all the rest of `kg --help`
if TYPE_CHECKING:
    from argparse import Namespace
    from typing import Any

    from kg.graph import KnowledgeGraph


def kept(args: Namespace, graph: KnowledgeGraph) -> dict[str, Any]:
    """Return what a measure is to keep to; rows of a list of vendors that name no organization of the graph are told."""
    told: dict[str, Any] = {"valid_on": args.valid_on, "exposure": args.exposure, "sector": args.sector}
    if args.portfolio:
        rows = graph.marks(args.portfolio)
        told["portfolio"], args.lost = list(rows.functions), rows.lost
        for line in rows.lost:
            print(f"{args.portfolio}, {line}", file=sys.stderr)
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
    told = graph.worth(args.values)
    if not any(told.value.values()):
        raise KGError(f"{args.values}: gives no organization of the graph any value")
    for one in told.unresolved:
        print(f"{args.values}, {one}", file=sys.stderr)
    return told.value, FINDINGS if told.unresolved else DONE


def _weight(args: Namespace) -> dict[str, Any]:
    """The weight of links, where one is given: else each model has its own."""
    return {} if args.weight is None else {"weight": args.weight}


@command("concentration")
def _concentration(args: Namespace) -> int:
    graph = opened(args)
    if args.screen is not None:
        screen = graph.criticality_screen(args.screen, **kept(args, graph))
        print_measured(args.format, screen)
        return FINDINGS if screen.summary["unresolved"] else complete(args)
    told = graph.concentration(by=args.by, count=args.count, k=args.top, **kept(args, graph))
    print_measured(args.format, told, args.plot)
    return complete(args)


@command("spof")
def _spof(args: Namespace) -> int:
    if args.organization and (args.theta is not None or args.sector or args.portfolio):
        args.misused(
            "--theta, --sector and --portfolio belong to the single points of all, not to those of one organization"
        )
    graph = opened(args)
    told = graph.spof(args.organization, theta=args.theta, **kept(args, graph))
    print_measured(args.format, told)
    return complete(args)


@command("rank")
def _rank(args: Namespace) -> int:
    graph = opened(args)
    value, status = valued(args, graph)
    told = graph.rank(
        args.measure, depth=args.depth, sample=args.sample, seed=args.seed, value=value, **kept(args, graph)
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
        seed=args.seed,
        confidence=args.confidence,
        **_weight(args),
        **kept(args, graph),
    )
    print_measured(args.format, told, args.plot)
    return complete(args)


@command("debtrank")
def _debtrank(args: Namespace) -> int:
    if args.form == "inoperability" and not args.vendors:
        args.misused("the inoperability model starts from vendors that fail: say which")
    if args.form == "inoperability" and args.values is not None:
        args.misused("--values belongs to DebtRank")
    graph = opened(args)
    value, status = valued(args, graph)
    if args.form == "inoperability":
        told = graph.inoperability(args.vendors, **_weight(args), **kept(args, graph))
    else:
        told = graph.debtrank(args.vendors, form=int(args.form), value=value, **_weight(args), **kept(args, graph))
    print_measured(args.format, told)
    return complete(args, status)


@command("ripple")
def _ripple(args: Namespace) -> int:
    up_to_a_day = args.by in {"time", "window"}
    if args.on and not up_to_a_day:
        args.misused("--on belongs to --by time and window")
    if args.exposure and up_to_a_day:
        args.misused("--exposure belongs to --by event, receivers and sector")
    graph = opened(args)
    told = graph.ripple(
        by=args.by,
        on=args.on,
        start=args.start,
        end=args.end,
        confidence=args.confidence,
        share=args.share,
        **kept(args, graph),
    )
    print_measured(args.format, told, args.plot)
    return complete(args)


@command("whatif")
def _whatif(args: Namespace) -> int:
    swaps = dict(_swap(args, text) for text in args.replace)
    if args.candidates is not None and (args.breach or args.remove or swaps):
        args.misused("--candidates is a question of its own")
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
        seed=args.seed,
        **_weight(args),
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
    return DONE if told.summary["resolved"] == told.summary["rows"] and "defects" not in told.summary else FINDINGS
