"""Commands that measure: concentration, single points of failure, rankings, contagion, statistics, what-if."""

from __future__ import annotations

import kg.measure_arguments  # noqa: F401 - what these commands take
from kg.commands import DONE, command, opened
from kg.errors import KGError
from kg.printing import print_measured

TYPE_CHECKING = False  # not from `typing`: to import that takes as long as all the rest of `kg --help`
if TYPE_CHECKING:
    from argparse import Namespace
    from typing import Any


def _kept(args: Namespace) -> dict[str, Any]:
    return {"valid_on": args.valid_on, "exposure": args.exposure, "sector": args.sector}


@command("concentration")
def _concentration(args: Namespace) -> int:
    told = opened(args).concentration(by=args.by, count=args.count, k=args.top, **_kept(args))
    print_measured(args.format, told)
    return DONE


@command("spof")
def _spof(args: Namespace) -> int:
    told = opened(args).spof(args.organization, theta=args.theta, **_kept(args))
    print_measured(args.format, told)
    return DONE


@command("rank")
def _rank(args: Namespace) -> int:
    told = opened(args).rank(args.measure, depth=args.depth, sample=args.sample, seed=args.seed, **_kept(args))
    print_measured(args.format, told)
    return DONE


@command("cascade")
def _cascade(args: Namespace) -> int:
    told = opened(args).cascade(
        args.vendors,
        model=args.model,
        weight=args.weight,
        runs=args.runs,
        seed=args.seed,
        confidence=args.confidence,
        **_kept(args),
    )
    print_measured(args.format, told)
    return DONE


@command("debtrank")
def _debtrank(args: Namespace) -> int:
    graph = opened(args)
    if args.form == "inoperability":
        if not args.vendors:
            raise KGError("the inoperability model starts from vendors that fail: say which")
        told = graph.inoperability(args.vendors, weight=args.weight, **_kept(args))
    else:
        told = graph.debtrank(args.vendors, form=int(args.form), weight=args.weight, **_kept(args))
    print_measured(args.format, told)
    return DONE


@command("ripple")
def _ripple(args: Namespace) -> int:
    told = opened(args).ripple(
        by=args.by, on=args.on, start=args.start, end=args.end, confidence=args.confidence, **_kept(args)
    )
    print_measured(args.format, told)
    return DONE


@command("whatif")
def _whatif(args: Namespace) -> int:
    graph = opened(args)
    if args.candidates is not None:
        if args.breach or args.remove or args.replace:
            raise KGError("--candidates is a question of its own")
        print_measured(args.format, graph.replacements(args.candidates, **_kept(args)))
        return DONE
    swaps = dict(map(_swap, args.replace))
    told = graph.what_if(breach=args.breach, remove=args.remove, replace=swaps, seed=args.seed, **_kept(args))
    print_measured(args.format, told)
    return DONE


def _swap(text: str) -> tuple[str, str]:
    old, equals, new = text.partition("=")
    if not equals or not old.strip() or not new.strip():
        raise KGError(f"--replace takes OLD=NEW, not {text!r}")
    return old.strip(), new.strip()
