"""What `kg.export.stix` writes so that the extractor reads it again, since STIX has no member for it: labels, and what a reference is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.stix.objects import indices, stated, text
from kg.model import Certainty
from kg.vocabulary import ID

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kg.extract.json_in.records import JsonRecord
    from kg.extract.json_in.spans import Path

MARK = "breachkg"
"""Source of the external ids that incidents have in a bundle that this package wrote; each has one, and so has the feed that gave it."""
CITED, FIRST = "source", "first report"
"""Descriptions of the references that are sources of the incident."""
STATUS, BASIS, SERVICE = "status:", "basis:", "service:"
"""How labels begin that say in which state a relationship is, what it rests on, and for what."""


def ours(event: JsonRecord) -> bool:
    """Return whether this package wrote an incident."""
    return MARK in cited(event, "source_name")


def numbered(event: JsonRecord) -> tuple[str, str, list[Path]]:
    """Return the number of an incident that this package wrote, the feed that gave it, and where they stand; "" where no feed gave one."""
    feeds, numbers = cited(event, "source_name"), cited(event, "external_id")
    mark = feeds.index(MARK) if MARK in feeds else -1
    number = numbers[mark] if mark >= 0 else ""
    for at, (feed, same) in enumerate(zip(feeds, numbers, strict=True)):
        if number and same == number and at != mark:
            keys = ("external_id", "source_name")
            return number, feed, [("external_references", where, key) for where in (mark, at) for key in keys]
    return "", "", []


def sure(link: JsonRecord) -> Certainty:
    """Return how sure a relationship is: as its label says where this package wrote it, else by its confidence."""
    return next((Certainty(word) for _, word in certainties(link)), stated(link))


def certainties(link: JsonRecord) -> Iterator[tuple[Path, str]]:
    """Yield the labels that say how sure a relationship is, with their paths; only one that cites claims of this package has such."""
    if any(name.startswith(ID) for name in cited(link, "external_id")):
        yield from labelled(link, "", tuple(Certainty))


def cited(record: JsonRecord, key: str) -> list[str]:
    """Return what each of the references of an object has for a key, "" for one that has nothing."""
    return [text(record, "external_references", at, key) for at in indices(record, "external_references")]


def dated(what: str) -> str:
    """Return how labels begin that give a date of an incident, by what it is the date of ("occurred")."""
    return f"{what}:"


def labelled(record: JsonRecord, prefix: str, among: Collection[str] = ()) -> Iterator[tuple[Path, str]]:
    """Yield what the labels that begin so say, with their paths; where `among` is given, only what is one of these."""
    for at in indices(record, "labels"):
        label = text(record, "labels", at)
        told = label.removeprefix(prefix)
        if label.startswith(prefix) and told and (not among or told in among):
            yield ("labels", at), told
