"""What the headings of catalogue pages and the columns of its index call, in many spellings."""

from __future__ import annotations

import re
from functools import lru_cache

_SIMILAR = 0.8
"""How alike two words must be to be one word and a slip of the pen."""
_KINDS = {
    "types": ("compromise", "attack"),
    "impact": ("impact", "impacts", "consequences", "effect"),
    "references": ("reference", "references", "links", "bibliography", "citations", "reading"),
    "description": (
        "description",
        "summary",
        "overview",
        "background",
        "details",
        "abstract",
        "introduction",
        "happened",
    ),
}
"""Kind of section -> words of which its heading holds one."""
_OF_TYPES = ("type", "types", "kind", "kinds", "category", "categories", "classification")


@lru_cache(maxsize=4096)
def heading_kind(title: str) -> str:
    """Return the kind of section a heading opens, whatever its case, number and spelling ("Imapct"); "" for another."""
    words = re.findall(r"[a-z]+", title.casefold())[:10]
    if _holds(words, _OF_TYPES) and _holds(words, _KINDS["types"]):
        return "types"
    if words in (["source"], ["sources"]):
        return "references"
    return next((kind for kind, known in _KINDS.items() if kind != "types" and _holds(words, known)), "")


def _holds(words: list[str], known: tuple[str, ...]) -> bool:
    from difflib import get_close_matches  # noqa: PLC0415 - few documents have headings

    return any(word in known or get_close_matches(word, known, 1, _SIMILAR) for word in words)
