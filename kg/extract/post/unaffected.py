"""Whether the prose of a post says of a listed customer that it was not affected, which its list does not say.

Only plain words on all of the company count: that its own systems were not breached is what many say whose data was taken from
their supplier. Nobody is cleared of whom any other words may say that they were hit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.relations import mention
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extract.relations import Sentence
    from kg.model import Evidence

_LEAD = regex(r"(?:\A\W{0,3}|,\s|\b(?:that|but|while|whereas|said|says)\s)(?:the\s)?\Z", re.IGNORECASE)
"""Before a name that is the subject: "customers of ALDER were not affected" clears nobody."""
_CLEARED = regex(
    r"(?:,\s(?:which|who|also|an?|another|the|one\sof)\s[^,;.]{3,80},)?(?:\s(?:has\s|have\s)?(?:said|says|say|confirmed|stated)\s(?:that\s)?(?:it|they))?"
    r"\s(?:(?:(?:was|were|is|are)(?:\snot|n[’']t)|(?:has|have|had)(?:\snot|n[’']t)\sbeen)\s(?:affected|impacted|harmed|hit|touched)|(?:was|were|is|are|remain(?:s|ed)?)\s(?:unaffected|unharmed|untouched))"
    r"(?:\s(?:at\sall|in\sany\sway)|\sby\s(?:it|(?:the|this)\s(?:[\w-]{1,20}\s){0,2}?(?:attack|breach|hack|incident|intrusion|leak|theft)))?"
    r"(?=\s{0,2}(?:[.)]|\Z)|,?\s(?:because|according\sto|thanks\sto)\b|,\s(?:it|they|the\scompany|a\sspokes\w{3,6})\s(?:said|says)\b)",
    re.IGNORECASE,
)
_DOUBTED = regex(
    r"\b(?:whether|if|unless|until|initially|originally|first|believe[sd]?|thought|assum\w+|expect\w*|hope[sd]?|den(?:y|ies|ied)|disput\w+|false\w*|untrue|wrong\w*)\b|\bnot\s(?:true|clear|known|sure|say)\b",
    re.IGNORECASE,
)
_ON_IT = regex(
    r"\W{0,3}(?:(?:(?:By|In|On|Since)\s\w{1,20}|[\w’'-]{1,25}),?\s(?:[a-z\d][\w’'-]{0,25},?\s){0,10}?)?(?:[Ii]ts?|[Tt]hey|[Tt]heir|[Tt]he\s(?:company|firm))\b"
)
"""What begins a sentence that goes on about whom the one before it names, and names nobody else first."""
_HURT = regex(
    r"\b(?:access(?:ed)?|affect(?:s|ed|ing)|compromis\w+|copied|exfiltrat\w+|expos\w+|harm\w*|hit|impact\w*|leak\w*|los(?:[est]\w*|ing)|obtain\w*|publish\w*|reach(?:ed|es)|stolen?|suffer\w*|taken|took|victims?"
    r"|(?:acknowledg|admit|confirm|disclos)\w*\s(?:an?|the|its)\s(?:[\w-]{1,20}\s){0,3}(?:attack|breach|hack|incident|intrusion|theft))\b",
    re.IGNORECASE,
)


def unaffected(name: str, found: Sequence[Sentence]) -> Evidence | None:
    """Return the words by which the prose says that a company was not affected, None where other words may say that it was."""
    proof, spoken_of = None, False
    for sentence in found:
        named = mention(name, sentence.text)
        spoken_of = named is not None or (spoken_of and _ON_IT.match(sentence.text) is not None)
        if cleared := _cleared(name, sentence):
            proof = proof or cleared
        elif spoken_of and _HURT.search(sentence.text):
            return None
    return proof


def _cleared(name: str, sentence: Sentence) -> Evidence | None:
    """The words of a sentence from a company's name on that clear it without a doubt."""
    text = sentence.text
    said = mention(name, text)
    while said and not _DOUBTED.search(text):
        cleared = _CLEARED.match(text, said.end())
        if cleared and _LEAD.search(text, 0, said.start()):
            return sentence.evidence(said.start(), cleared.end())
        said = mention(name, text, said.end())
    return None
