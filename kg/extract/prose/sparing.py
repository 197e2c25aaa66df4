"""Who is exposed in no case, whatever else is likely: whom the text says was spared, is no customer, or is only imagined."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.extract.clauses import TURN
from kg.extract.harm import DONE, HIT
from kg.extract.prose.excepting import BE, DENIAL, HARM, ONLY, OWN, RELATIVE, WORD, excepted
from kg.model import EXPOSED, Role
from kg.nouns import LONE_GROUPS
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.prose.cast import Party
    from kg.extract.prose.judged import Judged

_VETO: Final = 0.2
"""A party that is so likely unaffected is not told to be exposed."""
_DOUBT: Final = 0.2
"""Nor is one whose being unaffected is this much as likely as its being exposed."""
_HINTED: Final = 0.06
"""Nor is one that is so likely unaffected and stands in a sentence that denies something, and of nobody else."""
_HARMED: Final = frozenset({"HIT", "STEAL", "EXPOSE", "LOCK"})
"""Kinds of words that tell plainly of harm."""
_FANCIES: Final = frozenset(
    "imagine imagined suppose hypothetical hypothetically exercise drill tabletop scenario simulated fictional fictitious".split()
)
_DENIED: Final = frozenset("affected involved touched hit impacted concerned unaffected untouched spared".split())
_REACH: Final = 14
"""Words behind a name in which one of `_DENIED` or `_UNHARMED` is looked for."""
_TURNS: Final = frozenset({";", ".", ",", "if", "that", "whether"})
"""Behind these a denial is over, or is of something else: "does not think that the gang is involved", "does not know whether it was hit"."""
_CONTRASTS: Final = frozenset("but while whereas although though".split())
"""Behind these, once harm was told of a party, a denial is of another one: "Alder was hit, but Birch was not affected"."""
_ITSELF: Final = frozenset({"it", "itself", "they"})
"""By which one that was likely hit speaks of itself: "Alder said its customers were not affected" denies nothing of Alder."""
_UNHARMED: Final = frozenset(
    """
    accessed altered among breached changed compromised concerned copied drained enabled exposed forwarded harmed hurt intact leaked live lost missing
    opened robbed safe stolen taken tampered touched
    """.split()
)
"""What a customer says that it has not, or that its data were not; close behind the word that denies it."""
_BACK: Final = 6
"""Words before a name among which one of `OWN` is looked for."""
_OBJECT: Final = frozenset("at by from in left than through to use used uses using via with".split())
"""Words behind which a name is not that of whom a sentence speaks."""
_NEAR: Final = 2
_SUPPLIES: Final = 0.3
"""How likely a relation has to be whose supplier is not asked: one that says so of data was still breached."""
_NOTHING: Final = regex(
    rf"\b(?:none|no\s(?:part|file|record|item|byte)s?)\sof\s(?:its|their|his|her|our)\b[^;.]{{0,50}}\b{BE}\s(?:\w+\s)?(?:{DONE}|among|in|on)\b"
    r"|\b(?:no|any)\s(?:signs?|evidence|indications?|traces?)\sof\s(?:any\s|an?\s)?(?:unauthori[sz]ed|access|intrusion|compromise|breach|impact|attack)\b"
    rf"|\b(?:no|any)\s(?:signs?|evidence|indications?)\sthat\s(?:it|its\s\w+)\s(?:(?:was|were|(?:had|have|has)\sbeen)\s(?:{DONE})|(?:had|have|has)\s(?:{HIT}))\b"
    rf"|\bden(?:ied|ies)\s(?:that\sit\s(?:was|is|had)|being|having)\s(?:been\s)?(?:{HIT})\b"
    r"|\bno\s(?:\w+\s)?(?:impact|effect|loss(?:es)?|harm|failures?|faults?|delays?|disruptions?|interruptions?|outages?|infections?|trouble|data\son|files\son|records\son)\b"
    r"|\b(?:found|saw|noticed|lost|missed)\snothing\b|\bnothing\s(?:of\s(?:its|theirs|his|hers|their|ours)|to\sdo|unusual|amiss|missing)\b"
    rf"|\b{BE}\s(?:\w+\s)?(?:spared|unscathed|unharmed|in\sthe\sclear)\b|\bescaped\b(?!\s(?:to|through))"
    r"|\b(?:not|never|n[’']t|none|nothing)\s(?:\w+\s){0,2}(?:concerned|at\srisk|in\sdanger|among\s(?:the|those|them)|in\s(?:the|those|them))\b"
    r"|\b(?:stay(?:s|ed)?|remain(?:s|ed)?)\s(?:\w+\s)?(?:up|online|open|in\soperation)\b|\bkept\s\w+ing\b"
    r"|\b(?:operating|running|working|open|trading|flying|selling(?:\s\w+)?|flew|ran|runs?|worked|works)\s(?:on\s)?(?:as\s(?:usual|normal|planned|before)|normally|on\stime)\b"
    r"|\b(?:business|work|cars)\sas\s(?:usual|normal)\b|\bnormal\sservice\b|\bwithout\s(?:an?\s|any\s)?(?:break|hitch|incident|interruption|problem|trouble)s?\b"
    r"|\bneeds?\s(?:to\s)?(?:take\sno|do\snothing)\b",
    re.IGNORECASE,
)
"""What is said of a customer to which nothing happened."""
_NO_CUSTOMER: Final = regex(
    r"[^;.]{0,60}?\b(?:(?:does|do|did)(?:\snot|n[’']t)\s(?:use|rent|rely\son)\b(?!\s(?:it|them)(?:\sfor\b|:))"
    r"|(?:is|are|was|were)\s(?:not|never)\s(?:an?\s|one\sof\s(?:its|the)\s|among\s(?:its|the)\s)?(?:customers?|clients?|users?)\b"
    r"|(?:has|have|had)\snever\s(?:used|been\san?\s(?:customer|client|user))\b|never\sused\b)",
    re.IGNORECASE,
)
"""What is said of somebody who is no customer."""
_SERVED_OTHERWISE: Final = regex(
    r",?\s(?:(?:also|already|and|but|has|have|it|long|said|says|still|that|they|which|who)\s){0,5}(?:uses?|used|runs?|ran|operates?|operated|works?\swith|worked\swith|relies\son|rely\son|relied\son)"
    r"\s(?:[\w-]{1,20}\s)?(?:on\s)?(?:another|an?\s(?:different|rival)|(?:its|their)\sown)\s(?!back-?up\b)(?:[\w-]{1,20}\s){0,2}?"
    r"(?:apps?|applications?|companies|company|firms?|platforms?|programs?|providers?|software|suppliers?|systems?|tools?|vendors?)\b(?!\s(?:based|built|by|from|of)\b)",
    re.IGNORECASE,
)
"""What is said of somebody who has its own, or another supplier, than those who were hit."""
_LIKELY: Final = 0.45
_BEHIND: Final = 160
"""Characters behind a name in which these are looked for."""


def imagined(told: Judged, party: Party) -> bool:
    """Return whether a party is first spoken of in what is only imagined or rehearsed."""
    first, last = told.words.sentence(party.mentions[0].first)
    return not _FANCIES.isdisjoint(told.words.lowers[first:last])


def no_customer(told: Judged, party: Party) -> bool:
    """Return whether the text says of a party by name that it does not use what the others use.

    Of one that does not use one supplier that is named, and likely another, it does not.
    """
    for text, following in _behind(told, party):
        if (match := _NO_CUSTOMER.match(text)) and not told.customers_of(party.number, _SUPPLIES):
            named = following if match.end() >= len(text.rstrip()) else None
            if named is None or told.suppliers_of(party.number, _LIKELY) <= {named}:
                return True
    return False


def served_otherwise(told: Judged, party: Party) -> bool:
    """Return whether the text says of a party by name that it has what the others use from itself, or from somebody whom it does not name.

    Who is harmed all the same has from them something else.
    """
    for behind, following in _behind(told, party):
        other = None if following is None else told.scene.parties[following]
        unnamed = other is None or other.kind == "GRP"  # "uses another provider"
        text = behind + other.name if other and unnamed else behind
        if match := _SERVED_OTHERWISE.match(text):
            rest = text[match.end() :]
            if (unnamed or rest.strip(" ,:(")) and (DENIAL.search(rest) or not HARM.search(rest)):
                return True
    return False


def spared(told: Judged, party: Party) -> bool:
    """Return whether a party was likely not affected, or the text denies that it was."""
    odds = told.roles[party.number]
    least = min(_VETO, _DOUBT * max(odds[role] for role in EXPOSED))
    if odds[Role.CUSTOMER_UNAFFECTED] >= (min(least, _HINTED) if _denies(told, party) else least):
        return True
    return cleared(told, party)


def _denies(told: Judged, party: Party) -> bool:
    """Whether a sentence that speaks of a party denies something, of nobody else who is likely unaffected, and none tells plainly of harm."""
    found = False
    for number in told.scene.sentences_of(party):
        places = range(*told.words.sentences[number])
        if any("NEG" in told.words.kinds[at] for at in places):
            others = {told.scene.party_at.get(at, party.number) for at in places} - {party.number}
            found |= all(told.roles[one][Role.CUSTOMER_UNAFFECTED] < _VETO for one in others)
        elif any(not _HARMED.isdisjoint(told.words.kinds[at]) for at in places):
            return False
    return found


def cleared(told: Judged, party: Party) -> bool:
    """Return whether the text denies in plain words that a party was affected."""
    if _unharmed(told, party) or excepted(told, party):
        return True
    words, doer = told.words, _is_likely_hit(told, party)
    for behind in _whole(told, party):
        negated = harmed = speaks = of_others = False
        for at in behind:
            word = words.lowers[at]
            other = told.scene.party_at.get(at, party.number) != party.number
            another = word == ";" or (harmed and (other or word in _CONTRASTS))
            if word in ONLY or another or (word in _TURNS and negated):
                break
            negated |= "NEG" in words.kinds[at]
            says = doer and (word == "whose" or "SAY" in words.kinds[at])
            speaks |= says
            of_others = word not in _ITSELF and (of_others or says or (speaks and word in LONE_GROUPS))
            if negated and word in _DENIED and not of_others:
                return True
            harmed |= not negated and HARM.fullmatch(word) is not None
    return False


def _whole(told: Judged, party: Party) -> Iterator[range]:
    """The words behind each list of names that a party is in, where they stand for all of it: some, or up to the end of the sentence.

    What it owns is not all: "Alder's own network was not touched" spares it nothing.
    """
    words, scene = told.words, told.scene
    for number in scene.sentences_of(party):
        for listed in scene.lists[number]:
            last = listed.members[-1][1].last
            for mention in (mention for one, mention in listed.members if one is party):
                before = words.lowers[max(0, mention.first - _BACK) : mention.first]
                owns = words.lowers[last : last + 1] == ["'s"] or ("of" in before and not OWN.isdisjoint(before))
                if not owns and _OBJECT.isdisjoint(before[-1:]):
                    yield range(last, min(words.sentences[number][1], last + _REACH))


def _is_likely_hit(told: Judged, party: Party) -> bool:
    """Whether a party is likely a supplier or itself the one that was breached, which speaks of its customers more than of itself."""
    odds = told.roles[party.number]
    supplies = told.customers_of(party.number, _SUPPLIES)
    return bool(supplies) or odds[Role.BREACHED] > odds[Role.AFFECTED_DOWNSTREAM]


def _unharmed(told: Judged, party: Party) -> bool:
    """Whether words behind the name of a customer say that nothing happened to it."""
    words, scene = told.words, told.scene
    if _is_likely_hit(told, party):
        return False
    for behind in _whole(told, party):
        denied = -_REACH
        for at in behind:
            word = words.lowers[at]
            if word in ONLY or word in {";", "."} or scene.party_at.get(at, party.number) != party.number:
                break
            denied = at if "NEG" in words.kinds[at] else denied
            if at - denied <= _NEAR and word in _UNHARMED:
                return True
    return any(
        (match := _NOTHING.search(text)) and ONLY.isdisjoint(WORD.findall(text[: match.end()].lower()))
        for text, _ in _behind(told, party)
    )


def _behind(told: Judged, party: Party) -> Iterator[tuple[str, int | None]]:
    """What stands behind each list of names that a party is in, up to the next party, a turn, or the end of the sentence; and the next party.

    What follows a clause that is put in ("Alder, which rents from Birch, stayed up") is told once more without it.
    """
    words, scene = told.words, told.scene
    for number in scene.sentences_of(party):
        end = words.ends[words.sentences[number][1] - 1]
        for at, listed in enumerate(scene.lists[number], 1):
            if party.number not in listed.numbers:
                continue
            starts = [listed.span(words)[1]]
            if aside := RELATIVE.match(words.text, starts[0], end):
                starts.append(aside.end())
            for start in starts:
                following = next((one for one in scene.lists[number][at:] if one.span(words)[0] >= start), None)
                stop = min(end, start + _BEHIND, following.span(words)[0] if following else end)
                behind = TURN.split(words.text[start:stop], maxsplit=1)[0]
                if not behind.startswith(("'s", "’s")):
                    yield behind, following.members[0][0].number if following else None
