"""The review of pairs: one key a pair in a terminal, or a CSV file to fill in."""

from __future__ import annotations

import csv
import io
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TextIO

from kg.errors import ContradictionError, KGError, UnreadableError
from kg.names import clean
from kg.resolve.filled import filled_in
from kg.resolve.judgements import DIFFERENT, GIVEN, SAME, UNRELATED, UNSURE, Judgements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.resolve.candidates import Waiting

    Taking = Callable[[Judgements, str, str, str], Judgements]
    """Returns a log with one judgement more (left, right, judgement); it may refuse it as a contradiction."""

COLUMNS = ("left", "right", "judgement", "score", "evidence", "left_mentions", "right_mentions")
_KEYS: Final = {"y": SAME, "n": DIFFERENT, "u": UNSURE}
_HELP: Final = "y same, n different, u unsure, space later, b back, q done"
_HELP_RELATED: Final = "y so, n unrelated, u unsure, space later, b back, q done"
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula."""


def ask(
    waiting: Sequence[Waiting],
    read_key: Callable[[], str],
    out: TextIO,
    about: Callable[[str], str] | None = None,
    *,
    log: Judgements | None = None,
    taking: Taking = lambda held, *_: held,
    limit: int | None = None,
) -> list[tuple[str, str, str]]:
    """Show one pair after the other, read a key for each, and return what was judged: left, right, judgement.

    An answer that is refused is told why, and its pair asked again; pairs that the answers settle are passed over. Ctrl-C
    ends the review as "q" does.

    Args:
        waiting: the pairs.
        read_key: returns the key that was pressed; "" when there is no more to read.
        out: where the pairs are shown.
        about: tells in whose company a name stands, "" for nobody's.
        log: what is judged already.
        taking: takes an answer to it.
        limit: how many of the pairs are shown at most; all if None.
    """
    if not waiting:
        print("no pair waits for a judgement", file=out)
        return []
    shown = waiting[:limit]
    related = any(pair.proposed != SAME for pair in shown)
    print(f"{counted(waiting, limit)}; {_HELP_RELATED if related else _HELP}", file=out)
    review = _Review(shown, log or Judgements(), taking)
    with suppress(KeyboardInterrupt):
        _ask(review, read_key, out, about)
    return [told for _, told in sorted(review.answers.items())]


def counted(waiting: Sequence[Waiting], limit: int | None = None) -> str:
    """Return in words how many pairs wait, and how many of them are shown where a limit leaves some out."""
    if limit is not None and limit < len(waiting):
        return f"{limit} of {len(waiting)} pairs that wait"
    return "1 pair waits" if len(waiting) == 1 else f"{len(waiting)} pairs wait"


def _ask(review: _Review, read_key: Callable[[], str], out: TextIO, about: Callable[[str], str] | None) -> None:
    """Ask for the pairs of a review until there is none left, or no key."""
    while (pair := review.pair) is not None:
        print(f"\n{review.position + 1}/{len(review.waiting)}  {_shown(pair, about)}", file=out, flush=True)
        pressed = read_key()[:1].casefold()
        if pressed in {"", "q", "\x03", "\x04"}:
            return
        if pressed in _KEYS:
            said = _meant(_KEYS[pressed], pair.proposed)
            try:
                review.take(pair.left, pair.right, said)
            except ContradictionError as error:
                print(f"     {error}", file=out)
                continue
            print(f"     {said}", file=out)
        elif pressed == "b":
            review.back()
        elif pressed in {" ", "\n"}:
            review.go_on()
        else:
            print(f"     {_HELP if pair.proposed == SAME else _HELP_RELATED}", file=out)


class _Review:
    """Where a review stands: the pair that is asked for, the answers so far, and the way back.

    Attributes:
        waiting: the pairs.
        position: the place of the one that is asked for.
        answers: place of a pair -> left, right, judgement.
    """

    def __init__(self, waiting: Sequence[Waiting], log: Judgements, taking: Taking) -> None:
        self.waiting, self.position = waiting, 0
        self.answers: dict[int, tuple[str, str, str]] = {}
        self._log, self._taking = log, taking
        self._settled = self._settling = log.settling()
        self._way: list[tuple[int, Judgements]] = []

    @property
    def pair(self) -> Waiting | None:
        """Return the pair that is asked for, None behind the last."""
        return self.waiting[self.position] if self.position < len(self.waiting) else None

    def take(self, left: str, right: str, said: str) -> None:
        """Take an answer, and go on.

        Raises:
            ContradictionError: it contradicts the answers so far, or what was judged before.
        """
        log = self._taking(self._log, left, right, said)
        self.answers[self.position] = left, right, said
        self.go_on(log)

    def go_on(self, log: Judgements | None = None) -> None:
        """Go on to the next pair that nothing settles which has been answered here; `log` has the last answer in it."""
        self._way.append((self.position, self._log))
        self._hold(log or self._log)
        self.position += 1
        while (pair := self.pair) is not None and self._is_settled(pair):
            self.position += 1

    def back(self) -> None:
        """Go back to the pair that was asked for before, and forget its answer."""
        if self._way:
            self.position, log = self._way.pop()
            self.answers.pop(self.position, None)
            self._hold(log)

    def _hold(self, log: Judgements) -> None:
        if log is not self._log:
            self._log, self._settling = log, log.settling()

    def _is_settled(self, pair: Waiting) -> bool:
        names = pair.left, pair.right
        return self._settling(*names) and not self._settled(*names)


def _meant(said: str, proposed: str) -> str:
    """What a yes or a no says of what is proposed."""
    if proposed == SAME:
        return said
    return {SAME: proposed, DIFFERENT: UNRELATED}.get(said, said)


def _shown(pair: Waiting, about: Callable[[str], str] | None) -> str:
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


def write(path: Path, waiting: Iterable[Waiting]) -> None:
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
        UnreadableError: the file cannot be read, lacks a column, judges a blank, or has another word for a judgement.
    """
    _, rows = filled_in(path)
    for place, cells in rows:
        row = {name.strip().casefold(): cell for name, cell in cells.items()}
        if missing := [name for name in ("left", "right", "judgement") if name not in row]:
            raise UnreadableError(str(path), f"there is no {missing[0]}", place)
        said = row["judgement"].strip().casefold()
        if said and said not in GIVEN:
            raise UnreadableError(str(path), f"{said!r} is not {', '.join(GIVEN[:-1])} or {GIVEN[-1]}", place)
        if said:
            left, right = _plain(row["left"]), _plain(row["right"])
            if not (clean(left) and clean(right)):
                raise UnreadableError(str(path), "a name is blank", place)
            yield left, right, said


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell


def _plain(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_DANGEROUS) else cell
