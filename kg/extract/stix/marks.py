"""What `kg.export.stix` writes so that the extractor reads it again, since STIX has no member for it: labels, and what a reference is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.stix.objects import text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kg.extract.json_in.records import JsonRecord
    from kg.extract.json_in.spans import Path

MARK = "breachkg"
"""Source of the external ids that incidents have in a bundle that this package wrote; each has one."""
CITED, FIRST = "source", "first report"
"""Descriptions of the references that are sources of the incident."""
STATUS, BASIS, SERVICE = "status:", "basis:", "service:"
"""How labels begin that say in which state a relationship is, what it rests on, and for what."""


def ours(event: JsonRecord) -> bool:
    """Return whether this package wrote an incident."""
    found = event.value.get("external_references")
    many = len(found) if isinstance(found, list) else 0
    return any(text(event, "external_references", at, "source_name") == MARK for at in range(many))


def dated(what: str) -> str:
    """Return how labels begin that give a date of an incident, by what it is the date of ("occurred")."""
    return f"{what}:"


def labelled(record: JsonRecord, prefix: str, among: Collection[str] = ()) -> Iterator[tuple[Path, str]]:
    """Yield what the labels that begin so say, with their paths; where `among` is given, only what is one of these."""
    labels = record.value.get("labels")
    for at in range(len(labels) if isinstance(labels, list) else 0):
        before, mark, told = text(record, "labels", at).partition(prefix)
        if mark and not before and told and (not among or told in among):
            yield ("labels", at), told
