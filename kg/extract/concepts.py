"""From the words for exposed data to the concepts of the data-type scheme.

The scheme's own labels are the dictionary: a label that is the whole phrase wins, else the longest that stands
in it as whole words, in the head of the phrase before its modifiers. Only the concepts that the scheme lists as reported
are answered.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kg.patterns import regex
from kg.vocabulary import concepts, members, phrases

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_WORD = regex(r"[^\W_]+(?:['’][^\W_]+)?")
_MODIFIER = regex(
    r"\s(?:with|of|for|from|who|whom|that|which|relating|related|about|in|on|used|belonging|held|stored)\s",
    re.IGNORECASE,
)
_NAME_OF = regex(
    rf"\s*(?:full\s)?names?\sof\s(?:(?:an?|her|his|its|the|their|your)\s)?(?P<whom>[\w’'-]+(?:(?!{_MODIFIER.pattern})\s[\w’'-]+){{0,4}})",
    re.IGNORECASE,
)
_BREAK = regex(r"[;\n•,()](?!(?<=,)\d{3}\b)")
_CODES = regex(r"(?<!\bsource )\bcodes\b", re.IGNORECASE)
_MAIL = regex(r"(?:(?:customer|user|personal|employee|staff|client|business|work)s?\s)?e-?mails?\Z", re.IGNORECASE)
_CONTACT = frozenset({"names", "phone-numbers", "physical-addresses", "contact-details", "dates-of-birth", "usernames"})
_ABBREVIATION = 3
"""Letters of a label that is an abbreviation."""
_LONGEST_LIST_ITEM = 300
"""Longer items are sentences, not lists; they stay whole."""
_INTRODUCTION = regex(r".*?\b(?:such as|including|includes?|e\.g\.,?|i\.e\.,?|namely|like)\s+|.*?:\s+", re.IGNORECASE)
_LEADING = regex(
    r"(?:(?:and|or|as well as|plus|also|potentially|possibly|(?:in|for) some (?:instances|cases|individuals|patients|people),?|some|certain|other|the|their|its|&)\s+)+",
    re.IGNORECASE,
)
_JOIN = regex(r"\s(?:and/or|and|or|as well as|plus)\s", re.IGNORECASE)
_OWNER = regex(r"\s+(?:of|from|belonging to)\s+(?=(?:the\s+)?[A-Z0-9][\w.&’'-]*)")
_NO_FACT = (
    r"\s*(?:(?:in|when) (?:combination|conjunction|combined) with\b|e\.?g\b|such as\b|for (?:example|instance)\b)"
)
_LIST = regex(rf"\s*\((?!{_NO_FACT})([^()]*,[^()]*)\)", re.IGNORECASE)
_CONDITION = regex(rf"\({_NO_FACT}[^()]*\)?", re.IGNORECASE)
"""What a kind must come with to count ("(in combination with security code, password or PIN)"), and examples of it: nothing in it was taken by itself."""
_NAMELY = regex(r"\(\s*i\.?e\b[^()]*\)?", re.IGNORECASE)
"""What a kind is, told in brackets behind it; an "and" in it joins no two kinds."""
_NUMBER = regex(r"(?:ID|identification|policy|member|subscriber|group) (?:numbers?|nos?\.?)", re.IGNORECASE)
"""Behind "or" it is one of what stands before: "health insurance policy or ID number"."""


@lru_cache(maxsize=65536)
def data_concept(phrase: str) -> str:
    """Return the slug of the data-type concept a phrase stands for, or "" where the scheme has no word for it."""
    whole = _words(phrase)
    if slug := _dictionary().get(len(whole), {}).get(whole):
        return slug
    bare = re.sub(r"\([^)]*\)", " ", phrase)
    head = _words(_MODIFIER.split(" " + bare.strip(), maxsplit=1)[0])
    named = _NAME_OF.match(bare)
    whom = _words(named["whom"]) if named else head[:-1] if head[-1:] == _NAME else ()
    if whom and (slug := _named(whom)) is not None and (named or not slug):
        return slug
    slug = _longest(head) or _longest(_words(bare)) or _longest(whole)
    # Source code has no plural: of other codes it counts what they are for.
    coded = slug == "source-code" and _CODES.search(phrase)
    return data_concept(_CODES.sub(" ", phrase)) if coded else slug


def concept_among(words: str, concepts_beside: Collection[str]) -> str:
    """Return the concept of words in a list of kinds with these concepts: e-mails beside names and phone numbers are addresses."""
    mail = _MAIL.match(words) and not _CONTACT.isdisjoint(concepts_beside)
    return "email-addresses" if mail else data_concept(words)


def find_data_types(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, slug) for every label of the scheme in characters [start, end) of a text, the longest first, none in another."""
    printed = list(_PRINTED.finditer(text, start, end))
    words = tuple(_form(match[0]) for match in printed)
    labels, position = _by_first_word(), 0
    while position < len(words):
        able = labels.get(words[position], ())
        length, slug = next(
            ((len(label), slug) for label, slug in able if _stands(text, label, words, printed, position)), (1, "")
        )
        if slug:
            yield printed[position].start(), printed[position + length - 1].end(), slug
        position += length


