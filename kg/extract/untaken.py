"""What a list of the data that was taken says was not ("Names; no passwords"), and values that say nothing of it."""

from __future__ import annotations

import re
from bisect import bisect_right

from kg.extract.concepts import data_concept
from kg.patterns import regex

NO = regex(
    r"(?:false|no|none|n|nein|non|nee|não)(?:,?\s\(?(?:according\sto|as\sper|per|said|says)\s[^,;:.()]{1,60}\)?)?\.?\Z",
    re.IGNORECASE,
)
"""Values that deny what their field asks."""
OPEN = regex(
    r"(?:(?:still |currently |being |under |yet |pending |subject |to be |to )*(?:investigat(?:ion|ed|ing)|review(?:ed)?|assessment|assessed|determined|confirmed|analysis)"
    r"|not (?:yet )?(?:confirmed|clear|established)|unclear|unconfirmed|pending|open"
    r"|(?:noch |derzeit )*(?:offen|unklar|in (?:prüfung|klärung|untersuchung))|wird (?:noch )?(?:geprüft|untersucht)|en (?:cours d['’](?:enquête|analyse)|investigación)|in (?:verifica|onderzoek))\.?\Z",
    re.IGNORECASE,
)
"""Values that say that it is not known yet."""
_ITEM = r"(?:\A|[,;.:(\n]|\b(?:but|and|with|though|although|while|however)\b)\s{0,3}(?:(?:but|and|with)\s)?"
_NEGATION = regex(
    rf"{_ITEM}(?P<no>no(?!\.|\s(?:and|or|longer)\b)|not(?!\s(?:limited|only|just|hashed|encrypted|salted|tokeni[sz]ed)\b)|none\sof|neither|nor|never|keine?[rnms]?(?!\s(?:und|oder)\b)|aucune?|nessun[oa]?|ning[uú]n[oa]?|geen|nenhuma?)\s(?=\w)"
    r"|\b(?P<but>without|excluding|excludes|except(?:ing)?|other\sthan|apart\sfrom|rather\sthan|instead\sof|(?:does|do|did)(?:\snot|n[’']t)\s(?:include|involve|contain|affect)|not\s(?:includ|involv|contain|affect)ing)\s(?=\w)",
    re.IGNORECASE,
)
_DENYING = regex(
    r"\b(?:n(?:o|e[einvs]|in)|kein|aucun|geen|with|exc|other|apart|rather|instead|do|did|un|safe|secure|false)|n[’']t",
    re.IGNORECASE,
)
"""What any denial has; most values have not."""
_MORE = regex(r"\b(?:but\s)?(?:(?:is|are)\s)?not\slimited\sto\b:?", re.IGNORECASE)
_STOP = regex(r"[;:.)\n]|\bbut\b(?!\snot\b)|\Z")
_UNHARMED = r"(?:not\s(?:affected|impacted|compromised|exposed|accessed|involved|included|stolen|taken|leaked|breached)|unaffected|untouched)"
_SPARED = regex(
    r"(?:\b(?:was|were|is|are|has|have|had)\snot|(?:was|were|is|are|has|have|had)n[’']t)\s(?:(?:been|believed|thought|known|to|be|have)\s){0,4}"
    r"(?:affected|impacted|compromised|exposed|accessed|involved|included|stolen|taken|leaked|stored|held|breached|at\srisk|part\sof|among)\b"
    r"|\b(?:was|were|is|are)\s(?:excluded|unaffected|untouched|safe|secure|not)\b(?=\s{0,2}(?:[,;.)]|\Z))"
    rf"|(?P<item>(?<=\w)(?<!\sand)(?<!\sor)\s(?P<in>\()?{_UNHARMED}"
    r"(?:\s(?:by|in)\s(?:the|this)\s(?:attack|breach|hack|incident|leak))?(?(in)\)|(?=\s{0,2}(?:[,;.)]|\Z)))"
    rf"|:\s{{0,3}}(?:no|none|false|nein|keine?|non|nee|aucune?|{_UNHARMED})(?=\s{{0,2}}(?:[,;.)\n]|\Z)))",
    re.IGNORECASE,
)
"""Behind what was not taken ("PII: no" too); without a verb only of the item that it ends, or behind which it stands in brackets."""
_CLAUSE = regex(r"[;.(\n]|\b(?:but|while|whereas|though|although|however)\b", re.IGNORECASE)
_APART = regex(r"[,;.\n]")
_GOES_ON = regex(
    r"\b(?:or|nor|oder|noch|ou|ni|né|such\sas|including|e\.g|was|were|is|are|has|have|had|which|that)\b", re.IGNORECASE
)
"""Behind a comma, of a list or a sentence that is denied as a whole."""
_GOES_ON_ABROAD = regex(rf"{_GOES_ON.pattern}|\b(?:o|of)\b", re.IGNORECASE)
_ABROAD = regex(r"geen|ness|ning|nenh", re.IGNORECASE)
"""Denials of languages in which "of" or "o" is "or"."""
_NEAR = 200
"""Characters behind a "without" that say what was left."""
_BLANKS = 3


