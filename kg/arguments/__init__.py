"""The arguments of the command `kg`: what each command takes, in the order in which `kg --help` tells them.

A command is a function here or in a module beside, which says what it takes, and one of the same name in `kg.commands`,
which runs it; a module is named as the one there that runs its commands.
A command of two words ("ontology docs") stands under the first of them, which `_GROUPS` explains.
"""

from __future__ import annotations

import argparse
import os

from kg.arguments.typed import day, generation, seconds, whole, written
from kg.version import VERSION

TYPE_CHECKING = False  # not from `typing`: to import that takes as long as all the rest of `kg --help`
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from argparse import _ActionsContainer as Taking
    from collections.abc import Callable, Sequence
    from typing import Any

    Takes = Callable[[ArgumentParser], None]

COMMANDS: dict[str, tuple[str, Takes]] = {}
"""Name of a command -> what it does, and the function that adds its arguments to a parser."""
_GROUPS = {"ontology": "the terms that the graph is written in"}
_MOST_ROWS = 10**9
"""Of `kg.query.Limits`; here, because `kg --help` loads nothing else."""


def parser(words: Sequence[str] | None = None) -> ArgumentParser:
    """Return the parser of the command line; what it reads has the name of the command as `command`.

    A command whose arguments do not go together calls `misused` with the reason, which ends it as argparse does.

    With the words of a line at hand only the commands among them get their arguments, so that `kg --help` stays fast.
    """
    top = argparse.ArgumentParser(
        prog="kg",
        description="Who is exposed through a breached vendor, to what, along which path, and how do we know?",
    )
    top.add_argument("--version", action="version", version=f"kg {VERSION}")
    top.add_argument("--debug", action="store_true", help="show the traceback of an error")
    groups = {"": _choice(top)}
    for name, (text, takes) in COMMANDS.items():
        group, _, last = name.rpartition(" ")
        if group not in groups:
            groups[group] = _choice(_added(groups[""], group, _GROUPS[group]))
        asked = words is None or last in words
        command = _added(groups[group], last, text, add_help=asked)
        command.set_defaults(command=name, misused=command.error)
        if asked:
            takes(command)
    return top


def _choice(parser: ArgumentParser) -> Any:
    return parser.add_subparsers(title="commands", metavar="COMMAND", required=True)


def _added(commands: Any, name: str, text: str, *, add_help: bool = True) -> ArgumentParser:
    described = text[0].upper() + text[1:] + "."
    command: ArgumentParser = commands.add_parser(name, help=text, description=described, add_help=add_help)
    return command


def command(name: str, text: str) -> Callable[[Takes], Takes]:
    """Return a decorator that makes a function the arguments of a command."""

    def listed(takes: Takes) -> Takes:
        COMMANDS[name] = text, takes
        return takes

    return listed


def option(command: Taking, spelt: str, text: str = "", *, many: bool = False, **more: Any) -> None:
    """Add an option to a command or to a choice of options.

    Args:
        command: what takes it.
        spelt: the option as `kg --help` spells it, with the word for its value ("-o, --output FILE"); without such a word
            and without choices it is one that is there or not.
        text: what it does.
        many: whether it may be given several times, for a list.
        more: keywords of `add_argument`.
    """
    words = spelt.replace(",", "").split()
    names = [word for word in words if word.startswith("-")]
    if len(words) > len(names):
        more["metavar"] = words[-1]
    elif "choices" not in more:
        more["action"] = "store_true"
    if many:
        more |= {"action": "append", "default": []}
    command.add_argument(*names, help=text or None, **more)


@command("demo", "build the packaged examples, show one company's exposure, write its page")
def _demo(command: ArgumentParser) -> None:
    option(
        command,
        "-o, --output FOLDER",
        "folder for the store and the page (default: %(default)s)",
        default="breachkg-demo",
        type=written,
    )


