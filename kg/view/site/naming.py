"""What the pages of a site are called, and what leads to a thing: its own page, else the interactive page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from anyascii import anyascii

from kg.view.safe import visible_id
from kg.vocabulary import digest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kg.exposure.statements import Node

GRAPH: Final = "graph.html"
WITH_PAGES: Final = ("vendor", "incident")
"""Kinds of nodes that have a page each, in the folder of that name."""
_LONGEST: Final = 60
_DIGITS: Final = 8


def slug(label: str, iri: str, digits: int = _DIGITS) -> str:
    """Return a name for a file that any system takes and that changes only with the label: "mercor-1f3a9c20".

    ASCII letters in lower case, digits and "-", at most 69 characters with 8 digits. Its end comes from the IRI, so that
    it is neither another's nor one that a system keeps for itself ("con").
    """
    words = "-".join(re.findall(r"[a-z0-9]+", anyascii(label[: 4 * _LONGEST]).lower()))
    if len(words) > _LONGEST:
        words = words[: _LONGEST + 1].rpartition("-")[0] or words[:_LONGEST]
    return f"{words}-{digest(iri)[:digits]}".lstrip("-")


def in_graph(iri: str) -> str:
    """Return the address that shows a node on the interactive page, from the folder of the site; the IRI comes last."""
    return f"{GRAPH}#view=graph&node={quote(visible_id(iri), safe='')}"


class Addresses:
    """Where everything is told.

    Attributes:
        pages: IRI -> its page, from the folder of the site; in the order of IRIs.
    """

    def __init__(self, nodes: Iterable[Node], drawn: Collection[str]) -> None:
        self._drawn = drawn
        self.pages: dict[str, str] = {}
        taken: set[str] = set()
        for node in sorted(nodes, key=lambda node: node.iri):
            if node.kind in WITH_PAGES:
                page = f"{node.kind}/{slug(node.label, node.iri)}.html"
                if page in taken:
                    page = f"{node.kind}/{slug(node.label, node.iri, 20)}.html"
                taken.add(page)
                self.pages[node.iri] = page

    def of(self, iri: str) -> str:
        """Return what leads to a node, from the folder of the site; "" where nothing does."""
        return self.pages.get(iri) or (in_graph(iri) if iri in self._drawn else "")
