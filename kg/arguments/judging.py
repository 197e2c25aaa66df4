"""The arguments of the commands that decide which names are one organization."""

from __future__ import annotations

from kg.arguments import command, formatted, option, stored, waiting
from kg.arguments.typed import whole, written

TYPE_CHECKING = False  # not from `typing`: to import that takes as long as all the rest of `kg --help`
if TYPE_CHECKING:
    from argparse import ArgumentParser


@command("match", "whether two names are one organization, and why")
def _match(command: ArgumentParser) -> None:
    command.add_argument("names", nargs="*", metavar="LEFT RIGHT", help="two names")
    option(command, "--pairs IN.csv", "a CSV file with the columns left and right")


@command("review", "judge the pairs of names that may be one organization")
def _review(command: ArgumentParser) -> None:
    option(command, "--export OUT.csv", "write the pairs that wait to this file instead of asking", type=written)
    told = "take the judgements in this file (columns left,right,judgement)"
    option(command, "--import IN.csv", told, dest="judged")
    option(command, "--limit N", "so many pairs at most", type=whole(1))
    option(
        command,
        "--engine",
        "what proposes pairs of names: our own blocks, or Splink, for more names (extra splink; default: local)",
        choices=("local", "splink"),
    )
    instead = command.add_mutually_exclusive_group()
    option(instead, "--incidents", "pairs of incidents that customer and vendor may both tell of, instead")
    option(
        instead,
        "--relations",
        "parents, products and former names that unverified rows of the table of organizations tell of, instead",
    )
    _judging(command)


@command("judge", "judge whether two names are one organization, or how they are related")
def _judge(command: ArgumentParser) -> None:
    command.add_argument("left", metavar="LEFT", help="a name, or an identifier (lei:...)")
    command.add_argument("right", metavar="RIGHT", help="another")
    command.add_argument(
        "judgement",
        choices=("same", "different", "unsure", "part-of", "product-of", "formerly", "unrelated"),
        help="LEFT and RIGHT are the same ...; LEFT is part or a product of RIGHT, was formerly called RIGHT, or is none of these",
    )
    _judging(command)


@command("undo", "take back a judgement")
def _undo(command: ArgumentParser) -> None:
    command.add_argument("id", nargs="?", metavar="ID", help="the judgement; without it, those that hold are listed")
    formatted(command)
    _judging(command)


def _judging(command: ArgumentParser) -> None:
    option(command, "--by WHO", "who judges (default: the name of the user)")
    stored(command, at_hand=True)
    waiting(command)
