"""The records that the pages of a site are printed from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.exposure.disputes import Dispute
    from kg.exposure.statements import Node
    from kg.view.page import Edge, Quote
    from kg.view.site.particulars import Account, Particular
    from kg.view.site.picture import Picture

NO_TIER: Final = 99
"""What stands for a tier that is not known: it comes after all others."""


@dataclass(frozen=True, slots=True)
class Reached:
    """One who is exposed: an organization or an unnamed group, how far off, along which path from it to the vendor.

    Attributes:
        iri: who.
        tier: steps of supply; None where no path is known.
        path: IRIs from it to the vendor.
        certainty: of the harm; "" where no document names them as affected.
        status: of the path, which its weakest relationship gives, with the day on which it is over; "" where nothing is told.
    """

    iri: str
    tier: int | None
    path: tuple[str, ...]
    certainty: str
    status: str

    @property
    def order(self) -> int:
        """Return the tier, those without one after all others."""
        return self.tier or NO_TIER


@dataclass(frozen=True, slots=True)
class Exposures:
    """Who is exposed: for certain, by the graph alone, and who is said to be unharmed; each by tier, never mixed.

    Of some, documents of one incident say both that it affected them and that it did not.

    Unnamed groups are none of them and counted with none: each may be one that is named.
    """

    confirmed: list[Reached]
    potential: list[Reached]
    unnamed: list[Reached]
    unaffected: list[str]
    disputed: Sequence[Dispute]


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of a timeline: the date as printed, what happened, to whom or in which incident (IRIs, "" if none)."""

    when: str
    what: str
    about: str
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Happening:
    """An incident that names a vendor, with the role that the vendor had in it and the data it exposed, each with its certainty.

    Whether it `counts` as one at the vendor is as in `kg.exposure.structure.happened_at`.
    """

    iri: str
    when: str
    role: str
    certainty: str
    data: dict[str, str]
    counts: bool


@dataclass(frozen=True, slots=True)
class Source:
    """What is cited: its name, address, and whether it was the first to report."""

    name: str
    url: str
    first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The page of a vendor or an incident.

    Attributes:
        node: whom or what it is about.
        facts: names and values.
        exposures: who is exposed through it.
        incidents: of a vendor; what happened at it or reached it, the latest first.
        elsewhere: of a vendor; what names it in other roles, or as one that denies it, the latest first.
        suppliers: of a vendor; IRIs of those whom it uses itself.
        breached: of an incident; IRIs of those that are told to have been breached, with the certainty of it.
        began_at: of an incident; those of them of whom it is not denied.
        data: kind of data -> the words for it, each with its certainty, and the incidents that exposed it.
        actions: what was done, with the incident.
        timeline: the oldest first.
        sources: what is cited.
        statements: relation -> edges with their quotes.
        account: of an incident; its particulars.
        picture: its surroundings.
    """

    node: Node
    facts: list[tuple[str, str]]
    exposures: Exposures
    incidents: list[Happening] = field(default_factory=list)
    elsewhere: list[Happening] = field(default_factory=list)
    suppliers: list[str] = field(default_factory=list)
    breached: dict[str, str] = field(default_factory=dict)
    began_at: list[str] = field(default_factory=list)
    data: dict[str, tuple[dict[str, str], list[str]]] = field(default_factory=dict)
    actions: list[tuple[str, Particular]]
    timeline: list[Moment]
    sources: list[Source]
    statements: dict[str, list[Edge]]
    account: Account | None = None
    picture: Picture | None
