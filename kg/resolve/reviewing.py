"""The review of pairs: one key a pair in a terminal, or a CSV file to fill in."""

from __future__ import annotations

import csv
import io
import sys
from typing import TYPE_CHECKING, Final, Protocol, TextIO

from kg.errors import KGError, UnreadableError
from kg.resolve.judgements import DIFFERENT, GIVEN, SAME, UNRELATED, UNSURE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.resolve.scoring import Score

COLUMNS = ("left", "right", "judgement", "score", "evidence", "left_mentions", "right_mentions")
_KEYS: Final = {"y": SAME, "n": DIFFERENT, "u": UNSURE}
_HELP: Final = "y same, n different, u unsure, space later, b back, q done"
_HELP_RELATED: Final = "y so, n unrelated, u unsure, space later, b back, q done"
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula."""


class Pair(Protocol):
    """Two names that wait."""

    @property
    def left(self) -> str:
        """Return the first name."""

    @property
    def right(self) -> str:
        """Return the other."""

    @property
    def left_mentions(self) -> int:
        """Return how often the first is mentioned."""

    @property
    def right_mentions(self) -> int:
        """Return how often the other is."""

    @property
    def score(self) -> Score:
        """Return what the scorer says."""

    @property
    def proposed(self) -> str:
        """Return the judgement that is proposed: that they are the same, or how they are related."""


def ask(
    waiting: Sequence[Pair], read_key: Callable[[], str], out: TextIO, about: Callable[[str], str] | None = None
) -> list[tuple[str, str, str]]:
    """Show one pair after the other, read a key for each, and return what was judged: left, right, judgement.

    Args:
        waiting: the pairs.
        read_key: returns the key that was pressed; "" when there is no more to read.
        out: where the pairs are shown.
        about: tells in whose company a name stands, "" for nobody's.
    """
    answers: dict[int, str] = {}
    position = 0
    if not waiting:
        print("no pair waits for a judgement", file=out)
    else:
        related = any(pair.proposed != SAME for pair in waiting)
        print(f"{len(waiting)} pairs wait; {_HELP_RELATED if related else _HELP}", file=out)
    while position < len(waiting):
        pair = waiting[position]
        print(f"\n{position + 1}/{len(waiting)}  {_shown(pair, about)}", file=out, flush=True)
        pressed = read_key()[:1].casefold()
        if pressed in {"", "q", "\x03", "\x04"}:
            break
        if pressed in _KEYS:
            answers[position] = _meant(_KEYS[pressed], pair.proposed)
            print(f"     {answers[position]}", file=out)
        elif pressed == "b":
            position = max(position - 1, 0)
            answers.pop(position, None)
            continue
        elif pressed not in {" ", "\n"}:
            print(f"     {_HELP if pair.proposed == SAME else _HELP_RELATED}", file=out)
            continue
        position += 1
    return [(waiting[n].left, waiting[n].right, said) for n, said in sorted(answers.items())]


def _meant(said: str, proposed: str) -> str:
    """What a yes or a no says of what is proposed."""
    if proposed == SAME:
        return said
    return {SAME: proposed, DIFFERENT: UNRELATED}.get(said, said)


def _shown(pair: Pair, about: Callable[[str], str] | None) -> str:
    """A pair as lines: both names and how often they are mentioned, the score and why, and in whose company each stands."""
    told = [
        f"{pair.left} ({pair.left_mentions})  |  {pair.right} ({pair.right_mentions})",
        f"{pair.score.score:.2f}: {'; '.join(pair.score.evidence)}",
    ]
    told += [f"{name} is {company}" for name in (pair.left, pair.right) if about and (company := about(name))]
    return "\n     ".join(told)


def key() -> str:
    """Return the next key that is pressed in the terminal, without waiting for the end of a line."""
    import termios  # noqa: PLC0415 - only a terminal has it
    import tty  # noqa: PLC0415

    handle = sys.stdin.fileno()
    before = termios.tcgetattr(handle)
    try:
        tty.setcbreak(handle)
        return sys.stdin.read(1)
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)


def write(path: Path, waiting: Iterable[Pair]) -> None:
    """Write the pairs that wait as CSV, the column judgement empty; cells that a spreadsheet would run get an apostrophe.

    Raises:
        KGError: the file cannot be written.
    """
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for pair in waiting:
        told = "; ".join(pair.score.evidence)
        rows.writerow(
            [
                _safe(pair.left),
                _safe(pair.right),
                "",
                pair.score.score,
                _safe(told),
                pair.left_mentions,
                pair.right_mentions,
            ]
        )
    try:
        path.write_text(out.getvalue(), "utf-8")
    except OSError as error:
        raise KGError(f"{path}: cannot be written: {error.strerror}") from error


def read(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the judgements of such a file: left, right, judgement; rows without one are passed over.

    Raises:
        UnreadableError: the file cannot be read, lacks a column, or has another word for a judgement.
    """
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableError(str(path), f"cannot be read: {error}") from error
    for number, row in enumerate(rows, 1):
        if missing := [name for name in ("left", "right", "judgement") if row.get(name) is None]:
            raise UnreadableError(str(path), f"there is no {missing[0]}", f"row {number}")
        said = row["judgement"].strip().casefold()
        if said and said not in GIVEN:
            raise UnreadableError(str(path), f"{said!r} is not {', '.join(GIVEN[:-1])} or {GIVEN[-1]}", f"row {number}")
        if said:
            yield _plain(row["left"]), _plain(row["right"]), said


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell


def _plain(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_DANGEROUS) else cell
