"""Words that refer back to a party: "the vendor", "its", "we"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.extract.prose.cast import Mention
from kg.extract.prose.products import DESCRIBING

if TYPE_CHECKING:
    from kg.extract.prose.cast import Party
    from kg.extract.tokens import Tokens

_NOT_SUBJECT: Final = frozenset(
    "of from at by to with in for against through via on into like than about as called named told including between behind near over".split()
)


def with_references(words: Tokens, found: list[Party]) -> None:
    """Add to each party of a text the nouns and pronouns that refer back to it."""
    at_word: dict[int, tuple[Party, Mention]] = {
        mention.first: (party, mention) for party in found for mention in party.mentions
    }
    inside = {at for party in found for mention in party.mentions for at in range(mention.first, mention.last)}
    memory = _Memory(_narrator(words, found))
    for number, (first, last) in enumerate(words.sentences):
        at = first
        while at < last:
            if at in at_word:
                party, mention = at_word[at]
                memory.remember(party, number, subject=at == first or words.lowers[at - 1] not in _NOT_SUBJECT)
                at = max(mention.last, at + 1)
                continue
            if at not in inside and (reference := _reference(words, at, last)):
                end, noun = reference
                party_or_none = memory.referent(words.lowers[at], noun, number, found)
                if party_or_none is not None:
                    kind = "noun" if noun else "pronoun"
                    party_or_none.mentions.append(Mention(at, end, kind, 0.5))
                    if noun and (at == first or words.lowers[at - 1] not in _NOT_SUBJECT):
                        memory.subject, memory.sentence = party_or_none, number
                at = end
                continue
            at += 1
    for party in found:
        party.mentions.sort(key=lambda mention: mention.first)


def _reference(words: Tokens, at: int, last: int) -> tuple[int, str] | None:
    """(one past the last word, noun or "" for a pronoun) of what refers back at a word."""
    lower = words.lowers[at]
    kinds = words.kinds[at]
    if "OUR" in kinds or ("ITS" in kinds and lower not in {"his", "her"}) or "IT" in kinds:
        return at + 1, ""
    if lower not in {"the", "this", "that"}:
        return None
    for end in range(at + 1, min(last, at + (5 if lower == "the" else 2))):
        if not words.words[end][0].isalpha() or (words.words[end][0].isupper() and end > at + 1):
            return None
        if lower != "the" and {"VENDOR", "COMPANY"}.isdisjoint(words.kinds[end]):
            return None
        if not DESCRIBING.isdisjoint(words.kinds[end]):
            following = words.words[end + 1] if end + 1 < last else "."
            if following[0].isupper() or following in {"of", "that", "which", "who", "called", "named"}:
                return None
            if end + 1 < last and not {"VENDOR", "COMPANY", "KIND", "PRODUCT", "SYSTEM", "CUSTOMER"}.isdisjoint(
                words.kinds[end + 1]
            ):
                continue
            return end + 1, words.lowers[end]
        if not words.words[end].islower():
            return None
        if not {"PREP", "BE", "HAVE", "CONJ", "REL", "SAY"}.isdisjoint(words.kinds[end]):
            return None
    return None


def _narrator(words: Tokens, found: list[Party]) -> Party | None:
    """Who says "we": the first party named that no word calls a supplier; None where nobody speaks so."""
    ours = quoted = 0
    for lower in words.lowers:
        if lower in {'"', "“", "”"}:
            quoted = 1 - quoted if lower == '"' else lower == "“"
        ours += not quoted and lower in {"we", "our", "us"}
    if ours < 2:
        return None
    named = sorted((p for p in found if p.kind == "ORG" and not p.sort), key=lambda p: min(m.first for m in p.mentions))
    return next((p for p in named if not p.is_vendor), named[0] if named else None)


@dataclass(slots=True)
class _Memory:
    """Who was spoken of last: as a subject, in any place, as a supplier, as another."""

    narrator: Party | None
    subject: Party | None = None
    sentence: int = -9
    latest: Party | None = None
    before: Party | None = None
    supplier: Party | None = None
    other: Party | None = None
    opening: Party | None = None

    def remember(self, party: Party, number: int, *, subject: bool) -> None:
        """Take in a name."""
        if party.kind not in {"ORG", "GRP"} or party.sort:
            return
        if party.is_vendor:
            self.supplier = party
        else:
            self.other = party
        self.opening = self.opening or party
        if self.latest is not party:
            self.before, self.latest = self.latest, party
        if (subject and (self.sentence != number or self.subject is None)) or self.subject is None:
            self.subject, self.sentence = party, number

    def referent(self, lower: str, noun: str, number: int, found: list[Party]) -> Party | None:
        """The party that a word refers to, None for none."""
        if not noun:
            if lower in {"we", "our", "us", "ours"}:
                return self.narrator
            if self.narrator is not None and self.subject is self.narrator:
                return self.latest if self.latest is not self.narrator else self.before
            if self.sentence < number - 1:
                return None
            self.sentence = number
            return self.subject
        fits = [p for p in found if noun in p.nouns and p.kind == "ORG" and p.mentions and p.first]
        named = [p for p in (self.subject, self.latest, self.before, self.supplier, self.other, self.opening) if p]
        described = next((p for p in named if noun in p.nouns and p.kind != "GRP"), None) or (
            fits[0] if len(fits) == 1 else None
        )
        if described is not None:
            return described
        if noun in {"vendor", "supplier", "provider", "contractor", "processor", "maker", "host"}:
            return self.supplier or (self.latest if self.latest is not self.opening else self.before) or self.latest
        if noun in {"company", "firm", "business", "group", "corporation", "organisation", "organization"}:
            if self.narrator is not None and self.subject is self.narrator:
                return self.supplier or (self.latest if self.latest is not self.narrator else self.before)
            return self.subject or self.latest
        return self.other or self.opening
