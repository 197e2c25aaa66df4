"""How VERIS incidents are laid out, by which a document is known to hold some: as objects, or in the columns of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.extract.tabular.json_table import is_json
from kg.extract.tabular.table import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.extract.tabular.row import Table
    from kg.model import Document

SECTIONS = ("action", "actor", "asset", "attribute", "timeline", "victim")
_FEWEST = 3
"""Sections that the columns of a table of incidents name."""


def is_incident(value: Mapping[str, Any] | None) -> bool:
    """Return whether an object is laid out as an incident; in the schema and its lists of values the same keys hold other things."""
    if value is None:
        return False
    sections = sum(isinstance(value.get(name), dict) for name in SECTIONS)
    told = isinstance(value.get("incident_id"), str | int) or isinstance(value.get("security_incident"), str)
    return sections > 1 and told and not isinstance(value.get("properties"), dict)


def veris_table(document: Document) -> Table | None:
    """Return the table that a document is, None where its columns are not named by paths of VERIS."""
    found = None if is_json(document) else table(document)
    named = {name.partition(".")[0] for name in found.header if "." in name} if found else set()
    told = found and any(name.partition(".")[0] in {"incident_id", "security_incident"} for name in found.header)
    return found if told and len(named.intersection(SECTIONS)) >= _FEWEST else None
