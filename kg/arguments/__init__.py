"""The arguments of the command `kg`: what each command takes, in the order in which `kg --help` tells them.

A command is a function here or in a module beside, which says what it takes, and one of the same name in `kg.commands`,
which runs it; a module is named as the one there that runs its commands.
A command of two words ("ontology docs") stands under the first of them, which `_GROUPS` explains.
"""

from __future__ import annotations

import argparse
import os

TYPE_CHECKING = False  # not from `typing`: to import that takes as long as all the rest of `kg --help`
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable, Sequence
    from datetime import date
    from typing import Any

    Takes = Callable[[ArgumentParser], None]

COMMANDS: dict[str, tuple[str, Takes]] = {}
"""Name of a command -> what it does, and the function that adds its arguments to a parser."""
_GROUPS = {"ontology": "the terms that the graph is written in"}
_LONGEST, _MOST_ROWS = 10**6, 10**9
"""The bounds of `kg.query.Limits`; here, because `kg --help` loads nothing else."""


def parser(words: Sequence[str] | None = None) -> ArgumentParser:
    """Return the parser of the command line; what it reads has the name of the command as `command`.

    A command whose arguments do not go together calls `misused` with the reason, which ends it as argparse does.

    With the words of a line at hand only the commands among them get their arguments, so that `kg --help` stays fast.
    """
    top = argparse.ArgumentParser(
        prog="kg",
        description="Who is exposed through a breached vendor, to what, along which path, and how do we know?",
    )
    top.add_argument("--debug", action="store_true", help="show the traceback of an error")
    groups = {"": _choice(top)}
    for name, (text, takes) in COMMANDS.items():
        group, _, last = name.rpartition(" ")
        if group not in groups:
            groups[group] = _choice(_added(groups[""], group, _GROUPS[group]))
        command = _added(groups[group], last, text)
        command.set_defaults(command=name, misused=command.error)
        if words is None or last in words:
            takes(command)
    return top


def _choice(parser: ArgumentParser) -> Any:
    return parser.add_subparsers(title="commands", metavar="COMMAND", required=True)


def _added(commands: Any, name: str, text: str) -> ArgumentParser:
    command: ArgumentParser = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    return command


def command(name: str, text: str) -> Callable[[Takes], Takes]:
    """Return a decorator that makes a function the arguments of a command."""

    def listed(takes: Takes) -> Takes:
        COMMANDS[name] = text, takes
        return takes

    return listed


@command("demo", "build the packaged examples, show one company's exposure, write its page")
def _demo(command: ArgumentParser) -> None:
    command.add_argument(
        "-o",
        "--output",
        default="breachkg-demo",
        metavar="FOLDER",
        help="folder for the store and the page (default: %(default)s)",
    )


@command("build", "read documents into the store")
def _build(command: ArgumentParser) -> None:
    _inputs(command)
    stored(command)
    command.add_argument("--report", metavar="R.json", help="write the report as JSON to this file")
    command.add_argument(
        "--prune", action="store_true", help="retract documents under the inputs that are no longer there"
    )
    command.add_argument(
        "--jobs", type=whole(1), metavar="N", help="processes that read documents (default: as many as processors)"
    )
    command.add_argument(
        "--engine",
        choices=("local", "spark"),
        default="local",
        help="what reads documents: processes of this machine, or Spark (extra spark; default: %(default)s)",
    )
    command.add_argument(
        "--known-on", type=day, metavar="D", help="the day on which new documents were known (default: today)"
    )
    waiting(command)
    command.add_argument(
        "--quiet", action="store_true", help="no progress bar, and no list of what was skipped or set aside"
    )


@command("extract", "print the records of documents as JSON Lines, without a store")
def _extract(command: ArgumentParser) -> None:
    _inputs(command)
    command.add_argument(
        "--explain", action="store_true", help="show each text with its facts marked instead of the records"
    )
    command.add_argument("-o", "--output", metavar="PAGE.html", help="with --explain: write a page instead")


@command("info", "what is in the store")
def _info(command: ArgumentParser) -> None:
    formatted(command)
    stored(command)


@command("diff", "what changed between generations")
def _diff(command: ArgumentParser) -> None:
    command.add_argument(
        "generations",
        nargs="*",
        type=int,
        metavar="A B",
        help="numbers of two generations (see `kg info`); the last two, if none is given; with one, from it to the last",
    )
    formatted(command)
    stored(command)


@command("compact", "give back the room that earlier generations and updates take")
def _compact(command: ArgumentParser) -> None:
    stored(command)
    waiting(command)


