"""Whether a post says that its incident happened: some tell of one that is only alleged, that the company denies, or that is taken back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.doubts import CLOSED, DENYING, OWNS_UP, UNTRUE, is_denied
from kg.extract.post.entities import struck
from kg.extract.relations import holds, mention
from kg.model import Certainty
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.extract.fields import Value
    from kg.extract.relations import Sentence

_DENIED = regex(
    r"(?:\A|[;,(]\s?)(?:[\w’'&-]{1,20}\s){0,4}?(?:denied|denies|denial|disputed?s?|refuted?s?|rejected|debunked|false\sclaims?|hoax)\b",
    re.IGNORECASE,
)
_NO_BREACH = regex(
    rf"{CLOSED}(?:no(?:\s(?:evidence|sign|indication)s?\sof)?(?:\s(?:an?|any|actual))?\s(?:security\s)?(?:breach|security\sincident)"
    r"(?:\s(?:(?:was|has\sbeen)\s)?(?:found|occurred|detected|identified|happened|took\splace))?|not\sbreached)\s?[.)]{0,2}",
    re.IGNORECASE,
)
"""All of a state that says that there was none: a post that tells of one all the same is not sure."""
_RETRACTS = regex(r"\W{0,3}(?:retraction|retracted)(?:\s?[:–—]|\s-|\W{0,3}\Z)", re.IGNORECASE)
"""A type, or what a title begins with."""
_ALLEGED = regex(
    r"(?:still\s|currently\s|as\syet\s|only\s)?(?:alleged(?:ly)?|unconfirmed|unverified|claimed|rumou?red|not\s(?:yet\s)?(?:been\s)?(?:confirmed|verified))"
    r"(?:\s(?:by\b.{0,60}|(?:data\s)?breach|incident|attack|claims?|leak))?\.?\Z",
    re.IGNORECASE,
)
_REFUSED = regex(
    r"\b(?:ransom|payment|insurance|appeal|motion|lawsuit|negligence|wrongdoing|liability|coverage|access|scope|extent)\b",
    re.IGNORECASE,
)
"""What else is denied."""
_CONFIRMS = regex(
    rf"(?:{OWNS_UP.pattern}|\s(?:has\s|have\s)?(?:disclos|reveal)e?[ds]\b)"
    r"(?![^.;,]{0,80}(?:\b(?:no|not|claim|report|allegation|rumou?r|investigating|alleged|assessing|if|looking|possible|potential|probing|reviewing|safe|suspected|threaten\w*|unaffected|whether)s?\b|n[’']t\b))[^.;]{0,80}\b(?:access|attack|breach|compromis|expos|hack|leak|ransom|stole)",
    re.IGNORECASE,
)
"""Behind the name of anybody concerned: that harm was done, whoever else denies it."""
_CLAIM = regex(
    r"\b(?:alleg|claim|denie|deny|disput|offer|purport|refut|reject)\w*|\bfor\ssale\b|forums?\b|\blisted\b"
    r"|\b(?:actors?|attackers?|gang|group|hackers?)\s(?:said|says?)\b|\bsa(?:id|ys?)\s(?:that\s)?(?:it|he|they)\s(?:breached|had|hacked|has|have|stole|took)\b",
    re.IGNORECASE,
)
"""In a sentence that tells what attackers say or have to sell, or what somebody denies."""


def certainty(
    status: Value | None,
    title: Value | None,
    kinds: Iterable[str],
    found: Sequence[Sentence],
    names: Sequence[str],
    *,
    harmed: Sequence[str],
) -> Certainty:
    """Return how sure a post is that its incident happened.

    Args:
        status: the state of the investigation, which may be that all is denied, or was no breach.
        title: the headline.
        kinds: the types of the incident; a retraction is one.
        found: the sentences of the headline and the prose.
        names: the companies that were breached, who may deny it.
        harmed: all that were hit, of whom one may confirm what another denies.
    """
    if any(_RETRACTS.match(text) for text in (*kinds, *([title.text] if title else ()))):
        return Certainty.DENIED
    told = _by_state(status.text.strip()) if status is not None else Certainty.CONFIRMED
    if told is Certainty.DENIED or not any(holds(one.text, DENYING) for one in found):
        return told
    if confirmed(found, [name for name in harmed if name not in set(names)]):
        return told
    called = ((one.text, [said.end() for name in names if (said := mention(name, one.text))]) for one in found)
    return Certainty.DENIED if is_denied(called, wide=set(harmed) <= set(names)) else told


def _by_state(state: str) -> Certainty:
    """How sure the state of the investigation is that it happened; one that tells of it, or of something else, says nothing against it."""
    if _REFUSED.search(state):
        return Certainty.CONFIRMED
    if UNTRUE.fullmatch(state) or _DENIED.search(state):
        return Certainty.DENIED
    if _NO_BREACH.fullmatch(state):
        return Certainty.SUSPECTED
    return Certainty.CLAIMED if _ALLEGED.match(state) else Certainty.CONFIRMED


def confirmed(found: Sequence[Sentence], names: Sequence[str]) -> bool:
    """Return whether one of those concerned confirms that harm was done, or the text itself tells that it was done to them.

    Args:
        found: the sentences that may say so.
        names: those concerned.
    """
    told = [one for one in found if not _CLAIM.search(one.text)]
    return any(
        struck(name, told)
        or any(_CONFIRMS.match(one.text, said.end()) for one in found if (said := mention(name, one.text)))
        for name in names
    )
