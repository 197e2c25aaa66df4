"""What is typed behind an option: functions that read it, and have argparse report what it cannot be."""

from __future__ import annotations

import argparse

TYPE_CHECKING = False  # not from `typing`: to import that takes as long as all the rest of `kg --help`
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

_LONGEST = 10**6
"""Seconds, of `kg.query.Limits`; here, because `kg --help` loads nothing else."""


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


def written(text: str) -> str:
    """Return the name of a file or folder to write; argparse reports "-", for only what is printed goes to standard output."""
    if text == "-":
        raise argparse.ArgumentTypeError("is written under a name, not to standard output")
    return text


def seconds(text: str) -> float:
    """Return a number of seconds; argparse reports what is none."""
    try:
        number = float(text)
    except ValueError:
        number = 0
    if not 0 < number <= _LONGEST:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds (above 0, {_LONGEST:,} at most)")
    return number


def day(text: str) -> date:
    """Return a day as typed; argparse reports what is none."""
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day (YYYY-MM-DD)") from error


def generation(text: str) -> int | date:
    """Return the number of a generation, or a day as typed; argparse reports what is neither."""
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return day(text)
    except argparse.ArgumentTypeError as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is neither the number of a generation nor a day (YYYY-MM-DD)"
        ) from error
