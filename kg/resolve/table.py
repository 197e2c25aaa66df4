"""The table of well-known organizations: names, former names, parents, products and domains, each with its source.

`organizations.csv` holds one fact a line. A fact that nobody has looked up has `unverified` for a source: it can
send two names to review, and never joins them. Former names, parents and products relate; they never identify.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.resolve.readings import one_form, owner, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.resolve.readings import Reading

FILE: Final = Path(__file__).parent / "organizations.csv"
"""The table of this package."""
UNVERIFIED: Final = "unverified"
NAMING: Final = frozenset({"name", "alias", "former"})
"""Facts that give an organization a name; the first is the one it is listed under."""
RELATIONS: Final = {"parent": "is part of", "product": "offers"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: of an organization, what kind of fact, its value, and where it was read."""

    organization: str
    fact: str
    value: str
    source: str

    @property
    def verified(self) -> bool:
        """Return whether somebody has read it where the source says."""
        return self.source != UNVERIFIED


@dataclass(frozen=True, slots=True)
class Named:
    """What a name stands for in the table.

    Attributes:
        organization: as it is listed.
        name: as the table spells it.
        name_key: what its spellings share.
        form: the legal form that it is spelled with, "" for none.
        former: the organization has another name now.
        verified: somebody has read that the organization has the name.
        owner: the organization that a name of a product tells beside it ("Salesloft Drift"), "" for none. Whoever
            writes the product alone may mean what it was before it was bought, or another bearer of a common word. So
            the names that tell the owner are one, and whether the bare ones are too is asked; except where a verified
            name of the product tells the owner too ("Amazon Web Services"): then somebody has said so.
    """

    organization: str
    name: str
    name_key: str
    form: str
    former: bool
    verified: bool
    owner: str = ""

    @property
    def sure(self) -> bool:
        """Return whether somebody has read that the organization has the name today."""
        return self.verified and not self.former


class _Listed:
    """What stands for what: names, relations, and all that an organization is listed as."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.names: dict[str, Named] = {}
        self.relations: dict[tuple[str, str], tuple[str, bool]] = {}
        self.known_as: dict[str, list[Named]] = defaultdict(list)
        for fact in facts:
            if fact.fact in NAMING:
                told, verified = read(fact.value), fact.verified or fact.fact == "name"
                self.names[_joined(told)] = Named(
                    fact.organization, fact.value, _joined(told), told.form, fact.fact == "former", verified
                )
        for fact in facts:
            if fact.fact in RELATIONS:
                self._relate(fact)
        for named in self.names.values():
            self.known_as[named.organization].append(named)

    def _relate(self, fact: Fact) -> None:
        """Take in a parent or a product; a product is listed as something of its own."""
        value, reading = fact.value, read(fact.value)
        named = Named(value, value, _joined(reading), reading.form, former=False, verified=fact.verified)
        held = self.names.setdefault(_joined(reading), named)
        told = f"{fact.organization} {RELATIONS[fact.fact]} {held.organization}"
        pair = (fact.organization, held.organization)
        self.relations[pair[::-1] if fact.fact == "product" else pair] = (told, fact.verified)


class Table:
    """Facts by name."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.facts = tuple(facts)
        self.spellings = frozenset(
            text for fact in self.facts if fact.fact != "domain" for text in (fact.organization, fact.value)
        )
        self.domains = {fact.value: fact.organization for fact in self.facts if fact.fact == "domain" and fact.verified}

    @cached_property
    def _listed(self) -> _Listed:
        """The names, read when one is first looked for: an update that brings no new name needs none."""
        return _Listed(self.facts)

    def find(self, name: str) -> Named | None:
        """Return what a name stands for, None if it is not listed.

        A name that tells a product and its owner ("Twilio Inc. (SendGrid)", "Azure by Microsoft", "Microsoft Azure")
        stands for the product, and tells whose it is (`Named.owner`). One with a legal form of another country than the form
        that it is listed with is not listed: Merck KGaA is not "Merck & Co.".
        """
        return self.named(name, read(name))

    def named(self, name: str, whole: Reading) -> Named | None:
        """Return what `find` does, given the reading of the name."""
        main = self._listed.names.get(_joined(whole))
        if main is not None and ((whole.capitals and not main.name.isupper()) or not one_form(whole.form, main.form)):
            return None
        if whole.aside:
            return self._part(_joined(read(whole.aside)), _joined(whole))
        if main is None and whole.says and (told := owner(name)) is not None:
            part, owned_by = (_joined(read(text)) for text in told)
            return self._part(part, owned_by)
        return main or (self._owner_first(whole.tokens) if len(whole.tokens) > 1 else None)

    def _owner_first(self, tokens: tuple[str, ...]) -> Named | None:
        joined, owned_by = "".join(tokens), ""
        for token in tokens[:-1]:
            owned_by += token
            if owned_by in self._listed.names and (found := self._part(joined[len(owned_by) :], owned_by)):
                return found
        return None

    def _part(self, part: str, whole: str) -> Named | None:
        """What a name stands for that is made of two: either, if they are one; else the one that the other owns."""
        found, other = self._listed.names.get(part), self._listed.names.get(whole)
        if found is None or other is None:
            return None
        if found.organization == other.organization:
            return replace(found, verified=found.verified and other.verified)
        for one, owned_by in ((found, other), (other, found)):
            told = self._listed.relations.get((one.organization, owned_by.organization))
            if told:
                verified = found.verified and other.verified and told[1]
                return replace(one, verified=verified, owner=self._owner(one, owned_by))
        return None

    def _owner(self, product: Named, owned_by: Named) -> str:
        """The owner, unless a verified name of the product tells it too."""
        names = [named.name_key for named in self.names(product.organization) if named.verified]
        told = any(name.startswith(owned_by.name_key) or name.endswith(owned_by.name_key) for name in names)
        return "" if told else owned_by.organization

    def names(self, organization: str) -> Sequence[Named]:
        """Return all that an organization is listed as, by the name of it that `Named.organization` has."""
        return self._listed.known_as.get(organization, ())

    def owner_of(self, identifier: str) -> str | None:
        """Return the organization that a domain ("domain:...") is listed for; None for any other identifier."""
        scheme, _, domain = identifier.partition(":")
        return self.domains.get(domain) if scheme == "domain" else None

    def relatives(self, organization: str) -> set[str]:
        """Return the organizations that own one, and those that are listed as its products or parts."""
        return {other for pair in self._listed.relations if organization in pair for other in pair} - {organization}

    def relation(self, one: str, other: str) -> str:
        """Return how two listed organizations are related, in words, and if nobody has verified it that; "" if the table does not say."""
        told, verified = (
            self._listed.relations.get((one, other)) or self._listed.relations.get((other, one)) or ("", True)
        )
        return told if verified else f"{told}; not verified"


def _joined(told: Reading) -> str:
    """What spellings of a listed name share: its bearer is known, so that spaces tell nothing."""
    return told.plain.replace(" ", "")


def read_table(path: Path) -> Table:
    """Return the table in a CSV file with the columns organization, fact, value, source."""
    with path.open(encoding="utf-8", newline="") as file:
        return Table(Fact(**row) for row in csv.DictReader(file))


@cache
def table() -> Table:
    """Return the table of this package, read once."""
    return read_table(FILE)


@cache
def file_digest() -> str:
    """Return the SHA-256 of the table of this package, in hexadecimal digits."""
    return sha256(FILE.read_bytes()).hexdigest()
