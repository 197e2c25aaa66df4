"""The options that a line gives: which of them do not go together, and which are passed on.

One that is not given is None, False or empty; its default is that of what it is passed to.
"""

from __future__ import annotations

TYPE_CHECKING = False  # not from `typing`: to import that takes as long as all the rest of `kg --help`
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Collection, Mapping
    from typing import Any


def given(args: Namespace, *names: str, **renamed: str) -> dict[str, Any]:
    """Return those of some options that the line gives, by name; `renamed` are those that are called otherwise where they go."""
    options = {name: name for name in names} | renamed
    return {name: value for name, option in options.items() if (value := getattr(args, option)) is not None}


def refuse(args: Namespace, why: str, *names: str) -> None:
    """End the command as misused if the line gives one of these options; `why` says what it belongs to or does not go with."""
    for name in names:
        value = getattr(args, name.replace("-", "_"))
        if value is not None and value is not False and value != []:
            args.misused(f"--{name} {why}")


def belong(args: Namespace, choice: str, chosen: str, owners: Mapping[str, Collection[str]]) -> None:
    """End the command as misused if the line gives an option that belongs to other choices than the one it makes.

    Args:
        args: the line.
        choice: what comes before the word that chooses ("--by").
        chosen: that word, or its default.
        owners: name of an option -> the words to which it belongs.
    """
    for name, choices in owners.items():
        if chosen not in choices:
            refuse(args, f"belongs to {choice} {', '.join(choices)}", name)
