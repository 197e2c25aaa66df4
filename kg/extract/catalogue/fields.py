"""The fields of a breach catalogue, by which a document is known to be one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kg.extract.formats import Format
from kg.extract.tabular.row import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

_TAGS = ("actor", "motive", "initial-access", "impacted-user-count", "cost-usd")
"""The tags of an entry; in a table each is a column of its own."""


class Catalogue(Format):
    """What an entry has: an entity, a time, and two of tags, links, summary and method, or records and a method."""

    SPELLINGS: ClassVar = {
        "entity": ("entity", "organisation", "organization", "organization name", "company", "company name", "name"),
        "year": ("year",),
        "month": ("month",),
        "date": ("date", "date of breach", "breach date"),
        "summary": ("summary", "story", "description", "details"),
        "links": ("links", "sources", "source link", "1st source link", "first source link", "references", "source", "link", "url"),
        "more": ("2nd source link", "second source link", "source link 2", "more links", "other links", "additional links"),
        "publisher": ("source name", "name of source", "news source"),
        "tags": ("tags",),
        **{f"tags.{name}": (f"tags {plain(name)}", plain(name)) for name in _TAGS},
        "records": ("records", "records lost", "records exposed", "records compromised", "records stolen", "number of records"),
        "method": ("method", "method of leak", "leak method", "breach method", "attack method", "attack type", "type of attack"),
        "sector": ("sector", "organization type", "organisation type", "industry"),
    }  # fmt: skip

    @staticmethod
    def fits(names: Mapping[str, str]) -> bool:
        """Return whether an entry has these."""
        if "entity" not in names or not {"year", "month", "date"} & names.keys():
            return False
        told = len({name.split(".")[0] for name in names} & {"tags", "links", "summary", "method"})
        return names.keys() >= {"records", "method"} or (plain(names["entity"]) == "entity" and told > 1)