def _stands(
    text: str, label: tuple[str, ...], words: tuple[str, ...], printed: list[re.Match[str]], position: int
) -> bool:
    """Whether a label begins at a word; no comma or stop stands inside one."""
    last = position + len(label)
    if label == _NAME and _NAMED_THINGS.intersection(words[max(0, position - 1) : position]):
        return False
    return words[position:last] == label and not any(
        _PARTED.search(text, printed[at].end(), printed[at + 1].start()) for at in range(position, last - 1)
    )


_PRINTED = regex(r"[eE]-mails?(?:['’]s?)?|[^\W_]+(?:['’][^\W_]+)?")
_PARTED = regex(r"[,.;:()\n]")


@lru_cache(maxsize=65536)
def _form(word: str) -> str:
    return _singular(word.casefold().replace("e-mail", "email").replace("’", "'"))


@cache
def _by_first_word() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First word -> the labels that begin with it, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for table in _dictionary().values():
        for label, slug in table.items():
            found[label[0]].append((label, slug))
    return dict(found)


def split_data_types(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, owner) for each kind of data in a printed list.

    `text[start:end]` is the kind; an owner that is named after it ("of Nissan customers") starts at `owner`
    and runs to the end of the item, or `owner` is 0. "and" joins two kinds only where each half means something.
    """
    for at, stop in data_items(text):
        for start, end, owner in kinds_in(text[at:stop]):
            yield at + start, at + end, owner and at + owner


def kinds_in(item: str) -> tuple[tuple[int, int, int], ...]:
    """Return what `split_data_types` yields for one item of a list; the same items come again and again."""
    return _kinds_in(item) if len(item) <= _LONGEST_LIST_ITEM else tuple(_kinds(item))


@lru_cache(maxsize=16384)
def _kinds_in(item: str) -> tuple[tuple[int, int, int], ...]:
    return tuple(_kinds(item))


def _kinds(item: str) -> Iterator[tuple[int, int, int]]:
    for start, end in _expand(item, 0, len(item)):
        owner = _OWNER.search(item, start, end)
        if owner and owner.start() > start and data_concept(item[start : owner.start()]):
            yield start, owner.start(), owner.end()
        else:
            yield start, end, 0


def data_items(text: str) -> Iterator[tuple[int, int]]:
    """Yield the items between separators; a comma inside brackets separates nothing."""
    position = depth = 0
    for mark in _BREAK.finditer(text):
        if mark[0] in "()":
            depth = max(0, depth + (1 if mark[0] == "(" else -1))
        elif not depth or mark[0] != ",":
            yield position, mark.start()
            position, depth = mark.end(), 0
    yield position, len(text)


def _expand(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The kinds inside one item: introductions dropped, bracketed lists opened, joined kinds parted."""
    start, end = _trim(text, start, end)
    if start >= end:
        return
    if end - start > _LONGEST_LIST_ITEM:
        yield start, end
        return
    if (match := _LIST.search(text, start, end)) and all(map(data_concept, match[1].split(","))):
        for part in re.finditer(r"[^,]+", match[1]):
            yield from _expand(text, match.start(1) + part.start(), match.start(1) + part.end())
        return
    apart = [match.span() for match in _CONDITION.finditer(text, start, end)] if "(" in text else []
    match = _INTRODUCTION.match(text, start, end)
    if match and not any(first < match.end() < last for first, last in apart) and data_concept(text[match.end() : end]):
        start = match.end()
    apart += [match.span() for match in _NAMELY.finditer(text, start, end)] if "(i" in text else []
    for join in _JOIN.finditer(text, start, end):
        if any(first < join.start() < last for first, last in apart):
            continue
        if (first := data_concept(text[start : join.start()])) and data_concept(text[join.end() : end]):
            if "or" in join[0] and _NUMBER.fullmatch(text, join.end(), end) and data_concept(text[start:end]) == first:
                break
            yield _trim(text, start, join.start())
            yield from _expand(text, join.end(), end)
            return
    yield start, end


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in ' \t\r\n.,;:-–•*"“”':
        start += 1
    while end > start and text[end - 1] in ' \t\r\n.,;:•"“”':
        end -= 1
    leading = _LEADING.match(text, start, end)
    return (leading.end(), end) if leading and leading.end() < end else (start, end)


