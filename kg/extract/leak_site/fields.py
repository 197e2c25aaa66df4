"""The fields of posts on leak sites, and of articles about attacks that groups claim, by which a document is known to list some."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kg.extract.formats import Format, spelled
from kg.extract.tabular.row import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

VICTIMS = ("post title", "victim", "victim name")
GANGS = ("gang", "gang name", "ransomware group", "ransomware gang", "ransomware group name", "extortion group")
"""How lists call who is posted, and who posts; a "company" beside a "group" is something else."""
ACTORS = ("threat actor", "threat actor name", "threat group", "actor", "attacker")
"""How lists call who posts that may be lists of other attacks: they are read where they tell nothing else."""
_DOMAINS = ("victim website", "domain", "victim domain")
"""How they call the site of who is posted where they tell it instead of a name; a "website" may be that of the group."""
_BESIDE = frozenset(
    """
    id|number|no|#|country|country code|region|city|state|location|address|revenue|employees|size|data size|deadline|status|description|screenshot|permalink|source
    victim country|victim sector|victim industry
    """.strip().replace("\n", "|").split("|")
)  # fmt: skip
"""What such a list tells besides."""


class Posts(Format):
    """What a post has: the title, and the name of a group."""

    SPELLINGS: ClassVar = {
        "post_title": (*VICTIMS, "company", "company name", "organization", "organisation", "title", "name", *_DOMAINS),
        "group_name": ("group name", "group", *GANGS, *ACTORS),
        "discovered": ("discovered", "discovery date", "date discovered", "first seen", "date added", "date"),
        "published": (
            "published",
            "date published",
            "date posted",
            "publication date",
            "post date",
            "attackdate",
            "attack date",
        ),
        "website": ("website", *_DOMAINS, "site"),
        "domain": ("domain",),
        "activity": ("activity", "sector", "industry"),
        "post_url": ("post url", "claim url"),
        "url": ("url",),
        "link": ("link", "leak url"),
        "press": ("press",),
    }

    @staticmethod
    def fits(names: Mapping[str, str]) -> bool:
        """Return whether a post has these."""
        told = {name: plain(key) for name, key in names.items()}
        if told.get("post_title") in _DOMAINS and told.keys().isdisjoint({"discovered", "published"}):
            return False
        return told.keys() >= {"post_title", "group_name"} and (
            (told["post_title"] in VICTIMS and told["group_name"] not in ACTORS) or told["group_name"] in GANGS
        )

    @staticmethod
    def fits_alone(names: Mapping[str, str], keys: Sequence[str]) -> bool:
        """Return whether a post has these and nothing else that is not told beside them."""
        if not names.keys() >= {"post_title", "group_name"} or not names.keys() & {"discovered", "published"}:
            return False
        known = {plain(key) for key in names.values()}
        return plain(names["post_title"]) in VICTIMS and {plain(key).strip() for key in keys} <= known | _BESIDE


class Articles(Format):
    """What is told of an attack that articles tell of, and a group claims or nobody does."""

    SPELLINGS: ClassVar = {
        "victim": ("victim", "victim name"),
        "claim_gang": ("claim gang",),
        "claim_url": ("claim url",),
        "title": ("title",),
        "summary": ("summary",),
        "date": ("date",),
        "added": ("added",),
        "domain": ("domain", "website"),
        "link": ("link", "url"),
        "source": ("source",),
    }

    @staticmethod
    def fits(names: Mapping[str, str]) -> bool:
        """Return whether a record has a victim, who claims it, and an article with its title."""
        return names.keys() >= {"victim", "claim_gang", "title", "link"}


def is_post(value: object) -> bool:
    """Return whether a post names a victim, has a day, and names no group of its own."""
    names = spelled(Posts, tuple(value)) if isinstance(value, dict) else {}
    named = "post_title" in names and plain(names["post_title"]) in VICTIMS
    return named and "group_name" not in names and bool(names.keys() & {"discovered", "published"})
