"""The organizations that the publisher of a post rates: which of its parties their slugs belong to."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.brackets import without_brackets
from kg.extract.vendor_names import is_one
from kg.model import Party, Role
from kg.names import key as name_key
from kg.names import slug
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extract.fields import Value
    from kg.extract.post.casting import Cast

_RATING_LINE = regex(
    r"^[ \t]*(?P<name>[^\n]{1,200}?) cybersecurity rating report:[ \t]*(?P<url>https?://[^\s]*/company/(?P<slug>[\w.%-]+))[^\S\n]*",
    re.MULTILINE,
)


def identify(people: Cast, prose: Sequence[Value], linkids: Sequence[Value]) -> None:
    """Give the organization slugs of rating lines and `linkid` to the parties they belong to.

    Args:
        people: the parties of a post.
        prose: its stretches of prose, which hold the rating lines.
        linkids: the slugs of the organization that it is about.
    """
    lines = [(value, match) for value in prose for match in rating_lines(value.text)]
    rated = {match["slug"]: match["name"].strip() for _, match in lines}
    for value in linkids:
        wanted = value.text.strip()
        name = rated.pop(wanted, "")
        _identify(people, (name and _by_name(people, name)) or _by_slug(people, wanted), wanted)
    for wanted, name in rated.items():
        _identify(people, _by_name(people, name), wanted)
    # The rated organization of a post whose list of entities was cut off; its role is open.
    for value, match in () if people.entities else lines:
        proof = value.evidence(*match.span("name"))
        identifiers = (f"rankiteo:{match['slug']}",)
        people.add(Party(match["name"].strip(), Role.OTHER, identifiers=identifiers, evidence=(proof,)))


def rating_lines(text: str) -> Iterator[re.Match[str]]:
    """Yield the lines of a text that tell where the publisher rates an organization."""
    return _RATING_LINE.finditer(text) if " cybersecurity rating report:" in text else iter(())


def _by_name(people: Cast, name: str) -> str:
    """The party of a name; where none has it, the only one that has it but for what stands in brackets ("Community Health Systems (CHS)")."""
    near = [known for known in people.members if name_key(without_brackets(known)) == name_key(name)]
    return people.known_as(name) or (near[0] if len(near) == 1 else "")


def _by_slug(people: Cast, wanted: str) -> str:
    """The party whose name is the slug, or begins or extends it by whole words."""
    near = [name for name, party in people.members.items() if not party.unnamed_group and is_slug_of(wanted, name)]
    same = [name for name in near if slug(name) == wanted]
    return same[0] if same else near[0] if len(near) == 1 else ""


def is_slug_of(wanted: str, name: str) -> bool:
    """Return whether a slug is that of a name, or begins or extends it by whole words."""
    return is_one(slug(name), wanted)


def _identify(people: Cast, name: str, wanted: str) -> None:
    if name:
        party = people.members[name]
        people.members[name] = replace(party, identifiers=tuple(sorted({*party.identifiers, f"rankiteo:{wanted}"})))
