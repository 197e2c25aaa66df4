"""The arguments of the commands that hand the graph to others."""

from __future__ import annotations

import argparse

from kg.arguments import command, limited, state, stored, whole

TYPE_CHECKING = False  # not from `typing`: to import that takes as long as all the rest of `kg --help`
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable

EXPORTS = (
    "nquads", "trig", "turtle", "jsonld", "graphml", "gexf", "csv", "parquet", "stix", "veris", "ftm", "neo4j", "evidence",
)  # fmt: skip
"""What `kg export` writes; here, because `kg --help` loads nothing else."""
_PORT = whole(0, 65535)


@command("export", "write the graph for other tools")
def _export(command: ArgumentParser) -> None:
    command.add_argument(
        "--to",
        required=True,
        choices=EXPORTS,
        metavar="FORMAT",
        help=", ".join(EXPORTS),
    )
    command.add_argument("-o", "--output", required=True, metavar="FILE", help="the file; for neo4j a folder")
    command.add_argument("--focus", metavar="NAME", help="only what is around this")
    command.add_argument(
        "--depth", type=whole(0), metavar="N", help="how many statements around the focus (default: 2)"
    )
    command.add_argument(
        "--certainty",
        action="append",
        choices=("confirmed", "suspected", "claimed", "denied"),
        help="only statements of this certainty; may be given several times",
    )
    command.add_argument(
        "--with-history",
        action="store_true",
        help="also when every document was known, and evidence that no longer holds",
    )
    stored(command)
    state(command)


@command("serve", "answer SPARQL and show pages over HTTP")
def _serve(command: ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1", help="the address to listen at (default: this machine only)")
    command.add_argument(
        "--port", type=_PORT, default=8000, metavar="N", help="0 for a free one (default: %(default)s)"
    )
    limited(command, "rows of an answer at most (default: 100000)")
    command.add_argument(
        "--concurrent",
        type=whole(1, 1000),
        metavar="N",
        help="queries answered at a time (default: two for each processor)",
    )
    command.add_argument(
        "--token-file", metavar="F", help="a file with the token that clients have to show (default: $KG_TOKEN)"
    )
    command.add_argument(
        "--name",
        type=_one_of("names"),
        action="append",
        default=[],
        metavar="HOST",
        help="a name that the server goes by, beside localhost",
    )
    command.add_argument(
        "--allow-origin",
        type=_one_of("origins"),
        action="append",
        default=[],
        metavar="ORIGIN",
        help="a web site whose scripts may ask",
    )
    stored(command, at_hand=True)


@command("push", "bring a SPARQL server to hold what the store holds")
def _push(command: ArgumentParser) -> None:
    command.add_argument("url", metavar="URL", help="the server's address for the SPARQL 1.1 Graph Store Protocol")
    command.add_argument("--sparql", default="", metavar="URL", help="its address for queries, where it cannot be told")
    command.add_argument(
        "--replace-default",
        action="store_true",
        help="replace what others have put into the server's default graph before the first push",
    )
    stored(command)


@command("mcp", "give an assistant the graph as tools (Model Context Protocol)")
def _mcp(command: ArgumentParser) -> None:
    limited(command, "rows of an answer at most (default: 1000)")
    command.add_argument(
        "--port",
        type=_PORT,
        metavar="N",
        help="answer over HTTP instead, at this port of this machine (0 for a free one)",
    )
    command.add_argument(
        "--token-file", metavar="F", help="a file with the token to show over HTTP (default: $KG_TOKEN)"
    )
    stored(command)


def _one_of(setting: str) -> Callable[[str], str]:
    """What reads one of the names that a setting of the server holds, as the settings take them."""

    def one(text: str) -> str:
        from kg.errors import KGError
        from kg.serve import Settings

        try:
            Settings(**{setting: (text,)})  # type: ignore[arg-type]
        except KGError as error:
            raise argparse.ArgumentTypeError(str(error)) from error
        return text

    return one
