"""Names that organizations of several places bear, told apart by where documents say that each is: "Mercy Hospital, MO"."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from kg.names import key as name_key
from kg.names import slug, split_legal_form
from kg.resolve.groups import group
from kg.resolve.table import table
from kg.resolve.words import words
from kg.vocabulary import data_iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.rdf import Mention

CLASSES = {"party": "organization", "threat-actor": "threat-actor"}
"""Kinds of mentions that are resolved, and what their canonical nodes are called."""


def placed_name(mention: Mention) -> str:
    """Return the name of a mention with its place behind it, as a judgement would name it; "" where it tells none."""
    if not mention.region:
        return ""
    return f"{split_legal_form(mention.name)[0]}, {_codes().get(mention.region.casefold(), mention.region)}"


@cache
def _codes() -> dict[str, str]:
    """The states whose codes are known, by their names in small letters."""
    return {name.casefold(): code for code, name in words().states.items()}


def told_apart(mentions: Sequence[Mention]) -> list[Mention]:
    """Return mentions under the names that they are resolved by: with their places, where one name has several.

    A place tells nothing of a mention that has an identifier, nor of a name that the table verifies for one organization.

    Args:
        mentions: with all others whose names are spelled alike.
    """
    places: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if _may_be_several(mention):
            places[group(mention.name)].add(group(placed_name(mention)))
    several = {name for name, told in places.items() if len(told) > 1}
    return [
        replace(mention, name=placed_name(mention))
        if several and _may_be_several(mention) and group(mention.name) in several
        else mention
        for mention in mentions
    ]


def borne(mention: Mention, node: str) -> str:
    """Return the name that a mention has as one of a canonical node (in brackets): with its place, where that tells it apart."""
    placed = placed_name(mention)
    return placed if placed and _is_called(node, placed) else mention.name


def tells_place(name: str, node: str, names: Iterable[str]) -> bool:
    """Whether a name of a canonical node is the one that is resolved, and another of its names with a place behind it."""
    if "/name/" not in node or ", " not in name:
        return False
    longer = any(
        name.startswith(f"{split_legal_form(other)[0]}, ") and name_key(other) != name_key(name) for other in names
    )
    return longer and _is_called(node, name)


def _is_called(node: str, name: str) -> bool:
    """Whether a canonical node has its IRI by a name, or by one that meets it."""
    path = f"<{name_path('party', name_key(name) or name)}"
    return node == f"{path}>" or node.startswith(f"{path}-x")


def name_path(kind: str, name: str) -> str:
    """Return the IRI of what a name stands for: a key, or a whole name that has none."""
    return data_iri(CLASSES[kind], "name", slug(name))


def _may_be_several(mention: Mention) -> bool:
    if not mention.region or mention.identifiers:
        return False
    listed = table().find(mention.name)
    return not (listed and listed.sure)