def spared(text: str, *, listed: bool = False) -> list[tuple[int, int]]:
    """Return the stretches of a value that say what was not taken, in order, none in another.

    Args:
        text: the value.
        listed: whether it is a list, in which "no" behind a comma is said of one item and not of those behind it.
    """
    if not _DENYING.search(text):
        return []
    found = []
    behind = 0
    for match in _NEGATION.finditer(text):
        if match.start() < behind:
            continue
        # With the "and" or comma before it; a bracket is taken whole or not at all.
        start = match.start("but") if match["but"] else match.start() + (text[match.start()] in "(.:")
        stop = _STOP.search(text, match.end())
        end = stop.start() if stop else len(text)
        if listed and match["no"] and text[match.start()] == "," and not _in_bracket(text, match.start()):
            comma = text.find(",", match.end(), end)
            goes_on = _GOES_ON_ABROAD if _ABROAD.match(match["no"]) else _GOES_ON
            end = end if comma < 0 or goes_on.search(text, comma, end) else comma
        # "Accessed without authorization" spares nothing.
        if match["no"] or data_concept(text[match.end() : min(end, match.end() + _NEAR)]):
            found.append((start, end))
            behind = end
    # With the conjunction that begins it, and without a mark.
    clauses = [0, *(clause.start() if clause[0].isalpha() else clause.end() for clause in _CLAUSE.finditer(text))]
    items = [0, *(comma.end() for comma in _APART.finditer(text))]
    for match in _SPARED.finditer(text):
        start = clauses[bisect_right(clauses, match.start()) - 1]
        if match["item"]:
            found.append((max(start, items[bisect_right(items, match.start()) - 1]), match.end()))
            continue
        stop = _STOP.search(text, match.end())
        found.append((start, stop.start() if stop else len(text)))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(_with_brackets(text, start, end) for start, end in found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _in_bracket(text: str, at: int) -> bool:
    return text.rfind("(", 0, at) > text.rfind(")", 0, at)


def _with_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch with the brackets around it: "(no passwords)"."""
    before = start
    while before and text[before - 1].isspace() and start - before < _BLANKS:
        before -= 1
    if text[before - 1 : before] == "(" and text[end : end + 1] == ")":
        return before - 1, end + 1
    return start, end


def without(text: str, spared_at: list[tuple[int, int]]) -> str:
    """The text with blanks for what was not taken, each stretch a break; all else stays in its place."""
    parts, position, depth = [], 0, 0
    for start, end in spared_at:
        kept = text[position:start]
        depth += kept.count("(") - kept.count(")")
        parts += [kept, "," if depth > 0 else ";", " " * (end - start - 1)]
        position = end
    text = "".join([*parts, text[position:]])
    return _MORE.sub(lambda match: " " * len(match[0]), text) if "limited" in text else text
