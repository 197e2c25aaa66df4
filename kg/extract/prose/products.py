"""What the words beside a name say of it: that it is a product of another, a supplier, a person, a place."""

from __future__ import annotations

from itertools import chain, takewhile
from typing import TYPE_CHECKING, Final

from kg.extract.places import is_place
from kg.extract.tokens import known

if TYPE_CHECKING:
    from kg.extract.prose.cast import Mention, Party
    from kg.extract.tokens import Tokens

DESCRIBING: Final = frozenset({"VENDOR", "COMPANY", "KIND", "PARTNER"})
"""Kinds of nouns that stand for an organization."""
_OF: Final = frozenset({"of", "from", "by"})


def with_products(words: Tokens, found: list[Party]) -> list[Party]:
    """The parties without those that are products of another; the places of a product are its maker's."""
    at_word = {mention.first: party for party in found for mention in party.mentions if party.kind != "GRP"}
    maker: dict[int, Party] = {}
    for party in found:
        for mention in party.mentions if party.kind != "GRP" else ():
            other = _maker(words, mention, at_word)
            if other is not None and other is not party and other.number not in maker:
                maker.setdefault(party.number, other)
    for number, other in maker.items():
        for mention in found[number].mentions:
            mention.kind = "name"
            other.mentions.append(mention)
    kept = [party for party in found if party.number not in maker]
    for number, party in enumerate(kept):
        party.number = number
    return kept


def _maker(words: Tokens, mention: Mention, at_word: dict[int, Party]) -> Party | None:
    """Whose product a name is where the words beside it say so: "Drift, a product of Lark", "Lark's Drift platform"."""
    first, last = words.sentence(mention.first)
    behind = mention.last
    product = any("PRODUCT" in words.kinds[at] for at in range(behind, min(last, behind + 2)))
    if product and mention.first - 2 >= first and words.lowers[mention.first - 1] == "'s":
        return next(
            (party for at, party in at_word.items() if any(m.last == mention.first - 1 for m in party.mentions)), None
        )
    at = _made(words, behind, last, at_word)
    if at is None or at + 1 >= last or words.lowers[at] not in _OF:
        return None
    for step in range(at + 1, min(last, at + 1 + _AWAY)):
        if not words.words[step][0].isalnum() and words.lowers[step] != "'s":
            return None
        if step in at_word and sort(words, at_word[step]) != "place":
            return at_word[step]
    return None


def _made(words: Tokens, at: int, last: int, at_word: dict[int, Party]) -> int | None:
    """Where a name goes on with words for a product ("is software", ", a tool for clinics", "is made"), one past them; else None."""
    if words.words[at : at + 3 : 2] == ["(", ")"]:
        at += 3
    if at >= last:
        return None
    if words.words[at] in {",", "("} or words.lowers[at] == "is":
        at += 1
    elif words.lowers[at] not in _MAKES | _PRODUCTS:
        return None
    # Only what the name itself is called counts: a verb, a comma or another name in between begins to speak of something else.
    for step in range(at, min(last, at + _CALLED)):
        lower = words.lowers[step]
        if lower in _MAKES:
            return step + 1
        if lower == "by" and _is_work(words, at, step):
            return step
        if lower in _STOPS or step in at_word or not (lower[0].isalnum() or lower == "-"):
            return None
        behind = step + 1
        if "PRODUCT" in words.kinds[step] and behind < last:
            if words.lowers[behind] in _MAKES:
                return behind + 1
            if words.lowers[behind] in _OF:
                return behind
    return None


def _is_work(words: Tokens, first: int, last: int) -> bool:
    """Whether words [first, last) call something a work of whom "by" names behind them: ", a reading aid by Lark"."""
    return (
        words.lowers[first] in {"a", "an"}
        and last - first > 1
        and words.lowers[last - 1] not in {"down", "off", "out", "over", "up"}
        and not words.lowers[last - 1].endswith(("ed", "en", "un"))
    )


_MAKES: Final = frozenset({"made", "sold", "supplied", "built", "developed", "licensed", "written"})
_PRODUCTS: Final = frozenset({"software", "tool", "product"})
_STOPS: Final = frozenset(
    """
    also and are behind but buy buys by for from had has have hired in lost of offer offers on once or owned rent rents run runs said
    says that share shares through told took use used uses using was were where which who whose with
    """.split()
)
_AWAY: Final = 5
"""Words behind "of" or "by" among which the maker is looked for: "of the Florida software firm Kaseya"."""
_CALLED: Final = 8
"""Words that what a name is called may be long."""


def describe(words: Tokens, found: list[Party]) -> None:
    """Note the nouns that stand beside a name, and whether one calls it a supplier."""
    for party in found:
        party.nouns |= {word.lower() for form in party.forms for word in form.split()}
        for mention in party.mentions:
            first, last = words.sentence(mention.first)
            beside = [*range(max(first, mention.first - 3), mention.first)]
            if words.words[mention.last : mention.last + 1] == [","]:
                apposed = range(mention.last + 1, min(last, mention.last + 8))
                beside += takewhile(lambda at: words.words[at] not in {",", "."}, apposed)
            for at in beside:
                if not DESCRIBING.isdisjoint(words.kinds[at]):
                    party.nouns.add(words.lowers[at])
                    party.is_vendor |= not {"VENDOR", "PARTNER"}.isdisjoint(words.kinds[at])


def sort(words: Tokens, party: Party) -> str:
    """Whether a name seems to be that of a person or a place."""
    if party.kind == "GRP":
        return ""
    parts = party.name.split()
    kinds = [known(part.strip(",.’'"))[1] if part.strip(",.’'") else () for part in parts]
    if is_place(party.name) or all("PLACE" in kind or "DEMONYM" in kind for kind in kinds):
        return "place"
    if not 1 < len(parts) <= 3 or not _INSTITUTION.isdisjoint(chain(*kinds)):
        return ""
    if "GIVEN" in kinds[0] or (parts[-1] in party.forms and parts[0] not in party.forms):
        return "person"
    for mention in party.mentions:
        if mention.kind != "name" or mention.last - mention.first > 3:
            continue
        before = words.kinds[mention.first - 1] if mention.first else ()
        behind = words.lowers[mention.last : mention.last + 4]
        titled = behind[:1] == [","] and any("TITLE" in known(word)[1] for word in behind[1:4] if word[0].isalpha())
        if "TITLE" in before or titled or behind[:2] == [",", "who"]:
            return "person"
    return ""


_INSTITUTION: Final = frozenset({"OFFICE", "FIRMS", "TECH", "MEDIA", "KIND", "COMPANY"})