@command("formats", "the formats that can be read")
def _formats(command: ArgumentParser) -> None:
    formatted(command)


@command("query", "ask in SPARQL")
def _query(command: ArgumentParser) -> None:
    asked = command.add_mutually_exclusive_group(required=True)
    asked.add_argument("text", nargs="?", metavar="TEXT", help="the query")
    asked.add_argument("--file", metavar="F", help="a file with the query")
    asked.add_argument("--named", metavar="CQ04", help="a question of the ontology (see --list)")
    asked.add_argument("--list", action="store_true", help="the named questions and their parameters")
    command.add_argument(
        "--param", action="append", default=[], metavar="NAME=VALUE", help="a parameter of a named question"
    )
    limited(command, "print so many rows at most, and say if there are more (default: 100000)")
    formatted(command)
    stored(command)
    command.add_argument("--generation", type=int, metavar="N", help="an earlier generation (see `kg info`)")
    state(command)


@command("exposure", "whom an organization depends on, and what happened there; of all, how near a breached vendor is")
def _exposure(command: ArgumentParser) -> None:
    asked = command.add_mutually_exclusive_group(required=True)
    asked.add_argument("organization", nargs="?", metavar="ORG", help="name, alias, identifier or IRI")
    asked.add_argument("--all", action="store_true", help="every organization, each with the nearest breached vendor")
    _measure(command, "; with --all: confirmed links and breaches alone, or all that are not denied")
    command.add_argument("--days", type=whole(1), metavar="N", help="only vendors with an incident in as many days")
    command.add_argument(
        "--on", type=day, metavar="D", help="the last of these days (default: the last of any incident)"
    )
    kept(command)
    command.add_argument("--to", metavar="VENDOR", help="only the way to this vendor")
    plotted(command)
    command.add_argument("--all-paths", action="store_true", help="with --to: every path, not only a shortest")


@command("blast-radius", "who is exposed through a vendor")
def _blast_radius(command: ArgumentParser) -> None:
    command.add_argument("vendor", metavar="VENDOR", help="name, alias, identifier or IRI")
    _measure(command)
    kept(command)
    valued(command)


@command("why", "the quotes behind a statement")
def _why(command: ArgumentParser) -> None:
    command.add_argument(
        "terms",
        nargs="+",
        metavar="SUBJECT [PREDICATE] OBJECT",
        help="names, identifiers or IRIs; the predicate may be left out; one name alone: why its mentions are one",
    )
    formatted(command)
    stored(command)
    state(command)


@command("validate", "check the graph against the shapes of the ontology, and quotes against their documents")
def _validate(command: ArgumentParser) -> None:
    command.add_argument("paths", nargs="*", metavar="PATH", help="stores or RDF files (default: the store)")
    command.add_argument(
        "--documents",
        action="append",
        default=[],
        metavar="INPUT",
        help="where documents are that have moved since they were read",
    )
    command.add_argument("--strict", action="store_true", help="exit with 3 for a warning too")
    command.add_argument(
        "--limit",
        type=whole(0),
        default=10,
        metavar="N",
        help="findings of one shape at most, 0 for all (default: %(default)s)",
    )
    command.add_argument(
        "--engine", choices=("pyshacl", "shifty"), help="the SHACL engine (default: the fastest that is installed)"
    )
    formatted(command)
    stored(command)


@command("view", "write an HTML page, or a small site")
def _view(command: ArgumentParser) -> None:
    written = command.add_mutually_exclusive_group(required=True)
    written.add_argument("-o", "--output", metavar="PAGE.html", help="one interactive page")
    written.add_argument(
        "--site", metavar="FOLDER", help="an index, a page for every vendor and incident, and the interactive page"
    )
    command.add_argument("--focus", metavar="NAME", help="what stands in the middle")
    command.add_argument("--hops", type=whole(0), metavar="N", help="how far around the focus (default: 2)")
    command.add_argument(
        "--max-nodes",
        type=whole(10, 1000),
        metavar="N",
        help="how many nodes are drawn at once, 10 to 1000; the page finds the others (default: 150)",
    )
    command.add_argument("--portfolio", metavar="FILE.csv", help="mark the vendors in this list (see `kg portfolio`)")
    _only_exposure(command)
    command.add_argument("--title", metavar="TEXT")
    stored(command)
    state(command)


@command("ontology docs", "write the documentation of the ontology as HTML pages")
def _ontology_docs(command: ArgumentParser) -> None:
    command.add_argument("-o", "--output", required=True, metavar="FOLDER")


