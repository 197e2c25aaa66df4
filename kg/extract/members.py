"""The members of one JSON record: their texts and evidence, and which of them have been used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.model import Certainty
from kg.names import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.json_records import JsonRecord
    from kg.extract.json_spans import Path
    from kg.model import Evidence, Note


class Members:
    """A record being read; what nobody takes becomes notes.

    Attributes:
        record: the record.
        used: the paths that made a fact, or say nothing.
        certainty: how sure the record is, for everything it says.
    """

    def __init__(self, record: JsonRecord) -> None:
        self.record = record
        self.used: set[Path] = set()
        self.certainty = Certainty.CONFIRMED

    def get(self, *path: str) -> Any:
        """Return the value of a member, None where there is none."""
        value: Any = self.record.value
        for step in path:
            value = value.get(step) if isinstance(value, dict) else None
        return value

    def text(self, *path: str) -> str:
        """Return a text, or a whole number as it is printed; "" for anything else."""
        value = self.get(*path)
        return clean(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""

    def evidence(self, *path: str | int, **changes: Any) -> Evidence:
        """Return the evidence of a member, which counts as used; `changes` are those of `JsonRecord.evidence`."""
        self.used.add(path)
        return self.record.evidence(*path, **{"certainty": self.certainty, **changes})

    def within(self, key: str, words: str) -> Evidence:
        """Return the evidence of some words of a text, of all of it where it prints them otherwise."""
        at = self.record.passage(key).text.find(words) if isinstance(self.get(key), str) else -1
        return self.evidence(key, start=at, end=at + len(words)) if at >= 0 and words else self.evidence(key)

    def notes(self) -> Iterator[Note]:
        """Yield a note for everything that has not been used."""
        return self.record.notes(self.used)
