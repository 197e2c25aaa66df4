"""The arguments of the commands that measure."""

from __future__ import annotations

import argparse

from kg.arguments import command, formatted, kept, option, plotted, state, stored, valued
from kg.arguments.typed import day, whole

TYPE_CHECKING = False  # not from `typing`: to import that takes as long as all the rest of `kg --help`
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable

_MOST_RUNS = 10_000_000
"""How often a spread is drawn at most: its numbers are kept, one of each run."""


@command("concentration", "how much rests on few vendors: shares, HHI, effective number, largest shares")
def _concentration(parser: ArgumentParser) -> None:
    option(parser, "--by", "a row each (default: vendor)", choices=("vendor", "sector", "organization"))
    option(parser, "--count", "what is shared out (default: links)", choices=("links", "functions"))
    option(parser, "--top K", "ratios CR_1 to CR_K (default: 4)", type=whole(1))
    option(
        parser,
        "--screen FILE.csv",
        "the EU's criticality screen instead, of the organizations in this list: columns name or LEI, category, assets",
    )
    plotted(parser, "by vendor: ")
    _kept(parser)


@command("spof", "the single points of failure of all, or of one organization")
def _spof(parser: ArgumentParser) -> None:
    parser.add_argument("organization", nargs="?", metavar="ORG", help="name, alias, identifier or IRI")
    option(
        parser,
        "--theta S",
        "of all: list a vendor from this share of customers (default: 0.4)",
        type=_share(lowest=True, highest=True),
    )
    _kept(parser)


@command("rank", "one measure for every organization: pagerank, betweenness, blast-radius, ...")
def _rank(parser: ArgumentParser) -> None:
    parser.add_argument("measure", metavar="MEASURE", help="its name; a wrong one is answered with the list")
    option(parser, "--depth N", "of blast-radius (default: without bound)", type=whole(1))
    option(parser, "--sample K", "sources that betweenness draws, with the error of that", type=whole(1))
    valued(parser, "blast-radius: ")
    _seed(parser, "with --sample: ")
    _kept(parser)


@command("cascade", "how probably a breach of vendors reaches each organization, by Monte Carlo")
def _cascade(parser: ArgumentParser) -> None:
    parser.add_argument("vendors", nargs="+", metavar="VENDOR", help="name, alias, identifier or IRI")
    option(
        parser,
        "--model",
        "independent cascade or linear threshold",
        choices=("cascade", "threshold"),
        default="cascade",
    )
    _weight(parser)
    option(parser, "--runs N", "how often (default: %(default)s)", type=whole(2, _MOST_RUNS), default=1000)
    _seed(parser)
    _confidence(parser)
    plotted(parser)
    _kept(parser)


@command("debtrank", "what the failure of each vendor costs, or of some brings to each organization")
def _debtrank(parser: ArgumentParser) -> None:
    parser.add_argument(
        "vendors", nargs="*", metavar="VENDOR", help="name, alias, identifier or IRI; else each in turn"
    )
    option(
        parser,
        "--form",
        "of the model (default: %(default)s)",
        choices=("2012", "2015", "inoperability"),
        default="2012",
    )
    _weight(parser)
    valued(parser)
    _kept(parser)


@command(
    "ripple", "statistics of incidents: ripples, days to their receivers, lift of sectors, times, counts in windows"
)
def _ripple(parser: ArgumentParser) -> None:
    option(
        parser,
        "--by",
        "a row each (default: %(default)s)",
        choices=("event", "receivers", "sector", "time", "window"),
        default="event",
    )
    option(
        parser, "--share S", "receivers: how soon so many of them were known (default: 0.75)", type=_share(highest=True)
    )
    option(parser, "--on D", "times, windows: the last day that counts (default: the last of any incident)", type=day)
    moments = ("occurred", "discovered", "disclosed", "reported")
    option(parser, "--from", "times: from when (default: occurred)", choices=moments)
    option(
        parser,
        "--until",
        "times: until when (default: reported); incidents that tell no such day are left out and counted",
        choices=moments,
    )
    _confidence(parser, "times: ")
    plotted(parser, "times: ")
    _kept(parser)


@command("whatif", "what changes if vendors were breached, removed or replaced")
def _whatif(parser: ArgumentParser) -> None:
    option(parser, "--breach VENDOR", many=True)
    option(parser, "--remove VENDOR", many=True)
    option(parser, "--replace OLD=NEW", "NEW takes over OLD's customers", many=True)
    option(
        parser,
        "--candidates VENDOR",
        "who of the same service shares least upstream with it: which share of its own suppliers, at any tier",
    )
    _weight(parser)
    _seed(parser)
    _kept(parser)


@command("portfolio", "your own vendors against the graph: what stands on whom, and what happened there")
def _portfolio(parser: ArgumentParser) -> None:
    parser.add_argument(
        "vendors",
        metavar="FILE.csv",
        help="columns vendor, and optionally LEI, domain, function, spend, begin, end, ...",
    )
    option(parser, "--peer OTHER.csv", "a list to measure the overlap with")
    option(parser, "--depth N", "the deepest tier; 1 is the list (default: without bound)", type=whole(1))
    _bounds(
        parser,
        "count only links and breaches that are stated for certain, or all that are not denied (default: potential); of each row "
        "the column exposure tells whether a document names the vendor as affected",
    )


def _kept(parser: ArgumentParser) -> None:
    kept(parser)
    _bounds(parser)


def _bounds(
    parser: ArgumentParser,
    told: str = "only the lower bound, by links stated for certain, or only the upper, by all (default: both)",
) -> None:
    option(parser, "--exposure", told, choices=("confirmed", "potential"))
    formatted(parser)
    stored(parser)
    state(parser)


def _weight(parser: ArgumentParser) -> None:
    option(
        parser,
        "--weight W",
        "of a link: full (1), equal (1 / suppliers of the customer), or a number from 0 to 1 "
        "(default: full; of inoperability, which takes shares, equal)",
        type=_weighs,
    )


def _weighs(text: str) -> str | float:
    if text in {"equal", "full"}:
        return text
    try:
        return _share(lowest=True, highest=True)(text)
    except argparse.ArgumentTypeError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is neither equal nor full nor a number from 0 to 1") from error


def _share(*, lowest: bool = False, highest: bool = False) -> Callable[[str], float]:
    """Return a function that reads a number between 0 and 1, or at one of these ends where that is allowed."""

    def read(text: str) -> float:
        try:
            share = float(text)
        except ValueError:
            share = -1.0
        if 0 < share < 1 or (lowest and share == 0) or (highest and share == 1):
            return share
        ends = " or ".join(name for name, allowed in (("0", lowest), ("1", highest)) if allowed)
        raise argparse.ArgumentTypeError(f"{text!r} is not a number between 0 and 1{ends and f', or {ends}'}")

    return read


def _seed(parser: ArgumentParser, where: str = "") -> None:
    option(parser, "--seed N", f"{where}the same gives the same (default: 0)", type=int)


def _confidence(parser: ArgumentParser, where: str = "") -> None:
    option(parser, "--confidence P", f"{where}of intervals (default: 0.95)", type=_share())