def _inputs(command: ArgumentParser) -> None:
    command.add_argument(
        "inputs", nargs="+", metavar="INPUT", help="a file, a folder, a pattern, or - for standard input"
    )
    command.add_argument("--input-format", metavar="F", help="read every input as this format (see `kg formats`)")
    command.add_argument(
        "--map", metavar="M.toml", help="a mapping file: what columns or members of your own documents hold"
    )
    command.add_argument(
        "--llm-endpoint",
        metavar="URL",
        help="with --input-format prose: ask a model too, at an endpoint for chat completions"
        " (extra llm; default: $KG_LLM_ENDPOINT, else none; its key: $KG_LLM_KEY)",
    )
    command.add_argument("--llm-model", metavar="NAME", help="which model (default: $KG_LLM_MODEL)")


def stored(command: ArgumentParser, *, at_hand: bool = False) -> None:
    """Add the argument that says where the store is: at hand alone, or at a server too."""
    also = "" if at_hand else ", or the address of a SPARQL endpoint"
    command.add_argument(
        "--store",
        default=os.environ.get("KG_STORE", "breaches.kg"),
        metavar="PATH",
        help=f"the store{also} (default: $KG_STORE, else breaches.kg)",
    )


def limited(command: ArgumentParser, rows: str) -> None:
    """Add the arguments that limit a query; `rows` says what the limit of rows does."""
    command.add_argument(
        "--timeout", type=_seconds, metavar="SECONDS", help="stop a query that takes longer (default: 30)"
    )
    command.add_argument("--max-rows", type=whole(1, _MOST_ROWS), metavar="N", help=rows)


def formatted(command: ArgumentParser) -> None:
    """Add the argument that says how to print."""
    command.add_argument(
        "--format", choices=("table", "json", "csv"), default="table", help="how to print (default: %(default)s)"
    )


def plotted(command: ArgumentParser, where: str = "") -> None:
    """Add the argument that asks for a picture; `where` says to which of the command's choices it belongs."""
    command.add_argument(
        "--plot", metavar="OUT.svg", help=f"{where}draw it too, as .svg, .png or .pdf (needs matplotlib)"
    )


def valued(command: ArgumentParser, where: str = "") -> None:
    """Add the argument that says what organizations are worth; `where` says to which of the command's choices it belongs."""
    command.add_argument(
        "--values",
        metavar="FILE.csv",
        help=f"{where}what organizations are worth: columns name or LEI, and value or assets",
    )


def kept(command: ArgumentParser) -> None:
    """Add the arguments that keep to some organizations."""
    command.add_argument("--sector", metavar="S", help="only organizations of this industry")
    command.add_argument(
        "--portfolio", metavar="FILE.csv", help="only the organizations in this list (see `kg portfolio`)"
    )


def _only_exposure(command: ArgumentParser, more: str = "") -> None:
    command.add_argument(
        "--exposure",
        choices=("confirmed", "potential"),
        help="only this kind: confirmed where a document names the customer as affected, potential where it may be"
        + more,
    )


def _measure(command: ArgumentParser, more: str = "") -> None:
    command.add_argument(
        "--depth", type=whole(1), default=3, metavar="N", help="the deepest tier (default: %(default)s)"
    )
    _only_exposure(command, more)
    command.add_argument(
        "--follow", action="append", default=[], choices=("parent",), help="also go from a product or part to its owner"
    )
    formatted(command)
    stored(command)
    state(command)


def state(command: ArgumentParser) -> None:
    """Add the arguments that ask for an earlier state."""
    command.add_argument(
        "--as-of", type=day, metavar="D", help="only what was known at the end of this day (YYYY-MM-DD, UTC)"
    )
    command.add_argument(
        "--valid-on", type=day, metavar="D", help="only relationships in force on this day (YYYY-MM-DD)"
    )


def waiting(command: ArgumentParser) -> None:
    """Add the argument that makes a command wait for its turn."""
    command.add_argument("--wait", action="store_true", help="wait for another build of the store instead of failing")


def whole(least: int, most: int | None = None) -> Callable[[str], int]:
    """Return a function that reads a whole number from `least` to `most`; argparse reports what is none."""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = least - 1
        if number < least or (most is not None and number > most):
            bounds = f"{least} or more" if most is None else f"{least} to {most}"
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number ({bounds})")
        return number

    return read


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds <= _LONGEST:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds (above 0, {_LONGEST:,} at most)")
    return seconds


def day(text: str) -> date:
    """Return a day as typed; argparse reports what is none."""
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day (YYYY-MM-DD)") from error
