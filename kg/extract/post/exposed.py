"""What was taken in the incident of a post: kinds of data, and how much of it.

Fields for what was taken say what was not taken as well ("Names; no passwords"), and what only may have been.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from kg.amounts import numbers
from kg.counts import find_counts, parse_count
from kg.extract.certainties import least, surest
from kg.extract.concepts import concept_among, data_concept
from kg.extract.doubts import certainties
from kg.extract.owners import kinds_and_owners
from kg.extract.post.keyed import below, concepts, unit_of
from kg.extract.untaken import NO, OPEN, spared, without
from kg.model import Certainty, DataExposure, RecordCount
from kg.nouns import THINGS
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.counts import Count
    from kg.extract.fields import Value
    from kg.extract.owners import Owners
    from kg.model import Evidence, Span

_KINDS = "data_breach.type_of_data_compromised"
_ASKED = "data_breach.personally_identifiable_information"
_COUNTED = "data_breach.number_of_records_exposed"
_OF_ANOTHER = regex(r"\b\w{3,11}\s(?:to\s|also\s)?(?:exceed|includ|reach)", re.IGNORECASE)
"""Behind a number: a hedge of another number ("could exceed 100,000") or of a part ("likely including 3,000 minors")."""
_THINGS = regex(
    r"(?:\s{0,2}(?:(?:data\s)?(?:records|accounts|entries|rows|lines|items|files|documents)|[kmgtp]b|(?:mega|giga|tera|peta)bytes)\b"
    r"(?:\sof\s(?:data|information|records|files|documents))?)?(?:\s(?:accessed|affected|compromised|exposed|impacted|leaked|stolen))?"
    r"(?:\s\((?:potential(?:ly)?|possibl[ey]|claimed|alleged(?:ly)?|estimated|unconfirmed)\))?",
    re.IGNORECASE,
)
"""What stands behind a number that tells how much was taken, and not of what kind."""
_YES = regex(
    r"\s*(?:yes|true|y)\b[\s,;:/–—-]*(?P<bracket>\((?=(?:[^()]|\([^()]*\))*\)\s*\Z))?\s*(?:(?:includ\w+|such\sas)\s)?",
    re.IGNORECASE,
)
"""What a value may begin with that tells more than was asked: "Yes (names)"."""
_NO_YES = regex(
    r"\A\s*(?:no|none|not|false)\b|\A\s*(?:(?:yes|true|y)\b)?\W*(?:potential\w*|possibl[ey]|maybe|may|likely|suspected)\b",
    re.IGNORECASE,
)
"""Of an answer that is less than a yes."""
_CLAIMED = regex(
    r"\b(?:alleged\w*|claimed|purported\w*|according\sto\sthe\s(?:attackers|hackers|gang|group))\b", re.IGNORECASE
)
"""Of the one kind of data that it begins, of which it is told as claimed; anywhere else it may be of all of them."""
_UNSURE = regex(
    r"\b(?:pending|unclear|under\s(?:analysis|assessment|investigation|review)|investigating|determining|unknown|unconfirmed|whether)\b",
    re.IGNORECASE,
)
"""Of what an answer leaves open."""
_ASIDE = regex(r"[(\[.:–—]|\s-")
"""What parts a word from a kind of data in one item of a list, so that it may be of the whole list: "names, SSNs (scope unclear)"."""
_UNITS = frozenset(THINGS.values())
_HOLLOW = regex(r"[,;\s]{1,9}\)")
_JOINED = regex(
    r"(?![^\d]{0,90}\b(?:whom|which|includ\w{1,5}|among|were|that|only)\b)[^\d]{0,60}?(?:[;,&+]|\band\b|\bplus\b)[^\d(]{0,30}\Z",
    re.IGNORECASE,
)


def data_types(
    told: Any, doubt: Certainty, owners: Owners
) -> tuple[tuple[DataExposure, ...], Sequence[tuple[Value, Certainty]]]:
    """Return each kind of data once, with every place that tells it; the two fields often say the same thing; and what of them only counts.

    Args:
        told: the fields of the post.
        doubt: how sure the text is of the whole.
        owners: whose the data may be.
    """
    sensitivity = told.first("data_breach.sensitivity_of_data")
    grade = sensitivity.text.strip().casefold() if sensitivity else ""
    grade = next((level for level in ("high", "medium", "low") if re.search(rf"\b{level}\b", grade)), "")
    found: dict[str, tuple[str, str, set[str], list[Evidence]]] = {}
    tallies = []
    told_at = [
        (field, *one) for field in (_KINDS, "impact.data_compromised", _ASKED) for one in below(told, field, owners)
    ]
    listed = {slug for field, value, *_ in told_at if field is _KINDS for slug in concepts(value)}
    for field, value, keys, most in told_at:
        text = value.text.strip()
        if value.blank or NO.match(text) or OPEN.match(text):
            told.leave(value)
            continue
        left = spared(value.text)
        if left:
            # What was not taken is no fact that the graph holds.
            told.leave(value)
        taken = without(value.text, left)
        if field is _ASKED:
            taken = _without_yes(taken)
            sure_of = _end_of_sure(value.text, taken)
            if sure_of < len(taken):
                told.leave(value)
            taken = taken[:sure_of]
        for start, end, owner, sure in _kinds(taken):
            text = _HOLLOW.sub(")", " ".join(taken[start:end].split()))
            certainty = least(sure, most, doubt)
            if _is_tally(text):
                tallies.append((value.part(start, end), certainty))
                continue
            concept = concept_among(text, listed)
            if text and not concept and field is not _KINDS:
                # Only the field for kinds names some that nobody knows: the others tell of more.
                told.leave(value)
            elif text:
                *_, whose, evidence = found.setdefault(text.casefold(), (text, concept, set(), []))
                evidence.append(value.evidence(start, end, certainty=certainty))
                whose.update(filter(None, (owner or keys,)))
    exposed = []
    for text, slug, whose, evidence in found.values():
        sure = surest(proof.certainty for proof in evidence)
        exposed.append(DataExposure(text, slug, sure, grade, owners.of(whose), tuple(evidence)))
    return tuple(exposed), tallies


def _without_yes(text: str) -> str:
    """The text with blanks for a "yes" that it begins with; all else stays in its place."""
    said = _YES.match(text)
    if said is None:
        return text
    return " " * said.end() + (text.rstrip()[:-1] if said["bracket"] else text)[said.end() :]


def _end_of_sure(text: str, taken: str) -> int:
    """Where the kinds of data end that an answer is sure of: 0 if it names none, or what it leaves open may be all of them.

    Args:
        text: the answer.
        taken: the same without what it denies and its "yes".
    """
    kinds = [(start, end) for start, end, _, _ in _kinds(taken)]
    if _NO_YES.search(text) or not any(data_concept(taken[start:end]) for start, end in kinds):
        return 0
    begins = {
        start + len(text[start:end]) - len(text[start:end].lstrip())
        for start, end in kinds[1:]
        if data_concept(text[start:end])
    }
    if any(word.start() not in begins for word in _CLAIMED.finditer(text)):
        return 0
    sure = len(taken)
    for word in _UNSURE.finditer(text):
        at = next((at for at, (start, end) in enumerate(kinds) if start <= word.start() < end), 0)
        (_, before), (start, end) = kinds[at - 1], kinds[at]
        # Only of a later item, and not behind an "and", by which it may be of those before as well.
        of_one = at and not text[before:start].strip(" ,;") and not _ASIDE.search(text, start, word.start())
        if not of_one or not data_concept(text[start:end]):
            return 0
        sure = min(sure, before)
    return sure


def _is_tally(text: str) -> bool:
    """Whether a text tells how much was taken, and not of what kind: "61,204 records", "over 6 TB of data"; "10K" alone is a form."""
    number = next(numbers(text), None)
    if number is None or not (number.marked or number.end < len(text)):
        return False
    if number.end == len(text) and text[-1] in "KkBb" and text[-2].isdigit():
        return False
    return _THINGS.fullmatch(text, number.end) is not None and parse_count(text[: number.end]) is not None


def _kinds(text: str) -> Iterator[tuple[int, int, str, Certainty]]:
    """The kinds of data that a value says were taken, or may have been, each with the words for its owner."""
    told = [
        (start, end, owner)
        for start, end, owner in kinds_and_owners(text)
        if text[start:end].strip(" .,;:-&") and text[start:end].casefold() not in {"but", "and"}
    ]
    for one, certainty in zip(told, certainties(text, (one[:2] for one in told)), strict=True):
        yield *one, certainty


def record_counts(
    told: Any, tallies: Iterable[tuple[Value, Certainty]], people: list[tuple[Value, str]], doubt: Certainty
) -> Iterator[RecordCount]:
    """Yield how much was taken, and how many people were affected; of two groups in one value, both.

    Args:
        told: the fields of the post.
        tallies: counts that stand among the kinds of data, which count where the field for them is missing, with how sure they are.
        people: counts that stand among the affected entities, with their unit.
        doubt: how sure the text is of the whole.
    """
    found: dict[tuple[int | None, int | None], RecordCount] = {}
    for value, keys, most in below(told, _COUNTED):
        for count in _counts(told, value, unit_of(keys), least(most, doubt)):
            found.setdefault((count.low, count.high), count)
    counted = set(found)
    for value, certainty in tallies:
        for count in _counts(told, value, "", certainty):
            if not counted:
                found.setdefault((count.low, count.high), count)
            elif (count.low, count.high) not in counted:
                told.leave(value)
    yield from found.values()
    for value, unit in people:
        yield from _counts(told, value, unit, doubt)


def _counts(told: Any, value: Value, unit: str, doubt: Certainty) -> Iterator[RecordCount]:
    """The counts of a value, each as sure as the words beside it, the value and the text are; of things or without a unit, it is of what they name."""
    doubt = least(doubt, Certainty.CLAIMED) if _CLAIMED.search(value.text) else doubt
    counts = _grouped(told, value)
    text = _outright(value.text) if len(counts) == 1 else value.text
    for (count, _), sure in zip(counts, certainties(text, (span for _, span in counts)), strict=True):
        certainty = least(sure, doubt)
        proof = value.evidence(certainty=certainty)
        named = count.unit if count.unit in _UNITS else unit or count.unit or "records"
        yield RecordCount(count.low, count.high, named, certainty, (proof,))


def _outright(text: str) -> str:
    """The text with blanks for what it hedges of another number than its first."""
    end = next((number.end for number in numbers(text)), len(text))
    return text[:end] + _OF_ANOTHER.sub(lambda match: " " * len(match[0]), text[end:])


def _grouped(told: Any, value: Value) -> list[tuple[Count, Span]]:
    """The count of a value, or those of several groups side by side, with where they stand; where it holds more, it is kept as a note."""
    count = parse_count(value.text)
    if count is None:
        told.leave(value)
        return []
    whole = [(count, (0, len(value.text)))]
    found = find_counts(value.text) if len(value.text) > len(str(count.low)) else []
    if len(found) < 2:  # noqa: PLR2004 - one beside another
        return whole
    between = pairwise(found)
    if found[0].count == count and all(_JOINED.match(value.text[a.end : b.start]) for a, b in between):
        # What is said behind the last number is said of it.
        ends = [*(one.end for one in found[:-1]), len(value.text)]
        return [(one.count, (one.start, end)) for one, end in zip(found, ends, strict=True)]
    told.leave(value)
    return whole
