"""Ids of STIX objects, by which a document is known to be STIX."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Mapping

_ID = regex(r"([a-z0-9]+(?:-[a-z0-9]+)*)--[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\Z")
BUNDLE = regex(r'"id"\s*:\s*"bundle--[0-9A-Fa-f]{8}-')


_OTHERS = {"identity": "organization", "x-opencti-incident": "incident"}
"""Types whose objects have ids of another type where OpenCTI wrote them before its version 4."""


def is_object(value: Mapping[str, Any]) -> bool:
    """Return whether an object has the id of a STIX object, and is no bundle."""
    name, match = str(value.get("type")), _ID.match(str(value.get("id")))
    return match is not None and match[1] in {name, _OTHERS.get(name)} and name != "bundle"
