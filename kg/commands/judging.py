"""Commands of resolution: whether two names are one organization, and what people have judged."""

from __future__ import annotations

import sys

from kg.commands import DONE, command
from kg.errors import KGError

TYPE_CHECKING = False  # not from `typing`: to import that takes as long as all the rest of `kg --help`
if TYPE_CHECKING:
    from argparse import Namespace


@command("match")
def _match(args: Namespace) -> int:
    from pathlib import Path

    from kg.resolve.pairs import match, match_file

    if args.pairs:
        if args.names:
            raise KGError("match takes two names or --pairs, not both")
        for line in match_file(Path(args.pairs)):
            sys.stdout.write(line)
        return DONE
    if len(args.names) != 2:  # noqa: PLR2004 - a pair
        raise KGError("match takes LEFT RIGHT; put quotation marks around a name of several words")
    print(match(*args.names))
    return DONE
