"""The columns of a table of attacks on software supply chains, by which a document is known to hold one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.tabular.row import columns, plain
from kg.patterns import regex

if TYPE_CHECKING:
    from kg.extract.tabular.row import Table

_KNOWN = {
    "technology": (
        "technology", "technologies", "product", "affected technology", "affected product", "software", "affected software",
        "compromised software", "package", "package name", "affected package", "compromised package", "library", "component",
    ),
    "occurred": ("initial compromise date", "compromise date", "date of compromise", "attack date", "date of attack", "date", "start date", "year"),
    "ended": ("end date",),
    "discovered": ("detection date", "discovery date", "date detected", "date discovered", "date of discovery"),
    "reported": ("report date", "reported date", "date reported", "disclosure date", "date disclosed", "publication date"),
    "description": ("description", "summary", "synopsis", "details", "notes"),
    "comments": ("comments", "comment", "remarks"),
    "reference": ("reference", "references", "link", "links", "url", "advisory", "advisories", "source", "sources", "source url"),
    "category": ("attack major category", "attack category"),
    "kind": ("attack minor category", "attack type", "type of attack", "attack vector", "attack technique", "insertion phase"),
}  # fmt: skip
_ALSO_NAMED = regex(r"distribution vectors?|codebase|supply chain|upstream|downstream|insertion phase")
"""What a table tells in which a "name" is that of a technology."""
OF_FLAWS = regex(r"\b(?:cves?|cvss|cwes?)\b")
"""What a list of flaws tells, whose vendors supply nobody in particular."""
DATED = ("occurred", "discovered", "reported")


def is_of_attacks(table: Table) -> bool:
    """Return whether a table has columns for the technology, for dates, for the kind of attack, and of what is told of it."""
    found = places(table)
    dated = sum(what in found for what in DATED)
    if not ("technology" in found and dated and {"category", "kind"} & found.keys()):
        return False
    if dated > 1:
        return True
    return bool({"description", "reference"} & found.keys()) and not any(map(OF_FLAWS.search, map(plain, table.header)))


def places(table: Table) -> dict[str, int]:
    """Return field -> column."""
    found = columns(table.header, _KNOWN)
    names = [plain(name) for name in table.header]
    if "technology" not in found and "name" in names and any(map(_ALSO_NAMED.search, names)):
        found["technology"] = names.index("name")
    return found
