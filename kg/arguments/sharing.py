"""The arguments of the commands that hand the graph to others."""

from __future__ import annotations

import argparse

from kg.arguments import command, limited, option, state, stored
from kg.arguments.typed import whole, written

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
    option(command, "--to FORMAT", ", ".join(EXPORTS), required=True, choices=EXPORTS)
    option(command, "-o, --output FILE", "the file; for neo4j a folder", required=True, type=written)
    option(command, "--focus NAME", "only what is around this")
    option(command, "--depth N", "how many statements around the focus (default: 2)", type=whole(0))
    option(
        command,
        "--certainty",
        "only statements of this certainty; may be given several times",
        action="append",
        choices=("confirmed", "suspected", "claimed", "denied"),
    )
    option(command, "--with-history", "also when every document was known, and evidence that no longer holds")
    stored(command)
    state(command)


@command("serve", "answer SPARQL and show pages over HTTP")
def _serve(command: ArgumentParser) -> None:
    option(command, "--host HOST", "the address to listen at (default: this machine only)", default="127.0.0.1")
    option(command, "--port N", "0 for a free one (default: %(default)s)", type=_PORT, default=8000)
    limited(command, "rows of an answer at most (default: 100000)")
    option(
        command, "--concurrent N", "queries answered at a time (default: two for each processor)", type=whole(1, 1000)
    )
    option(command, "--token-file F", "a file with the token that clients have to show (default: $KG_TOKEN)")
    option(command, "--name HOST", "a name that the server goes by, beside localhost", type=_one_of("names"), many=True)
    option(command, "--allow-origin ORIGIN", "a web site whose scripts may ask", type=_one_of("origins"), many=True)
    stored(command, at_hand=True)


@command("push", "bring a SPARQL server to hold what the store holds")
def _push(command: ArgumentParser) -> None:
    command.add_argument("url", metavar="URL", help="the server's address for the SPARQL 1.1 Graph Store Protocol")
    option(command, "--sparql URL", "its address for queries, where it cannot be told", default="")
    option(
        command,
        "--replace-default",
        "replace what others have put into the server's default graph before the first push",
    )
    stored(command)


@command("mcp", "give an assistant the graph as tools (Model Context Protocol)")
def _mcp(command: ArgumentParser) -> None:
    limited(command, "rows of an answer at most (default: 1000)")
    option(command, "--port N", "answer over HTTP instead, at this port of this machine (0 for a free one)", type=_PORT)
    option(command, "--token-file F", "a file with the token to show over HTTP (default: $KG_TOKEN)")
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