@command("build", "read documents into the store")
def _build(command: ArgumentParser) -> None:
    _inputs(command)
    stored(command, at_hand=True)
    option(command, "--report R.json", "write the report as JSON to this file", type=written)
    option(
        command,
        "--prune",
        "retract documents under the inputs that are no longer there; with - all that came from standard input before",
    )
    option(command, "--jobs N", "processes that read documents (default: as many as processors)", type=whole(1))
    option(
        command,
        "--engine",
        "what reads documents: processes of this machine, or Spark (extra spark; default: %(default)s)",
        choices=("local", "spark"),
        default="local",
    )
    option(command, "--known-on D", "the day on which new documents were known (default: today)", type=day)
    waiting(command)
    option(command, "--quiet", "no progress bar, and no list of what was skipped or set aside")


@command("extract", "print the records of documents as JSON Lines, without a store")
def _extract(command: ArgumentParser) -> None:
    _inputs(command)
    option(command, "--explain", "show each text with its facts marked instead of the records")
    option(command, "-o, --output PAGE.html", "with --explain: write a page instead", type=written)


@command("info", "what is in the store")
def _info(command: ArgumentParser) -> None:
    formatted(command)
    stored(command)


@command("diff", "what changed between generations, or days")
def _diff(command: ArgumentParser) -> None:
    command.add_argument(
        "generations",
        nargs="*",
        type=generation,
        metavar="A B",
        help="numbers of two generations (see `kg info`), or days: what was known at the end of each (YYYY-MM-DD, UTC);"
        " the last two generations, if none is given; with one, from it to the last",
    )
    formatted(command)
    stored(command, at_hand=True)


@command("compact", "give back the room that earlier generations and updates take")
def _compact(command: ArgumentParser) -> None:
    stored(command, at_hand=True)
    waiting(command)


@command("formats", "the formats that can be read")
def _formats(command: ArgumentParser) -> None:
    formatted(command)


@command("query", "ask in SPARQL")
def _query(command: ArgumentParser) -> None:
    asked = command.add_mutually_exclusive_group(required=True)
    asked.add_argument("text", nargs="?", metavar="TEXT", help="the query")
    option(asked, "--file F", "a file with the query, or - for standard input")
    option(asked, "--named CQ04", "a question of the ontology (see --list)")
    option(asked, "--list", "the named questions and their parameters")
    option(command, "--param NAME=VALUE", "a parameter of a named question", many=True)
    limited(command, "print so many rows at most, and say if there are more (default: 100000)")
    formatted(command)
    stored(command)
    option(command, "--generation N", "an earlier generation (see `kg info`)", type=int)
    state(command)


@command("exposure", "whom an organization depends on, and what happened there; of all, how near a breached vendor is")
def _exposure(command: ArgumentParser) -> None:
    asked = command.add_mutually_exclusive_group(required=True)
    asked.add_argument("organization", nargs="?", metavar="ORG", help="name, alias, identifier or IRI")
    option(asked, "--all", "every organization, each with the nearest breached vendor")
    _measure(command, "; with --all: confirmed links and breaches alone, or all that are not denied")
    option(command, "--days N", "only vendors with an incident in as many days", type=whole(1))
    option(command, "--on D", "the last of these days (default: the last of any incident)", type=day)
    kept(command)
    option(command, "--to VENDOR", "only the way to this vendor")
    plotted(command)
    option(command, "--all-paths", "with --to: every path, not only a shortest")


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
    option(command, "--documents INPUT", "where documents are that have moved since they were read", many=True)
    option(command, "--strict", "exit with 3 for a warning too")
    option(
        command,
        "--limit N",
        "findings of one shape at most, 0 for all (default: %(default)s)",
        type=whole(0),
        default=10,
    )
    option(
        command, "--engine", "the SHACL engine (default: the fastest that is installed)", choices=("pyshacl", "shifty")
    )
    formatted(command)
    stored(command)


@command("view", "write an HTML page, or a small site")
def _view(command: ArgumentParser) -> None:
    where = command.add_mutually_exclusive_group(required=True)
    option(where, "-o, --output PAGE.html", "one interactive page", type=written)
    option(
        where,
        "--site FOLDER",
        "an index, a page for every vendor and incident, and the interactive page",
        type=written,
    )
    option(command, "--focus NAME", "what stands in the middle")
    option(command, "--hops N", "how far around the focus (default: 2)", type=whole(0))
    option(
        command,
        "--max-nodes N",
        "how many nodes are drawn at once, 10 to 1000; the page finds the others (default: 150)",
        type=whole(10, 1000),
    )
    option(command, "--portfolio FILE.csv", "mark the vendors in this list (see `kg portfolio`)")
    _only_exposure(command)
    option(command, "--title TEXT")
    stored(command)
    state(command)


