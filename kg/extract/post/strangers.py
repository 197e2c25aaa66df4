"""Whether a clause of the prose tells of what befell somebody else than those of the post: another company, or one of its own at another time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.lexicon import GENERIC, is_common
from kg.extract.places import is_place
from kg.extract.post.elsewhere import EARLIER
from kg.extract.post.prose import NAME
from kg.extract.relations import SERVANT, mention
from kg.extract.tokens import known as word_known
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Span

_CUT = regex(
    r"[;:()–—]|,(?=\s)|\s(?:but|while|whereas|although|though)\s|\b(?:days?|weeks?|months?|years?)\s(?:after|before)\b"
)
_HARMED = (
    r"(?:attacked|breached|compromised|crippled|extorted|hacked|hit|infected|infiltrated|ransomed|struck|targeted)"
)
_OWNED = r"(?:(?<=[’']s)(?:\s[a-z][\w-]{1,20}){1,2})?"
_APART = r"(?:\s\([^()]{1,30}\))?(?:,\s(?!(?:which|who)\b)[^,;.]{2,80},)?(?:,?\s(?:which|who|that))?"
_DID = r"(?:\s(?:is|was|were|has|have|had|been|also|itself|already|later|recently|\w+ly)){1,4}"
_SUBJECT = regex(
    rf"\b(?P<name>{NAME}){_OWNED}{_APART}(?:{_DID}\s(?P<harm>{_HARMED})"
    r"|(?:\s(?:has|have|had|also|\w+ly)){0,3}\s(?P<event>(?:suffered|experienced|sustained)\san?\s(?:[\w-]{1,20}\s){0,2}?(?:attack|breach|cyber-?attack|hack|incident|intrusion)|fell\svictim))\b"
)
"""Who was hit, before the word for it."""
_HIT = r"(?:attack(?:ed|ing|s)|breach(?:ed|ing)|compromis(?:ed|ing)|extort(?:ed|ing)|hack(?:ed|ing)|hit|infiltrat(?:ed|ing)|listed|added|struck|target(?:ed|ing)|br(?:oke|eaking)\sinto)"
_EVENT = r"(?:(?:attack|cyber-?attack)s?\s(?:on|against|at)|(?:breach|hack|hacking|compromise|intrusion)(?:e?s)?\s(?:of|at|into))"
_NO_NAME = r"(?:after|and|as|at|before|by|during|for|from|in|into|of|on|since|than|that|through|to|via|when|which|while|who|with)"
_KINDS = rf"(?:(?:[A-Z][a-z]+(?:an|ch|ese|ish)|U\.?[KS]\.?)\s)?(?:(?!{_NO_NAME}\b)[a-z][\w-]{{1,20}}\s){{0,3}}?"
_OBJECT = regex(
    rf"\b(?:{_HIT}|{_EVENT})\s(?:(?:the|its|their)\s)?{_KINDS}(?P<name>{NAME}(?:(?:,\s{NAME}){{0,5}},?\sand\s{NAME})?)(?![\w&]|\s[A-Z\d])(?!\s(?!(?:across|as|has|his|is|its|this|was)\b)[a-z-]+s\b)"
    r"(?!\s(?:[A-Z]\w+\s)?(?:account|appliance|device|environment|gateway|instance|portal|server|software|tenant|token)\b)"
)
"""Who was hit, behind it; "Alder servers" are those of others too."""
_ITSELF = regex(
    r"\b(?:the|this|its|their)\s(?:[\w-]{1,20}\s){0,2}?(?:attack|breach|cyber-?attack|hack|incident|intrusion|leak|theft)\b(?!\s(?:on|against|at|into|of)\s)"
    rf"|\b{_HIT}\s(?:it|them|the\s(?:[a-z][\w-]{{1,20}}\s){{0,2}}?(?:agency|bank|business|carmaker|company|council|firm|group|hospital|insurer|organi[sz]ation|provider|retailer|school|university))\b(?!\s[A-Z])"
)
"""The incident of the post, and the company that it speaks of."""
_NAMED = regex(rf"\b{NAME}")
_SAYS = regex(
    r"\s(?:has\s|had\s|also\s)?(?:add(?:s|ed)|declin\w+|not(?:es|ed)|point(?:s|ed)\sout|recall(?:s|ed)|said|says|told)\b"
)
_TIED = regex(
    rf",\s(?:its|their|an?|the)\s(?:[\w-]{{1,20}}\s){{0,4}}?(?:{SERVANT}|arm|brand|branch|division|owner|parent|subsidiary|unit)\b[^,;.]{{0,60}}"
)
"""Behind a name, what its bearer is to those of a post."""
_ITS = regex(r"\b(?:its|their)\s(?:(?!(?:competitor|peer|rival)\b)[\w-]{1,20}\s){0,4}\Z", re.IGNORECASE)
_WHERE = regex(r"\b(?:across|around|in)\s\Z")
_OF_NOBODY = frozenset("Telegram Twitter X BreachForums Facebook LinkedIn Mastodon Reddit Discord".split())
"""Where intruders boast."""
_FARTHEST, _NEAR = 240, 80
"""Letters of what is looked at around a word."""
_TIMES, _NO_COMPANIES = frozenset({"DAY", "MONTH"}), frozenset({"DEMONYM", "GANG", "PLACE"})


def tells_of_another(text: str, place: Span, names: Sequence[str], opening: str) -> bool:
    """Return whether a clause tells of another company that was hit and of nobody of the post, or of an earlier incident.

    Args:
        text: a sentence.
        place: where in it the word or the name stands of whose clause that is asked.
        names: the companies of the post.
        opening: its title and first sentence; whom they name, the post is about.
    """
    begin, end = clause(text, place)
    if EARLIER.search(text, begin, end):
        return True
    struck = list(_struck(text, begin, end, place))
    others = [span for span in struck if not _is_among(text[slice(*span)], (*names, opening))]
    if not others or len(others) < len(struck) or _ITSELF.search(text, begin, end):
        return False
    if any(_is_tied(text, span, names) for span in others):
        return False
    named = (match for match in _NAMED.finditer(text, begin, end) if not _SAYS.match(text, match.end()))
    return not any(_is_among(match[0], names) for match in named)


def clause(text: str, place: Span) -> Span:
    """Return the characters of the clause that a word or a name stands in."""
    first, last = max(0, place[0] - _FARTHEST), min(len(text), place[1] + _FARTHEST)
    begin = max((cut.end() for cut in _CUT.finditer(text, first, place[0])), default=first)
    cut = _CUT.search(text, place[1], last)
    return begin, cut.start() if cut else last


def _struck(text: str, begin: int, end: int, place: Span) -> Iterator[Span]:
    """Yield where those are named whom a clause says were hit; the subject may stand ahead of it ("Alder, a bank, was hacked")."""
    for match in _SUBJECT.finditer(text, max(0, begin - _FARTHEST), end):
        within = begin <= max(match.start("harm"), match.start("event")) < end
        if within and _is_name(match["name"]) and not _WHERE.search(text, max(0, match.start() - _NEAR), match.start()):
            yield match.span("name")
    for match in _OBJECT.finditer(text, begin, end + _FARTHEST):
        first, last = match.span("name")
        if (
            match.start() < end
            and (last <= place[0] or place[1] <= first or first < place[0])
            and _is_name(match["name"])
        ):
            yield match.span("name")


def _is_name(text: str) -> bool:
    """Whether capitals begin a company's name, and no time, place or people, nor what one is called ("The Ministry")."""
    first, *more = text.removeprefix("The ").split()
    low, kinds = first.lower(), word_known(first)[1]
    if first in _OF_NOBODY or first.isdigit() or not _TIMES.isdisjoint(kinds) or is_place(f"{text}."):
        return False
    return bool(more) or not (is_common(low) or low in GENERIC or not _NO_COMPANIES.isdisjoint(kinds))


def _is_among(text: str, names: Sequence[str]) -> bool:
    """Whether a name is that of one of some, whole or shortened, or has one of theirs in it."""
    said = text.removeprefix("The ").removesuffix("’s").removesuffix("'s")
    letters = re.sub(r"\W", "", said)
    if is_common(said.lower()):
        return False
    return any(
        mention(name, said) or mention(said, name) or (letters.isupper() and letters == _initials(name))
        for name in names
    )


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", name)).upper()


def _is_tied(text: str, place: Span, names: Sequence[str]) -> bool:
    """Whether words beside a name say that its bearer belongs to those of the post, or serves them."""
    tie = _TIED.match(text, place[1])
    return _ITS.search(text, max(0, place[0] - _NEAR), place[0]) is not None or (
        tie is not None and (tie[0].startswith((", its", ", their")) or any(mention(name, tie[0]) for name in names))
    )
