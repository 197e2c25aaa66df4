"""Commands that measure: concentration, single points of failure, rankings, contagion, statistics, what-if."""

from __future__ import annotations

import kg.measure_arguments  # noqa: F401 - what these commands take
from kg.commands import DONE, FINDINGS, command, opened
from kg.errors import KGError
from kg.printing import print_measured

TYPE_CHECKING = False  # not from `typing`: to import that takes as long as all the rest of `kg --help`
if TYPE_CHECKING:
    from argparse import Namespace
    from typing import Any

    from kg.graph import KnowledgeGraph


def _kept(args: Namespace, graph: KnowledgeGraph) -> dict[str, Any]:
    kept = {"valid_on": args.valid_on, "exposure": args.exposure, "sector": args.sector}
    return kept | ({"portfolio": graph.listed(args.portfolio)} if args.portfolio else {})


@command("concentration")
def _concentration(args: Namespace) -> int:
    graph = opened(args)
    told = graph.concentration(by=args.by, count=args.count, k=args.top, **_kept(args, graph))
    print_measured(args.format, told, args.plot)
    return DONE


@command("spof")
def _spof(args: Namespace) -> int:
    graph = opened(args)
    told = graph.spof(args.organization, theta=args.theta, **_kept(args, graph))
    print_measured(args.format, told)
    return DONE


@command("rank")
def _rank(args: Namespace) -> int:
    graph = opened(args)
    told = graph.rank(args.measure, depth=args.depth, sample=args.sample, seed=args.seed, **_kept(args, graph))
    print_measured(args.format, told)
    return DONE


@command("cascade")
def _cascade(args: Namespace) -> int:
    graph = opened(args)
    told = graph.cascade(
        args.vendors,
        model=args.model,
        weight=args.weight,
        runs=args.runs,
        seed=args.seed,
        confidence=args.confidence,
        **_kept(args, graph),
    )
    print_measured(args.format, told, args.plot)
    return DONE


@command("debtrank")
def _debtrank(args: Namespace) -> int:
    graph = opened(args)
    if args.form == "inoperability":
        if not args.vendors:
            raise KGError("the inoperability model starts from vendors that fail: say which")
        told = graph.inoperability(args.vendors, weight=args.weight, **_kept(args, graph))
    else:
        told = graph.debtrank(args.vendors, form=int(args.form), weight=args.weight, **_kept(args, graph))
    print_measured(args.format, told)
    return DONE


@command("ripple")
def _ripple(args: Namespace) -> int:
    graph = opened(args)
    told = graph.ripple(
        by=args.by, on=args.on, start=args.start, end=args.end, confidence=args.confidence, **_kept(args, graph)
    )
    print_measured(args.format, told, args.plot)
    return DONE


@command("whatif")
def _whatif(args: Namespace) -> int:
    graph = opened(args)
    if args.candidates is not None:
        if args.breach or args.remove or args.replace:
            raise KGError("--candidates is a question of its own")
        print_measured(args.format, graph.replacements(args.candidates, **_kept(args, graph)))
        return DONE
    swaps = dict(map(_swap, args.replace))
    told = graph.what_if(breach=args.breach, remove=args.remove, replace=swaps, seed=args.seed, **_kept(args, graph))
    print_measured(args.format, told)
    return DONE


def _swap(text: str) -> tuple[str, str]:
    old, equals, new = text.partition("=")
    if not equals or not old.strip() or not new.strip():
        raise KGError(f"--replace takes OLD=NEW, not {text!r}")
    return old.strip(), new.strip()


@command("portfolio")
def _portfolio(args: Namespace) -> int:
    told = opened(args).portfolio(
        args.vendors, peer=args.peer, depth=args.depth, valid_on=args.valid_on, exposure=args.exposure
    )
    print_measured(args.format, told)
    return DONE if told.summary["resolved"] == told.summary["rows"] and "defects" not in told.summary else FINDINGS
