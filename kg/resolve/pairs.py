"""Pairs of names, scored: one as a JSON object, or those of a CSV file with what was found beside them."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from kg.errors import UnreadableError
from kg.resolve.scoring import score

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOUND = ("score", "decision", "evidence")


def match(left: str, right: str) -> str:
    """Return how two names compare as a JSON object: left, right, score, decision, evidence."""
    return json.dumps({"left": left, "right": right, **score(left, right)._asdict()}, ensure_ascii=False, indent=1)


def match_file(path: Path) -> Iterator[str]:
    """Yield the lines of a CSV file of pairs: left, right, score, decision, evidence, then its other columns.

    Raises:
        UnreadableError: the file cannot be read, or has no columns left and right.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        rows = csv.DictReader(io.StringIO(text, newline=""))
        columns = list(rows.fieldnames or ())
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableError(str(path), f"cannot be read: {error}") from error
    if not {"left", "right"} <= set(columns):
        raise UnreadableError(str(path), "has no columns left and right")
    others = [name for name in columns if name not in {"left", "right", *FOUND}]
    yield _line(["left", "right", *FOUND, *others])
    for row in rows:
        left, right = row["left"] or "", row["right"] or ""
        found = score(left, right)
        yield _line([left, right, found.score, found.decision, "; ".join(found.evidence), *map(row.get, others)])


def _line(values: list[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(values)
    return out.getvalue()
