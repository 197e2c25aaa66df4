"""Names that organizations of several places bear, told apart by where documents say that each is: "Mercy Hospital, MO"."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from kg.names import key as name_key
from kg.names import slug, split_legal_form
from kg.patterns import regex
from kg.resolve.groups import group
from kg.vocabulary import data_iri

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from kg.rdf import Mention

CLASSES = {"party": "organization", "threat-actor": "threat-actor"}
"""Kinds of mentions that are resolved, and what their canonical nodes are called."""
_TERRITORIES = {
    "AS": "American Samoa", "DC": "District of Columbia", "GU": "Guam", "MP": "Northern Mariana Islands", "PR": "Puerto Rico",
    "VI": "Virgin Islands",
}  # fmt: skip
"""Where the US health authority has reports from besides the states."""
_MARK = regex(r"-x[0-9a-f]{12}(?=>\Z)")
"""What a canonical node has behind its name where that meets another's."""


def placed_name(mention: Mention) -> str:
    """Return the name of a mention with its place behind it, as a judgement would name it; "" where it tells none."""
    if not mention.region:
        return ""
    name = bare_name(mention)
    placed = f"{name}, {_state(mention.region) or mention.region.strip()}"
    # "AB" is a province and a legal form; that would tell nothing apart.
    return placed if name_key(placed) != name_key(name) else ""


def bare_name(mention: Mention) -> str:
    """Return the name of a mention as a place stands behind it: without its legal form."""
    name = split_legal_form(mention.name)[0]
    short = split_legal_form(name.rpartition("(")[0].rstrip(" ,"))[0] if name.endswith(")") else ""
    return short if short and group(short) == group(name) else name


def _state(text: str) -> str:
    """How a state stands behind a name, of its code or its name; "" for what is none."""
    return _states().get("".join(text.casefold().split()), "")


@cache
def _states() -> dict[str, str]:
    """States by code and by name, in small letters without blanks -> how each stands behind a name: its code, if that is no legal form."""
    from kg.resolve.words import words  # noqa: PLC0415 - most documents tell of no state

    found: dict[str, str] = {}
    for code, name in {**words().states, **_TERRITORIES}.items():
        called = code if name_key(f"Elm, {code}") != "elm" else _TERRITORIES.get(code, name.title())
        found |= dict.fromkeys((code.casefold(), "".join(name.casefold().split())), called)
    return found


def told_apart(mentions: Sequence[Mention], judged: Iterable[str] = ()) -> list[Mention]:
    """Return mentions under the names that they are resolved by: with their places, where one name has several.

    A place tells nothing of a mention that has an identifier, nor of a name that the table has: who is well known reports from
    where it likes.

    Args:
        mentions: with all others whose names are spelled alike.
        judged: the names that are judged. One with a state behind it parts those of the name before that for as long as the
            judgement holds, whether or not several states are told of.
    """
    places: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if _may_be_several(mention):
            places[group(mention.name)].add(_place(mention))
    several = {name for name, told in places.items() if len(told) > 1}
    several |= {name for name, place, sure in map(_before_state, judged) if sure or place in places.get(name, ())}
    taken = {
        group(placed_name(mention)): _place(mention)
        for mention in mentions
        if _may_be_several(mention) and group(mention.name) in several
    }
    several |= {
        group(mention.name)
        for mention in mentions
        if _may_be_several(mention) and taken.get(group(mention.name), _place(mention)) != _place(mention)
    }
    return [
        replace(mention, name=placed_name(mention))
        if several and _may_be_several(mention) and group(mention.name) in several
        else mention
        for mention in mentions
    ]


def _may_be_several(mention: Mention) -> bool:
    from kg.resolve.table import table  # noqa: PLC0415 - as above

    return bool(placed_name(mention)) and not mention.identifiers and table().find(mention.name) is None


def _place(mention: Mention) -> str:
    return placed_name(mention).rpartition(", ")[2].casefold()


def _before_state(name: str) -> tuple[str, str, bool]:
    """What the name before a state is known by, the state, and whether it can be nothing else; a legal form may be spelled so."""
    before, _, place = name.rpartition(", ")
    state = _state(place) if group(before) != group(name) else ""
    return group(before), state.casefold(), bool(state) and name_key(before) != name_key(name)


def borne(mention: Mention, node: str) -> list[str]:
    """Return the names that a mention has as one of a canonical node (in brackets), first that by which it is told of.

    Where its place tells it apart, which the node's own name tells, that is its name with the place, and it has that as
    printed, and without its legal form, too. Where the node has an identifier it cannot be seen, and it has all of them.
    """
    placed, name = placed_name(mention), bare_name(mention)
    if not placed or _is_called(node, name):
        return [mention.name]
    if "/name/" not in node:
        return list(dict.fromkeys((mention.name, placed, name)))
    places = dict.fromkeys((placed.rpartition(", ")[2], *_states().values()))
    if not any(_is_called(node, f"{name}, {place}") for place in places):
        return [mention.name]
    return list(dict.fromkeys((placed, mention.name, name)))


def shown(names: Collection[str], node: str) -> set[str]:
    """Return those of the names of a canonical node (in brackets) that it may be shown by.

    Where its place tells it apart that is the name with the place; where it is held to be one in several places, those without.
    """
    placed = {other for one in names for other in names if _stands_before(one, other)}
    if not any(_is_called(node, name) for name in placed):
        return set(names)
    return placed if len(set(map(group, placed))) == 1 else set(names) - placed


def _stands_before(name: str, other: str) -> bool:
    return other.startswith(f"{name}, ") and name_key(other) != name_key(name)


def _is_called(node: str, name: str) -> bool:
    """Whether a canonical node has its IRI by a name, or by one that meets it."""
    return _MARK.sub("", node) == f"<{name_path('party', name_key(name) or name)}>"


def name_path(kind: str, name: str) -> str:
    """Return the IRI of what a name stands for: a key, or a whole name that has none."""
    return data_iri(CLASSES[kind], "name", slug(name))
