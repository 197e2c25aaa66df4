"""What dicts in a field for what was taken tell: only under keys that are known, and where nothing beside it answers whether it was taken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kg.counts import parse_count
from kg.extract.concepts import data_concept, find_data_types, split_data_types
from kg.extract.doubts import certainties
from kg.extract.fields import keys_below, shape_of
from kg.model import Certainty
from kg.nouns import GENERAL_NOUNS, PEOPLE, THINGS
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.fields import Value
    from kg.extract.owners import Owners

_SAYING = frozenset(
    """
    accessed affected breached compromised confirmed downloaded exfiltrated exposed impacted included includes involved leaked stolen
    taken
    """.split()
)
_DOUBTING = frozenset("alleged allegedly claimed likely may potential potentially possible possibly suspected".split())
_SMALL = frozenset("all and attackers be been by company current former have include of the were".split())
_NAMING = frozenset(
    """
    categories category data details element elements example examples field fields information item items kind kinds list records type
    types yes
    """.split()
)
_COUNTING = frozenset("approximate count estimated number record records total".split())
_NO_KINDS = frozenset("access comment comments message messages note notes report reports".split())
"""Kinds of data that as keys say something else."""
_SIZES = frozenset("amount level risk sensitivity severity size volume".split()) | _COUNTING
"""Keys of what tells how much it was, or how bad, and not whether."""
_SIZE = regex(
    r"\s*(?:very\s)?(?:critical|high|low|medium|moderate)\s*\Z|\D{0,12}[1-9][\d.,]*\W*\w{0,9}(?:\s\w{1,9})?\s*\Z",
    re.IGNORECASE,
)
_CERTAIN = regex(
    r"\s*(?:yes|true|confirmed|exposed|affected|compromised|leaked|stolen|verified)\.?\s*\Z", re.IGNORECASE
)
_WORDS = regex(r"[^\W_]+")


def below(told: Any, field: str, owners: Owners | None = None) -> Iterator[tuple[Value, str, Certainty]]:
    """Yield the values of a field and of the dicts in it, with the words of the keys there and how sure these are.

    A value in a dict stays a note unless its keys are known and its dict answers nothing, and where kinds of data are
    asked for, unless it is a known one or stands in a list with one: not "High".

    Args:
        told: the fields of the post.
        field: the shape of the field.
        owners: whose data may be told, by keys too; None where counts are asked for.
    """
    values = told.take(field, below=True)
    found = [(value, shape_of(keys_below(value.path, field)).replace("_", " ")) for value in values]
    naming = {_list_of(value) for value, keys in found if keys and (owners is None or concepts(value))}
    left = {_outer(value.path) for value, keys in found if keys and _is_answer(value, keys, owners)}
    for value, keys in found:
        words = f"data were {keys}"
        if not keys:
            yield value, keys, Certainty.CONFIRMED
        elif _list_of(value) in naming and _is_known(keys, owners) and left.isdisjoint(_dicts_of(value.path)):
            yield value, keys, next(certainties(words, [(0, len(words))]))
        else:
            told.leave(value)


def concepts(value: Value) -> set[str]:
    """Return the concepts of the kinds of data that a value lists, "" among them for one that is not known."""
    return {data_concept(value.text[start:end]) for start, end, _ in split_data_types(value.text)} - {""}


def unit_of(keys: str) -> str:
    """Return what keys say that a number counts, "" for nothing of its own."""
    units = [THINGS.get(word) or ("people" if _is_people(word) else "") for word in _words(keys)]
    return next(filter(None, reversed(units)), "")


def _is_known(keys: str, owners: Owners | None) -> bool:
    """Whether keys name kinds of data or whose they are, or what was counted, or say that it was taken or may have been."""
    words = set(_words(keys))
    if owners is None:
        told = words & _SAYING
        # "Total customers" may be all that there are.
        return _is_tally(words) and (bool(told) or "total" not in words or not any(map(_is_people, words)))
    return words <= _SAYING | _DOUBTING | _SMALL | _NAMING or _is_told_of(keys, owners)


def _is_tally(words: set[str]) -> bool:
    plain = words - _SAYING - _DOUBTING - _SMALL - _COUNTING
    return all(_is_people(word) or word in THINGS for word in plain)


def _is_told_of(keys: str, owners: Owners) -> bool:
    """Whether keys name kinds of data, or whose they are: people or a party."""
    if (owner := owners.named(keys)) and owner.casefold().startswith(keys):
        return True
    return _are_kinds(keys)


def _are_kinds(text: str) -> bool:
    """Whether a text has nothing but kinds of data, and whose they are; "personal" is one as "personal data" is."""
    return any(_has_kinds_alone(words) for words in (text, f"{text} data"))


def _has_kinds_alone(text: str) -> bool:
    behind, plain = 0, []
    for start, end, _ in find_data_types(text, 0, len(text)):
        plain += _words(text[behind:start])
        behind = end
    plain += _words(text[behind:])
    rest = set(plain) - _SAYING - _DOUBTING - _SMALL - _NAMING
    owners = {word for word in rest if _is_people(word) or word in GENERAL_NOUNS}
    return bool(behind or owners) and rest == owners and _NO_KINDS.isdisjoint(_words(text))


def _is_people(word: str) -> bool:
    return not PEOPLE.isdisjoint((word, f"{word}s"))


def _is_answer(value: Value, keys: str, owners: Owners | None) -> bool:
    """Whether a value of a dict may tell something of all of it: "status": "Unconfirmed", "exposed": False; not what is sure, or its size."""
    text = value.text.strip()
    if value.path.endswith("]") or not text:
        return False
    words = set(shape_of(value.path.rpartition(".")[2]).split("_"))
    if (words <= _SAYING | _SMALL | {"status", "certainty"} and _CERTAIN.match(text)) or (
        words <= _SIZES and _SIZE.match(text)
    ):
        return False
    if owners is None:
        of_some = _is_tally(words) and words.isdisjoint(_SAYING | _COUNTING)
        return not (text[0].isdigit() or parse_count(text) or of_some)
    listed = [text[start:end] for start, end, _ in split_data_types(text)]
    of_some = not words <= _SIZES and _is_told_of(keys, owners)
    return not of_some and not (listed and all(map(_are_kinds, listed)))


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORDS.findall(text)]


def _list_of(value: Value) -> str:
    return re.sub(r"\[\d+\]\Z", "", value.path)


def _outer(path: str) -> str:
    return path.rpartition(".")[0]


def _dicts_of(path: str) -> Iterator[str]:
    while path := _outer(path):
        yield path
