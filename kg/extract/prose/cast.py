"""The parties of a text and the places where it speaks of them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Mention:
    """Words [first, last) that stand for a party: "name", "group", "noun" ("the vendor") or "pronoun"."""

    first: int
    last: int
    kind: str
    weight: float = 1.0

    @property
    def is_named(self) -> bool:
        """Whether the words are those of a name or a group, and do not only refer back to one."""
        return self.kind in {"name", "group"}


@dataclass(slots=True)
class Party:
    """An organization, attacker or group of a text.

    Attributes:
        kind: "ORG", "ATT" or "GRP" as the tagger saw it, "RUN" for capitalised words that it did not take for a name.
        name: the fullest form.
        first, last: the words of the fullest form, where it stands first.
        weight: how sure the tagger is.
        nouns: words that describe it ("lender").
        is_vendor: whether a word beside a name calls it a supplier.
        sort: "person" or "place" where it seems to be one.
    """

    number: int
    kind: str
    name: str
    first: int
    last: int
    weight: float
    mentions: list[Mention] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    nouns: set[str] = field(default_factory=set)
    is_vendor: bool = False
    sort: str = ""
