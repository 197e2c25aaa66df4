"""What the words beside a name say of it: that it is a product of another, a supplier, a person, a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.extract.places import is_place
from kg.extract.prose.tokens import known

if TYPE_CHECKING:
    from kg.extract.prose.cast import Mention, Party
    from kg.extract.prose.tokens import Tokens

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
    first, last = words.sentences[words.sentence_of[mention.first]]
    behind = mention.last
    product = any("PRODUCT" in words.kinds[at] for at in range(behind, min(last, behind + 2)))
    if product and mention.first - 2 >= first and words.lowers[mention.first - 1] == "'s":
        return next(
            (party for at, party in at_word.items() if any(m.last == mention.first - 1 for m in party.mentions)), None
        )
    ahead = range(behind, min(last, behind + 9))
    said = next(
        (
            at
            for at in ahead
            if "PRODUCT" in words.kinds[at] or words.lowers[at] in {"made", "sold", "built", "developed"}
        ),
        None,
    )
    if said is None or (
        words.words[behind] not in {",", "("}
        and words.lowers[behind] not in {"is", "made", "sold", "built", "developed", "software", "tool", "product"}
    ):
        return None
    for at in range(said + 1, min(last, said + 4)):
        if words.lowers[at] in _OF:
            for step in range(at + 1, min(last, at + 4)):
                if step in at_word:
                    return at_word[step]
            return None
    return None


def describe(words: Tokens, found: list[Party]) -> None:
    """Note the nouns that stand beside a name, and whether one calls it a supplier."""
    for party in found:
        party.nouns |= {word.lower() for form in party.forms for word in form.split()}
        for mention in party.mentions:
            if mention.kind not in {"name", "group"}:
                continue
            for at in range(max(0, mention.first - 3), mention.first):
                _noun(words, at, party, mention)
            if mention.last < len(words) and words.words[mention.last] == ",":
                for at in range(mention.last + 1, min(len(words), mention.last + 8)):
                    if words.words[at] in {",", "."}:
                        break
                    _noun(words, at, party, mention)


def _noun(words: Tokens, at: int, party: Party, mention: Mention) -> None:
    if words.sentence_of[at] != words.sentence_of[mention.first]:
        return
    kinds = words.kinds[at]
    if "VENDOR" in kinds or "KIND" in kinds or "COMPANY" in kinds or "PARTNER" in kinds:
        party.nouns.add(words.lowers[at])
        party.is_vendor |= "VENDOR" in kinds or "PARTNER" in kinds


def sort(words: Tokens, party: Party) -> str:
    """Whether a name seems to be that of a person or a place."""
    if party.kind == "GRP":
        return ""
    parts = party.name.split()
    kinds = [known(part.strip(",.’'"))[1] if part.strip(",.’'") else () for part in parts]
    if is_place(party.name) or all("PLACE" in kind or "DEMONYM" in kind for kind in kinds):
        return "place"
    if len(parts) > 3 or not _INSTITUTION.isdisjoint(kind for kind_s in kinds for kind in kind_s):
        return ""
    if len(parts) > 1 and "GIVEN" in kinds[0]:
        return "person"
    if len(parts) > 1 and any(form == parts[-1] for form in party.forms) and parts[0] not in party.forms:
        return "person"
    for mention in party.mentions:
        if mention.kind != "name" or mention.last - mention.first > 3:
            continue
        before = words.kinds[mention.first - 1] if mention.first else ()
        behind = words.lowers[mention.last : mention.last + 4]
        titled = behind[:1] == [","] and any("TITLE" in known(word)[1] for word in behind[1:4] if word[0].isalpha())
        if len(parts) > 1 and ("TITLE" in before or titled or behind[:2] == [",", "who"]):
            return "person"
    return ""


_INSTITUTION: Final = frozenset({"OFFICE", "FIRMS", "TECH", "MEDIA", "KIND", "COMPANY"})
