"""Lists of posts on the leak sites of extortion groups: what intruders claim, never what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import LateExtractor
from kg.extract.formats import recognizes
from kg.extract.leak_site.fields import Articles, Posts, is_post
from kg.extract.tabular.json_table import is_json

if TYPE_CHECKING:
    from kg.model import Document

_BEGINNING = 40
"""Characters in which an array begins, blanks of any kind before it."""


class LeakSiteExtractor(LateExtractor):
    """Reads lists of leak-site posts."""

    name = "leak-site"
    reading = "kg.extract.leak_site.reading"
    version = "18"
    description = (
        "Lists of posts on leak sites (JSON, CSV): post_title or victim, group_name, discovered. What they say is claimed, never"
        " confirmed; hidden and cut-off names stay unnamed."
    )

    def recognizes(self, document: Document) -> bool:
        """Return whether its first record has the title of a post and the name of a group, or posts stand under such names."""
        return recognizes(document, Posts) or recognizes(document, Articles) or _is_grouped(document)


def _is_grouped(document: Document) -> bool:
    """Whether posts stand under the names of their groups, as they do in JSON only."""
    if not (is_json(document) or "[" in document.text[:_BEGINNING]):
        return False
    from kg.extract.leak_site.groups import grouped

    return any(grouped(document, is_post))
