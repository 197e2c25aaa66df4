"""What the words on the impact of a compromise tell: of what kind it was, or that there was none."""

from __future__ import annotations

import re

from kg.extract.befalling import HARM
from kg.extract.cncf.sections import SENTENCE
from kg.extract.harm import DONE
from kg.extract.relations import NEGATED
from kg.patterns import gaps, regex

_IMPACTS = (
    ("financial", regex(r"[$€£]\s?\d|\bfunds?\b|\bfinancial (?:loss|damage|impact|harm)|\bcryptocurrenc|\bbitcoins?\b|\blosses\b", re.IGNORECASE)),
    ("data-loss", regex(r"\bstol|\bsteal|\bexfiltrat|\bleak|\bcredential|\bpasswords?\b|\bsecrets?\b|\btokens?\b|\bprivate keys?\b|\bdata\b", re.IGNORECASE)),
    ("downtime", regex(r"\boutage|\boffline\b|\bunavailable\b|\bdown for\b|\bout of business\b", re.IGNORECASE)),
    ("systems", regex(r"\bservers?\b|\bsystems?\b|\bmachines?\b|\bcomputers?\b|\bpackages?\b|\bversions?\b|\bdownload|\binstall|\bbinar|\brepositor|\bwebsite", re.IGNORECASE)),
)  # fmt: skip
_OTHER = r"and|because|how|if|since|so|that|until|when|where|which|who|whom"
"""What begins to tell of something else."""
_BE = r"are|been|got|had|has|have|is|was|were"
_NOTHING = regex(
    r"\b(?:(?:no(?!\s(?:doubt|fewer|less|longer|more|way)\b)|none|nobody|neither)\s(?:(?:\w+\s){0,2}\w+,\s(?:including|like|such\sas)\s[^.;:]{1,80},\s)?"
    rf"(?:(?!(?:{_OTHER})\b)[\w’'/-]+,?\s){{0,8}}?"
    rf"|(?:(?:{_BE}|did|do|does)(?:\snot|n[’']t)|could(?:\snot|n[’']t)\s(?:detect|find|identify|see))\s(?:been\s)?(?:(?!(?:{_OTHER}|{_BE})\b)[\w’'/-]+,?\s){{0,8}}?)"
    rf"(?<!\bthe\s)(?:{DONE}|abuse|compromise|damage|effects?|evidence|exploitation|harm|impact|indicat(?:ions?|ors?)|infected|intrusions?|leaks?|loss(?:es)?|malicious|proof|signs?|spillover|theft|traces?|unauthori[sz]ed\saccess)\b",
    re.IGNORECASE,
)
"""What says that something did not happen."""
_YET = regex(
    rf"[,;]\s(?!(?:no|none|nor|which|who)\b)(?:[\w’'-]+\s){{1,4}}(?:{_BE})\s(?:been\s)?(?:{DONE}|infected)\b",
    re.IGNORECASE,
)
"""Behind that, what tells of others to whom it did."""
_NOT_KNOWN = regex(
    r"\W{0,2}(?:none|not\s(?:yet\s)?(?:clear|known)|unclear|unknown)\b(?!\s(?:how|number|of)\b)", re.IGNORECASE
)
_ASKED = regex(r"\bwhether\b", re.IGNORECASE)
_EXCEPT = regex(r"\b(?:although|apart\sfrom|but|except|however|other\sthan|though)\b", re.IGNORECASE)
_UNDONE = regex(r"\b(?:blocked|caught|fixed|patched|removed|restored|reverted|rolled\sback)\b", re.IGNORECASE)
"""What was done about it."""


def impact_kind(text: str) -> str:
    """Return the impact-type slug that words tell of; "other" where none fits."""
    return next((kind for kind, words in _IMPACTS if words.search(text)), "other")


def tells_of_none(text: str) -> bool:
    """Return whether words tell of no impact: of none, or that it is not known, and of nothing else but what was done about it."""
    told = [text[start:end] for start, end in gaps(SENTENCE, text)]
    if not any(_denies(sentence) or _NOT_KNOWN.match(sentence) for sentence in told):
        return False
    return not any(_EXCEPT.search(sentence) or _may_tell(sentence) for sentence in told)


def _denies(sentence: str) -> bool:
    found = _NOTHING.search(sentence)
    return found is not None and not (HARM.search(sentence, 0, found.start()) or _YET.search(sentence, found.end()))


def _may_tell(sentence: str) -> bool:
    """Whether a sentence may tell of an impact: it neither denies something, nor leaves it open, nor is about what was undone."""
    if _denies(sentence) or _NOT_KNOWN.match(sentence):
        return False
    clear = NEGATED.search(sentence) or _ASKED.search(sentence) or _UNDONE.search(sentence)
    return clear is None or HARM.search(sentence, 0, clear.start()) is not None
