"""How sure a register of one's own is of what it tells: the words of a column, on the scale of certainties."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.tabular.row import plain
from kg.model import Certainty
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

# Words are compared in lower case and without accents.
_NOT = (
    r"(?:not|never|yet to be|to be|awaiting|pending|needs?|nicht|niet|pas|non|nao|no|ikke|inte|nie|ohne|without|sans|sin|senza|zonder)"
)  # fmt: skip
_SURE = (
    r"(?:confirmed|verified|proven?|proved|acknowledged|admitted|certain|definite|bestatigt|bestaetigt|verifiziert|erwiesen|confirmee?s?|averee?s?|verifiee?s?"
    r"|confirmad[oa]s?|verificad[oa]s?|comprobad[oa]s?|comprovad[oa]s?|confermat[oaie]|verificat[oaie]|bevestigd|geverifieerd|potwierdzon[yea]|bekr[aæ]ftet|bekraftat|bekreftet)"
)  # fmt: skip
_SURENESS = rf"(?:{_SURE}|confirmation|verification|bestatigung|bestaetigung|confirmacion|conferma|bevestiging|clear|sure|known|klar|sicher)"
_DOUBTED = regex(
    rf"\b(?:un(?:confirmed|verified|proven|certain|clear|known|sure|bestatigt|bestaetigt|klar|bekannt|sicher)|onbevestigd|onbekend|inconn[ue]e?|desconocid[oa]"
    rf"|{_NOT} (?:(?:yet|been|be|encore|aun|ainda|ancora|nog) ){{0,3}}(?:\w{{1,30}} )?{_SURENESS}"
    r"|suspect(?:ed|s)?|suspicion|rumou?r(?:ed|s)?|possib(?:le|ly)|probabl[ey]|potential(?:ly)?|(?:un)?likely|maybe|perhaps|presumed|presumably|tentative|preliminary|reportedly"
    r"|(?:under|being|pending) investigat(?:ion|ed)|tb[cd]|vermut(?:et|lich)|verdacht|verdachtigt?|verdaechtig|mutmasslich|moglich(?:erweise)?|moeglich|wahrscheinlich|geruchte?|in prufung"
    r"|soupconnee?s?|soupcons?|suspectee?s?|presumee?s?|eventuel(?:le)?s?|peut etre|rumeurs?|en cours d['’]enquete|sospechad[oa]s?|sospechas?|sospechos[oa]s?|presunt[oaie]s?|posibles?|rumor(?:es)?"
    r"|en investigacion|suspeit[oa]s?|possive(?:l|is)|sospett[oaie]|possibil[ei]|vermoed(?:elijk|en)?|mogelijk|waarschijnlijk|geruchten?|podejrzewan[yea]|mist[aæ]nkt|misstankt|mistenkt)\b"
)  # fmt: skip
_CLAIMED = regex(
    r"\b(?:claim(?:ed|s)?|by (?:the )?(?:attackers?|hackers?|threat actors?|ransomware group|(?:ransomware )?gang)|alleg(?:ed|edly|ations?)|purported(?:ly)?|asserted|supposed(?:ly)?|behauptet|behauptung|angeblich|revendiquee?s?|revendication|alleguee?s?|pretendue?s?"
    r"|reivindicad[oa]s?|alegad[oa]s?|supuest[oa]s?|rivendicat[oaie]|asserit[oaie]|beweerd|vermeend|geclaimd|pastatt|pastadd)\b"
)  # fmt: skip
_DENIED = regex(
    r"\b(?:den(?:ied|ies|ial(?! of service))|false|fake|untrue|unfounded|retracted|withdrawn|refuted|rebutted|disputed|contested|debunked|hoax|disproved|disproven|dementiert|bestritten|widerlegt|falschmeldung|dementie?s?|contestee?s?|refutee?s?"
    r"|desmentid[oa]s?|negad[oa]s?|refutad[oa]s?|smentit[oaie]|negat[oaie]|ontkend|weerlegd|dementerat)\b"
)  # fmt: skip
_CONFIRMED = regex(
    rf"(?:(?:officially|publicly|independently|fully|now|later|since|offiziell|offentlich|officiellement|oficialmente|ufficialmente) )?{_SURE}"
    r"(?: (?:by|von|durch|vom|par|por|pelo|pela|da|dal|dalla|dai|door) [^;:,]{1,40})?"
)
_ATTACKERS = regex(
    r"\b(?:attackers?|hackers?n?|hacktivists?|threat actors?|ransomware|ransom group|\w{0,20}gangs?|\w{0,20}criminals?|extorti(?:on|onists?)|(?:leak|leaks|dark) ?(?:site|web|post)"
    r"|darknet|angreifern?|tatern?|tatergruppe|erpressern?|kriminellen?|attaquants?|pirates?|\w{0,20}criminels?|atacantes?|\w{0,20}delincuentes?|piratas?|attaccanti|\w{0,20}criminali"
    r"|aanvallers?|\w{0,20}criminelen)\b"
)
"""Behind "confirmed by", they claim."""
_NOBODY = regex(
    r"\b(?:no(?:body|t|ne|ch)?|no one|never|neither|nor|without|only|except|but|if|pending|niemand(?:em)?|keine[mnr]?|nicht|ohne|personne|aucune?|sans|pas|nadie|ninguna?|sin|nessuno|non|senza|geen|niet|ninguem|nao|sem)\b"
)
"""What takes back, behind "confirmed by", that it is."""
_SAID_SURE = regex(rf"\b{_SURE}\b")
_NEGATED = regex(
    rf"\b{_NOT} (?:yet )?(?:\w{{1,30}} )?(?:den(?:ied|ial)|false|fake|untrue|unfounded|retract|withdrawn|refut|disput|contest|claim|alleg|suspect|dement|bestritten|widerlegt|smentit|ontkend|desmentid)"
)
"""What tells neither."""
YES = frozenset("yes y true 1 x ja j oui si s sim wahr vrai verdadero vero".split())
NO = frozenset("no n false 0 nein nee non nao falsch faux falso".split())
"""Answers to what the name of a column asks."""
_TURNED = regex(r"\s*(?:[-–—−!¬≠~.]|[\[(]\s*[\])])")
"""What turns a word around that stands behind it, makes another number of it, or is a box without a mark."""
_RISING = (Certainty.CLAIMED, Certainty.SUSPECTED, Certainty.CONFIRMED)
_MARKS = regex(r"[\s_\-–—.!()\[\]/]+")
_LONGEST = 80
"""Characters; a longer text tells a story."""


@lru_cache(maxsize=1024)
def certainty_of(printed: str, column: str = "") -> Certainty | None:
    """Return how sure a text says that its publisher is, None where it does not tell.

    Args:
        printed: the text.
        column: the name of its column, which tells what "yes" and "no" answer ("Confirmed").
    """
    word = _plain(printed)
    if word in YES:
        found = _graded(_plain(column))
    elif word in NO:
        found = Certainty.SUSPECTED if _graded(_plain(column)) is Certainty.CONFIRMED else None
    else:
        found = _graded(word)
    doubted = found is Certainty.CONFIRMED and (_TURNED.match(printed) or any(mark in printed for mark in "?？¿"))
    return Certainty.SUSPECTED if doubted else found


def asked(column: str) -> str:
    """Return what a column called "Confirmed?", "isConfirmed" or "/victim/confirmed" asks."""
    name = plain(column.rpartition("/")[2].partition("(")[0])
    return name.removeprefix("is ").removeprefix("was ")


def lowest(found: Iterable[Certainty | None]) -> Certainty | None:
    """Return what several words tell together: the less sure, None where one tells nothing, or one denies what another tells."""
    told = set(found)
    if None in told or not told or (Certainty.DENIED in told and len(told) > 1):
        return None
    return next((one for one in _RISING if one in told), Certainty.DENIED)


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text[: _LONGEST + 1].casefold())
    return _MARKS.sub(" ", "".join(one for one in parts if not unicodedata.combining(one))).strip(" ?")


def _graded(text: str) -> Certainty | None:
    """The certainty that words name; of several the lower, and none where one is told and denied."""
    if len(text) > _LONGEST or _NEGATED.search(text):
        return None
    claimed = _CLAIMED.search(text) is not None
    doubted = _DOUBTED.search(text) is not None
    if _CONFIRMED.fullmatch(text) and not doubted and not _DENIED.search(text):
        if claimed or _ATTACKERS.search(text):
            return Certainty.CLAIMED
        return None if _NOBODY.search(text) else Certainty.CONFIRMED
    if _DENIED.search(text):
        return None if _SAID_SURE.search(text) else Certainty.DENIED
    if claimed:
        return Certainty.CLAIMED
    return Certainty.SUSPECTED if doubted else None
