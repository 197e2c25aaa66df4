"""Labels of what is told of a supplier, in lists, on cards and in the first column of a table."""

from __future__ import annotations

from kg.extract.tabular.row import plain
from kg.patterns import regex

_LONGEST = 100
_LABEL = regex(
    r"(?:purpose of processing|services provided|location of processing|data (?:processed|location|types?|categories)|categor(?:y|ies)|type|e ?mail|phone|telephone|tel|fax|address|contact|website|url|location|country|region|purpose|service|services|role|description|data|function|added|since|status|security|privacy|legal"
    r"|support|zweck|standort|sitz|adresse|telefon|finalité|pays|finalidad|doel|locatie)"
)
"""What an item begins with that tells of somebody instead of naming them."""


def is_label(told: str) -> bool:
    """Return whether a text is a label of what is told of somebody ("Purpose")."""
    return len(told) <= _LONGEST and _LABEL.fullmatch(plain(told)) is not None
