"""Pairs of names, scored: one as a JSON object, or those of a CSV file with what was found beside them."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from kg.errors import UnreadableError
from kg.resolve.filled import filled_in
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
    columns, rows = filled_in(path)
    if not {"left", "right"} <= set(columns):
        raise UnreadableError(str(path), "has no columns left and right")
    others = [name for name in columns if name not in {"left", "right", *FOUND}]
    yield _line(["left", "right", *FOUND, *others])
    for _, row in rows:
        left, right = row.get("left", ""), row.get("right", "")
        found = score(left, right)
        yield _line([left, right, found.score, found.decision, "; ".join(found.evidence), *map(row.get, others)])


def _line(values: list[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(values)
    return out.getvalue()