@command("ontology docs", "write the documentation of the ontology as HTML pages")
def _ontology_docs(command: ArgumentParser) -> None:
    option(command, "-o, --output FOLDER", required=True, type=written)


def _inputs(command: ArgumentParser) -> None:
    command.add_argument(
        "inputs", nargs="+", metavar="INPUT", help="a file, a folder, a pattern, or - for standard input"
    )
    option(command, "--input-format F", "read every input as this format (see `kg formats`)")
    option(command, "--map M.toml", "a mapping file: what columns or members of your own documents hold")
    option(
        command,
        "--llm-endpoint URL",
        "with --input-format prose: ask a model too, at an endpoint for chat completions"
        " (extra llm; default: $KG_LLM_ENDPOINT, else none; its key: $KG_LLM_KEY)",
    )
    option(command, "--llm-model NAME", "which model (default: $KG_LLM_MODEL)")


def stored(command: ArgumentParser, *, at_hand: bool = False) -> None:
    """Add the argument that says where the store is: at hand alone, or at a server too."""
    also = "" if at_hand else ", or the address of a SPARQL endpoint"
    option(
        command,
        "--store PATH",
        f"the store{also} (default: $KG_STORE, else breaches.kg)",
        default=os.environ.get("KG_STORE", "breaches.kg"),
    )


def limited(command: ArgumentParser, rows: str) -> None:
    """Add the arguments that limit a query; `rows` says what the limit of rows does."""
    option(command, "--timeout SECONDS", "stop a query that takes longer (default: 30)", type=seconds)
    option(command, "--max-rows N", rows, type=whole(1, _MOST_ROWS))


def formatted(command: ArgumentParser) -> None:
    """Add the argument that says how to print."""
    option(
        command, "--format", "how to print (default: %(default)s)", choices=("table", "json", "csv"), default="table"
    )


def plotted(command: ArgumentParser, where: str = "") -> None:
    """Add the argument that asks for a picture; `where` says to which of the command's choices it belongs."""
    option(command, "--plot OUT.svg", f"{where}draw it too, as .svg, .png or .pdf (needs matplotlib)", type=written)


def valued(command: ArgumentParser, where: str = "") -> None:
    """Add the argument that says what organizations are worth; `where` says to which of the command's choices it belongs."""
    option(
        command, "--values FILE.csv", f"{where}what organizations are worth: columns name or LEI, and value or assets"
    )


def kept(command: ArgumentParser) -> None:
    """Add the arguments that keep to some organizations."""
    option(command, "--sector S", "only organizations of this industry")
    option(command, "--portfolio FILE.csv", "only the organizations in this list (see `kg portfolio`)")


def _only_exposure(command: ArgumentParser, more: str = "") -> None:
    option(
        command,
        "--exposure",
        "only this kind: confirmed where a document names the customer as affected, potential where it may be" + more,
        choices=("confirmed", "potential"),
    )


def _measure(command: ArgumentParser, more: str = "") -> None:
    option(command, "--depth N", "the deepest tier (default: %(default)s)", type=whole(1), default=3)
    _only_exposure(command, more)
    option(command, "--follow", "also go from a product or part to its owner", choices=("parent",), many=True)
    formatted(command)
    stored(command)
    state(command)


def state(command: ArgumentParser) -> None:
    """Add the arguments that ask for an earlier state."""
    option(command, "--as-of D", "only what was known at the end of this day (YYYY-MM-DD, UTC)", type=day)
    option(
        command,
        "--valid-on D",
        "only relationships in force on this day (YYYY-MM-DD; default: those that have ended count too)",
        type=day,
    )


def waiting(command: ArgumentParser) -> None:
    """Add the argument that makes a command wait for its turn."""
    option(command, "--wait", "wait for another build of the store instead of failing")
