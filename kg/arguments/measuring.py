"""The arguments of the commands that measure."""

from __future__ import annotations

import argparse

from kg.arguments import command, day, formatted, kept, plotted, state, stored, valued, whole

TYPE_CHECKING = False  # not from `typing`: to import that takes as long as all the rest of `kg --help`
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable

_MOST_RUNS = 10_000_000
"""How often a spread is drawn at most: its numbers are kept, one of each run."""


@command("concentration", "how much rests on few vendors: shares, HHI, effective number, largest shares")
def _concentration(parser: ArgumentParser) -> None:
    parser.add_argument("--by", choices=("vendor", "sector", "organization"), help="a row each (default: vendor)")
    parser.add_argument("--count", choices=("links", "functions"), help="what is shared out (default: links)")
    parser.add_argument("--top", type=whole(1), metavar="K", help="ratios CR_1 to CR_K (default: 4)")
    parser.add_argument(
        "--screen",
        metavar="FILE.csv",
        help="the EU's criticality screen instead, of the organizations in this list: columns name or LEI, category, assets",
    )
    plotted(parser, "by vendor: ")
    _kept(parser)


@command("spof", "the single points of failure of all, or of one organization")
def _spof(parser: ArgumentParser) -> None:
    parser.add_argument("organization", nargs="?", metavar="ORG", help="name, alias, identifier or IRI")
    parser.add_argument(
        "--theta",
        type=_share(lowest=True, highest=True),
        metavar="S",
        help="of all: list a vendor from this share of customers (default: 0.4)",
    )
    _kept(parser)


@command("rank", "one measure for every organization: pagerank, betweenness, blast-radius, ...")
def _rank(parser: ArgumentParser) -> None:
    parser.add_argument("measure", metavar="MEASURE", help="its name; a wrong one is answered with the list")
    parser.add_argument("--depth", type=whole(1), metavar="N", help="of blast-radius (default: without bound)")
    parser.add_argument(
        "--sample", type=whole(1), metavar="K", help="sources that betweenness draws, with the error of that"
    )
    valued(parser, "blast-radius: ")
    _seed(parser, "with --sample: ")
    _kept(parser)


@command("cascade", "how probably a breach of vendors reaches each organization, by Monte Carlo")
def _cascade(parser: ArgumentParser) -> None:
    parser.add_argument("vendors", nargs="+", metavar="VENDOR", help="name, alias, identifier or IRI")
    parser.add_argument(
        "--model", choices=("cascade", "threshold"), default="cascade", help="independent cascade or linear threshold"
    )
    _weight(parser)
    parser.add_argument(
        "--runs", type=whole(2, _MOST_RUNS), default=1000, metavar="N", help="how often (default: %(default)s)"
    )
    _seed(parser)
    _confidence(parser)
    plotted(parser)
    _kept(parser)


@command("debtrank", "what the failure of each vendor costs, or of some brings to each organization")
def _debtrank(parser: ArgumentParser) -> None:
    parser.add_argument(
        "vendors", nargs="*", metavar="VENDOR", help="name, alias, identifier or IRI; else each in turn"
    )
    parser.add_argument(
        "--form", choices=("2012", "2015", "inoperability"), default="2012", help="of the model (default: %(default)s)"
    )
    _weight(parser)
    valued(parser)
    _kept(parser)


@command(
    "ripple", "statistics of incidents: ripples, days to their receivers, lift of sectors, times, counts in windows"
)
def _ripple(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--by",
        choices=("event", "receivers", "sector", "time", "window"),
        default="event",
        help="a row each (default: %(default)s)",
    )
    parser.add_argument(
        "--share",
        type=_share(highest=True),
        metavar="S",
        help="receivers: how soon so many of them were known (default: 0.75)",
    )
    parser.add_argument(
        "--on",
        type=day,
        metavar="D",
        help="times, windows: the last day that counts (default: the last of any incident)",
    )
    moments = ("occurred", "discovered", "disclosed", "reported")
    parser.add_argument("--from", choices=moments, help="times: from when (default: occurred)")
    parser.add_argument("--until", choices=moments, help="times: until when (default: reported)")
    _confidence(parser, "times: ")
    plotted(parser, "times: ")
    _kept(parser)


@command("whatif", "what changes if vendors were breached, removed or replaced")
def _whatif(parser: ArgumentParser) -> None:
    parser.add_argument("--breach", action="append", default=[], metavar="VENDOR")
    parser.add_argument("--remove", action="append", default=[], metavar="VENDOR")
    parser.add_argument(
        "--replace", action="append", default=[], metavar="OLD=NEW", help="NEW takes over OLD's customers"
    )
    parser.add_argument("--candidates", metavar="VENDOR", help="who of the same service shares least upstream with it")
    _weight(parser)
    _seed(parser)
    _kept(parser)


@command("portfolio", "your own vendors against the graph: what stands on whom, and what happened there")
def _portfolio(parser: ArgumentParser) -> None:
    parser.add_argument(
        "vendors", metavar="FILE.csv", help="columns vendor, and optionally LEI, domain, function, spend, ..."
    )
    parser.add_argument("--peer", metavar="OTHER.csv", help="a list to measure the overlap with")
    parser.add_argument(
        "--depth", type=whole(1), metavar="N", help="the deepest tier; 1 is the list (default: without bound)"
    )
    _bounds(parser)


def _kept(parser: ArgumentParser) -> None:
    kept(parser)
    _bounds(parser)


def _bounds(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--exposure",
        choices=("confirmed", "potential"),
        help="only the lower bound, by links stated for certain, or only the upper, by all (default: both)",
    )
    formatted(parser)
    stored(parser)
    state(parser)


def _weight(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--weight",
        type=_weighs,
        metavar="W",
        help="of a link: full (1 where nothing is known), equal (1 / suppliers of the customer), or a number from 0 to 1 "
        "(default: full; of inoperability, which takes shares, equal)",
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
    parser.add_argument("--seed", type=int, metavar="N", help=f"{where}the same gives the same (default: 0)")


def _confidence(parser: ArgumentParser, where: str = "") -> None:
    parser.add_argument("--confidence", type=_share(), metavar="P", help=f"{where}of intervals (default: 0.95)")