def _words(phrase: str) -> tuple[str, ...]:
    return tuple(map(_singular, _WORD.findall(phrase.casefold().replace("e-mail", "email").replace("’", "'"))))


@lru_cache(maxsize=65536)
def _singular(word: str) -> str:
    """A plural-insensitive form; it need not be a word, only the same for singular and plural."""
    word = word.removesuffix("'s").removesuffix("'")
    if word == "ids":  # a plural of three letters; "sms" is none
        return "id"
    for plural, singular in (("ies", "y"), ("sses", "ss"), ("oses", "osis"), ("ches", "ch"), ("xes", "x")):
        if word.endswith(plural) and len(word) > len(plural) + 1:
            return word[: -len(plural)] + singular
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word  # noqa: PLR2004


@cache
def _dictionary() -> dict[int, dict[tuple[str, ...], str]]:
    """Labels of the reported concepts as word tuples, by length."""
    reported = members("data-type", "reported")
    table: dict[int, dict[tuple[str, ...], str]] = defaultdict(dict)
    for phrase, slug in phrases("data-type").items():
        if slug in reported and (words := _words(phrase)):
            table[len(words)].setdefault(words, slug)
    return dict(sorted(table.items(), reverse=True))


def _longest(words: tuple[str, ...]) -> str:
    """The concept of the longest label in the words; of two as long, the later, which is nearer the head noun."""
    for length, table in _dictionary().items():
        for start in range(len(words) - length, -1, -1):
            if slug := table.get(label := words[start : start + length]):
                return slug if label != _OF_MAIL else _ABROAD.get(next(filter(_ABROAD.get, words), ""), slug)
    return ""


def _named(whom: tuple[str, ...]) -> str | None:
    """The concept of the names of some, as of "insurer names" for "names of insurers"; "" for those of things, None where no label tells."""
    if {"and", "or"}.intersection(whom):
        return None
    labels = ((*whom[start:], *_NAME) for start in range(len(whom)) if whom[-1] in _NAMED_FIRMS)
    known = next((slug for label in labels if (slug := _dictionary().get(len(label), {}).get(label))), None)
    return known or ("" if _NAMED_THINGS.intersection(whom[-1:]) else None)


_NAME = ("name",)
_NAMED_FIRMS = frozenset({"carrier", "employer", "insurer", "payer", "payor"})
_NAMED_THINGS = frozenset(
    """
    app application brand bucket column container contract country database device domain event file folder host image job
    machine model network object package pet plan policy product program project repository server ship site software street
    table tool variable vessel
    """.split()
)
"""Things whose names are those of no person, before or behind the word."""
_OF_MAIL = ("email",)
_ABROAD = (
    dict.fromkeys("adresse adressen adress adre adresser indirizzo indirizzi dirección direccione endereço".split(), "email-addresses")
    | dict.fromkeys("passwort passwörter passwoerter kennwort kennwörter passe contraseña wachtwoord wachtwoorden senha".split(), "credentials")
)  # fmt: skip
"""What mail is of beside words of other languages, as `_singular` leaves them ("E-Mail-Adressen", "adresse e-mail", "E-Mail-Passwörter")."""


def incident_type(text: str) -> str:
    """Return the incident-type slug for printed words; "other" where the scheme has none for them."""
    table = phrases("incident-type")
    words = " ".join(text.replace("_", " ").casefold().split())
    for form in (
        words,
        words.replace("-", " "),
        words.replace(" ", "-"),
        words.removesuffix(" incident"),
        words.removesuffix(" attack"),
    ):
        if slug := table.get(form):
            return slug
        if form in concepts("incident-type"):
            return form
    return next((slug for phrase, slug in _by_length() if phrase in words and _is_whole(phrase, words)), "other")


@cache
def _by_length() -> list[tuple[str, str]]:
    """The phrases for incident types, the longest first."""
    return sorted(phrases("incident-type").items(), key=lambda item: -len(item[0]))


def _is_whole(phrase: str, words: str) -> bool:
    """Whether a phrase stands in the words; an abbreviation as a word of its own ("ATO" is not in "regulatory")."""
    return len(phrase) > _ABBREVIATION or re.search(rf"\b{re.escape(phrase)}(?![^\W\d])", words) is not None
