"""Where names stand in a text: its capitalised runs, brought together with what the tagger found."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

from kg.extract.lexicon import is_common
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extract.tokens import Tokens

_SMALL: Final = frozenset("of the and & for de du del la von van der den di da et y e 's ’s und im am".split())


def runs(words: Tokens) -> Iterator[tuple[int, int]]:
    """Yield capitalised runs of words: what may be a name; ordinary words that begin a sentence, days, months and a stressed NOT left out."""
    lower = {word for word in words.words if word.islower()}
    titles = {number for number, sentence in enumerate(words.sentences) if titled(words, *sentence)}
    told = _told_elsewhere(words, titles, lower)
    for number, (first, last) in enumerate(words.sentences):
        capitals = _capitals(words, first, last, lower)
        if number in titles:
            capitals = {at for at in capitals if words.words[at] in told} or capitals
        at = dateline(words, first, last) or first
        while at < last:
            if at not in capitals or (_opens(words, at, first) and _ordinary(words, at, lower)):
                at += 1
                continue
            end = at + 1
            while end < last and (
                _legal(words, end, last)
                or (end in capitals and words.words[end] != "I")
                or (
                    end + 1 in capitals
                    and (words.lowers[end] in _FOREIGN or (words.lowers[end] in _SMALL and _joins(words, at, end)))
                )
            ):
                end += 1
            if end - at < 10:
                yield at, end
            at = end


def titled(words: Tokens, first: int, last: int) -> bool:
    """Return whether a sentence is a headline whose words all have capitals, so that these tell no name: it says what happened in such words too."""
    if last - first < _LEAST_TITLE or words.words[last - 1] in _STOPS or words.lowers[last - 1] in _FORMS:
        return False
    long = [word for word in words.words[first:last] if len(word) > _SHORT_WORD and word.isalpha()]
    says = any(not _HAPPENS.isdisjoint(words.kinds[at]) for at in range(first, last) if _raised(words.words[at]))
    return says and len(long) >= _LEAST_TITLE and all(map(_raised, long))


_HAPPENS: Final = frozenset(
    "ACCESS BLAME CLAIM CONFIRM DENY DISCLOSE DISCOVER EVENT EXPOSE HACK HARM HIT LOCK NOTIFY REPORT SAY STEAL".split()
)
_LEAST_TITLE: Final = 3
"""Words of a headline that are more than short ones."""
_SHORT_WORD: Final = 3
"""Letters of the words that have none in headlines either."""
_STOPS: Final = frozenset(".:;!")


def _told_elsewhere(words: Tokens, titles: set[int], lower: set[str]) -> set[str]:
    """The words that have a capital where sentences are written as such, but for ordinary ones that begin them."""
    return {
        words.words[at]
        for number, (first, last) in enumerate(words.sentences)
        if number not in titles
        for at in range(first, last)
        if _capital(words, at) and not (_opens(words, at, first) and _ordinary(words, at, lower))
    }


def dateline(words: Tokens, first: int, last: int) -> int:
    """Return one past the place in capitals that opens a dateline ("OSLO, 3 May 2024 - "), 0 where there is none."""
    at = first
    while at < min(last, first + 4) and words.words[at].isupper() and words.words[at].isalpha():
        at += 1
    follows = words.words[at : at + 9]
    marked = any(mark in follows for mark in ("-", "—", "–", "(")) and any(
        len(word) > 3 for word in words.words[first:at]
    )
    return at if at > first and marked and at < last else 0


def _legal(words: Tokens, at: int, last: int) -> bool:
    """Whether a comma before a legal form, or the stop behind one or behind the "St" of a saint, goes on with a name."""
    if words.words[at] == ",":
        return at + 1 < last and words.lowers[at + 1].rstrip(".") in _FORMS
    return words.words[at] == "." and words.lowers[at - 1] in _SHORT and at + 1 < last


_FORMS: Final = frozenset("inc llc ltd plc corp co gmbh ag sa nv bv oy ab as spa srl llp limited".split())
_SHORT: Final = _FORMS | {"st", "mt", "ft"}
_FOREIGN: Final = frozenset("de du del la van von der den di da dos y e et &".split())


def _capitals(words: Tokens, first: int, last: int, lower: set[str]) -> set[int]:
    """The words of a sentence that may be of a name; of one that is all in capitals, those between verbs and small words that are not all ordinary."""
    able = {at for at in range(first, last) if _capital(words, at)}
    if any(word.islower() or word.istitle() for word in words.words[first:last]):
        return able
    links = {at for at in able if not _LINKS.isdisjoint(words.kinds[at])}
    plain = {
        at for at in able if _PLAIN.isdisjoint(words.kinds[at]) and (words.kinds[at] or _ordinary(words, at, lower))
    }
    found: set[int] = set()
    for _, block in groupby(range(first, last), lambda at: at in able - links):
        one = able.intersection(block) - links
        found |= set() if links and one <= plain else one
    return found


_LINKS: Final = frozenset(
    """
    ACCESS BE BLAME CLAIM CONFIRM CONJ CUSTOMER CUT DENY DET DISCLOSE DISCOVER EVENT EXPOSE HACK HARM HAVE HEDGE HIT IT ITS LOCK NEG NOTIFY OUR PREP
    REL REPORT SAY STEAL USE VENDOR
    """.split()
)
"""Kinds of words between names, where capitals do not tell these from others."""


def _capital(words: Tokens, at: int) -> bool:
    word, kinds = words.words[at], words.kinds[at]
    if word == "NOT" or "DAY" in kinds or ("MONTH" in kinds and _dated(words, at)):
        return False
    return _raised(word)


_BASED: Final = "-based"
"""How a word ends that says where somebody is: "Utrecht-based"."""
_DOMAIN: Final = regex(
    r"(?:[a-z0-9][a-z0-9-]{0,40}\.){1,3}(?:ai|app|ca|ch|co|com|de|dev|edu|es|eu|fr|gov|io|it|li|net|nl|org|ru|se|uk|us)"
)
"""Names that are addresses: "data.gouv.fr"."""


@lru_cache(maxsize=65536)
def _raised(word: str) -> bool:
    """Whether a word has a capital (in one that begins with a digit, behind that), or is the address of a site."""
    if word[0].isdigit():
        return any(c.isupper() for c in word[1:]) and len(word) < 20
    return (any(c.isupper() for c in word) and word[0] not in "'’") or _DOMAIN.fullmatch(word) is not None


def _dated(words: Tokens, at: int) -> bool:
    """Whether the name of a month is one here."""
    if words.lowers[at] not in {"may", "march", "mar", "jan"}:
        return True
    beside = words.words[max(0, at - 1)][0] + words.words[min(len(words) - 1, at + 1)][0]
    return any(c.isdigit() for c in beside) or (at > 0 and "PREP" in words.kinds[at - 1])


def _opens(words: Tokens, at: int, first: int) -> bool:
    before = words.words[at - 1]
    return at == first or before in _BEFORE_OPENING or (before == ")" and at == first + _ITEM_MARK)


_ITEM_MARK: Final = 2
"""The words of the mark of an item ("1)")."""

_BEFORE_OPENING: Final = frozenset({"“", '"', "‘", "(", ":", "-", "•", "*", "—", "–", ">", "."})


def _ordinary(words: Tokens, at: int, lower: set[str]) -> bool:
    low = words.lowers[at]
    return (
        is_common(low)
        or low in lower
        or (words.words[at].istitle() and bool(words.kinds[at]) and _PLAIN.isdisjoint(words.kinds[at]))
    )


_PLAIN: Final = frozenset({"OFFICE", "FIRMS", "TECH", "MEDIA", "GIVEN", "PLACE", "DEMONYM", "KIND", "COMPANY"})


def _joins(words: Tokens, first: int, at: int) -> bool:
    """Whether "of", "and" or "for" may stand inside a name: behind a word for an institution."""
    if words.lowers[at] == "and":
        return (
            not {"OFFICE", "TECH"}.isdisjoint(words.kinds[at - 1])
            or words.lowers[at + 1] in {"sons", "co", "company", "partners", "daughters", "associates"}
            or _paired(words, at)
        )
    return any(not _PLACED.isdisjoint(words.kinds[step]) for step in range(first, at))


_PLACED: Final = frozenset({"OFFICE", "FIRMS", "KIND"})
_PAIRS: Final = frozenset(
    """
    abercrombie-fitch arnold-porter barnes-noble bath-beyond bath-body black-decker brown-brown church-dwight crate-barrel dun-bradstreet ernst-young
    johnson-johnson marks-spencer marsh-mclennan procter-gamble smith-nephew smith-wesson standard-poor's tate-lyle
    """.split()
)
"""Well-known firms whose names have an "and" that would part two."""


def _paired(words: Tokens, at: int) -> bool:
    """Whether an "and" stands in the middle of one of `_PAIRS`."""
    return words.lowers[at] == "and" and f"{words.lowers[at - 1]}-{words.lowers[at + 1]}" in _PAIRS


Found = tuple[int, int, str, float]


def named(words: Tokens, found: Sequence[Found]) -> list[Found]:
    """Return what the tagger found, with names brought into line with the capitalised runs of the text, and the runs it left."""
    able, counted = list(runs(words)), list(_counted(words))
    lower = {word for word in words.words if word.islower()}
    told: list[Found] = []
    covered: set[int] = set()
    for span in found:
        if span[2] == "GRP":
            first, last = next(((a, b) for a, b in counted if a < span[1] and span[0] < b), span[:2])
        else:
            first, last = _aligned(words, span, able, lower)
        if first < last and covered.isdisjoint(range(first, last)):
            covered.update(range(first, last))
            if told and span[2] == told[-1][2] == "GRP" and told[-1][1] == first:
                first = told.pop()[0]
            told.append((first, last, *span[2:]))
    # Whether a group that only the grammar sees has a part in the story is judged later.
    for first, last in counted:
        if covered.isdisjoint(range(first, last)):
            covered.update(range(first, last))
            told.append((first, last, "GRP", 0.0))
    told += [(first, last, "RUN", 0.0) for first, last in able if covered.isdisjoint(range(first, last))]
    return sorted(told)


def _aligned(words: Tokens, span: Found, able: Sequence[tuple[int, int]], lower: set[str]) -> tuple[int, int]:
    """The words of a name: those of the capitalised run it is part of, unless the tagger is sure of others."""
    first, last, label, weight = span
    near = next((run for run in able if run[0] < last and first < run[1]), None)
    if near is None:
        ordinary = last - first == 1 and is_common(words.lowers[first])
        kept = weight >= _SURE and not ordinary
        if titled(words, *words.sentence(first)):
            # Whom only such a headline names is told by words that say nothing else; one alone may be any, but for an attacker's.
            unknown = not (is_common(words.lowers[first]) or words.kinds[first])
            unknown &= _HAPPENS.isdisjoint(kind for kinds in words.kinds[first:last] for kind in kinds)
            kept = weight >= _CERTAIN and unknown and (last - first > 1 or label == "ATT")
        kept &= any(c.isalnum() for c in words.printed(first, last))
        return (first, last) if kept else (first, first)
    if any(_paired(words, at) for at in range(near[0] + 1, near[1] - 1)):
        return near
    inside = near[0] <= first and last <= near[1]
    apart = ["and"] in (words.lowers[max(0, first - 1) : first], words.lowers[last : last + 1])
    if weight < _SURE or (inside and ((weight < _CERTAIN and not apart) or _begins(words, first, last, near[1]))):
        first, last = near
    opening, end = words.sentence(first)
    if not any(word.islower() or word.istitle() for word in words.words[opening:end]) or titled(words, opening, end):
        first, last = max(first, near[0]), min(last, near[1])
    while last - first > 1 and (
        words.words[first].endswith(_BASED) or (first == opening and _ordinary(words, first, lower))
    ):
        first, opening = first + 1, opening + 1
    return first, last


def _begins(words: Tokens, first: int, last: int, end: int) -> bool:
    """Whether a name is one word that only begins one: "Australian" of "Australian Federal Police", "Tonga" of "Tonga Communications Corporation"."""
    if last - first > 1 or not all(map(_raised, words.words[first:end])):
        return False
    closing = words.kinds[end - 1]
    return "DEMONYM" in words.kinds[first] or (
        last < end and (words.lowers[end - 1] in _FORMS or not (_PLACED | {"COMPANY"}).isdisjoint(closing))
    )


def _counted(words: Tokens) -> Iterator[tuple[int, int]]:
    """The groups that a grammar finds, as words."""
    for group in words.groups:
        first, last = words.within(*group)
        if words.span(first, last) == group:
            yield first, last


_SURE: Final = 0.7
_CERTAIN: Final = 0.95
