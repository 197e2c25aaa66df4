"""The measures as methods of a graph: each takes names, answers with rows for both bounds, and says what it kept to.

What computes a measure is loaded when it is first asked for, because numpy and scipy take their time.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Unpack

from kg.checks import number, several, worded
from kg.dates import as_day
from kg.errors import KGError
from kg.exposure.around import Known
from kg.exposure.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from kg.exposure.measured import Measured
    from kg.exposure.portfolio import Portfolio
    from kg.exposure.scope import Kept
    from kg.exposure.snapshot import Snapshot
    from kg.exposure.statements import Node
    from kg.exposure.worth import Worth


class Measures(Known):
    """What `KnowledgeGraph` can measure.

    Every measure takes the keywords of `kg.exposure.scope.Kept`: `valid_on`, `exposure`, `sector` and `portfolio`; for
    what was known on an earlier day, ask `graph.at(as_of=...)`. Relationships that have ended count too, unless `valid_on`
    says on which day they are to be in force. Unknown and ambiguous names raise an UnknownNameError,
    all that cannot be answered a KGError.
    """

    def _scope(self, kept: Kept) -> Scope:
        return Scope(self, kept)

    def _found(self, names: str | Node | Iterable[str | Node]) -> list[Node]:
        found = [self.find(name) for name in several(names, "organizations")]
        return list({node.iri: node for node in found}.values())

    def snapshot(self, **kept: Unpack[Kept]) -> Snapshot:
        """Return the supply graph as arrays, for the functions of `kg.exposure`; the upper bound unless `exposure` says."""
        return self._scope(kept).widest

    def concentration(self, *, by: str = "vendor", count: str = "links", k: int = 4, **kept: Unpack[Kept]) -> Measured:
        """Return the shares of vendors, or the HHI of each sector or organization; the summary has HHI, N_eff, HHI*, CR_k.

        Args:
            by: "vendor", "sector" or "organization".
            count: "links", or "functions": the services that documents name.
            k: how many concentration ratios.
            kept: see the class.
        """
        from kg.exposure.supply import concentrated  # noqa: PLC0415 - see above

        return concentrated(self._scope(kept), by, count, k)

    def criticality_screen(self, organizations: str | Path | Worth, **kept: Unpack[Kept]) -> Measured:
        """Return the providers of every category of organizations by the first step of Delegated Regulation (EU) 2024/1502.

        Args:
            organizations: a CSV file with their categories and assets, or what `worth` returned for it.
            kept: see the class.
        """
        from kg.exposure.supply import screened  # noqa: PLC0415 - see above

        return screened(self._scope(kept), self.worth(organizations))

    def worth(self, organizations: str | Path | Worth) -> Worth:
        """Return what a CSV file says of organizations: value, assets, category, critical links, and what is not resolved.

        Raises:
            DocumentError: it cannot be used, or says two things of one organization.
        """
        from kg.exposure.worth import Worth, read_worth  # noqa: PLC0415 - see above

        return organizations if isinstance(organizations, Worth) else read_worth(organizations, self._organizations)

    def valued(self, value: Mapping[str, float] | None) -> dict[str, float] | None:
        """Return values by IRI from values by name, each finite and not negative; None without any."""
        if value is None:
            return None
        if not hasattr(value, "items"):  # a Series has values by name too
            raise KGError(f"values are numbers by organization, not {worded(value)}")
        found = {self.find(name).iri: number(amount, f"the value of {name}") for name, amount in value.items()}
        if not all(math.isfinite(amount) and amount >= 0 for amount in found.values()):
            raise KGError("values: every number is finite and not negative")
        return found

    def breach_proximity(
        self, *, depth: int | None = 3, days: int | None = None, on: date | None = None, **kept: Unpack[Kept]
    ) -> Measured:
        """Return how near each organization stands to a breached vendor, with path and incidents; the summary has the share.

        What is named is of the bound that `bound` says: of the confirmed one, unless a vendor of the potential one is nearer.

        Args:
            depth: the deepest tier; without bound if None.
            days: keep to incidents in as many days.
            on: the last of these days; the last day of any incident if None.
            kept: see the class.
        """
        from kg.exposure.nearness import near_breaches  # noqa: PLC0415 - see above

        return near_breaches(self._scope(kept), depth, days, on)

    def spof(
        self, organization: str | Node | None = None, *, theta: float | None = None, **kept: Unpack[Kept]
    ) -> Measured:
        """Return the single points of failure of all, or those of one organization with its minimum vertex cut.

        Args:
            organization: name, alias, identifier or IRI.
            theta: of all: the share of customers from which a vendor is listed for its share alone, 0.4 if None.
            kept: see the class; `sector` and `portfolio` are of all.
        """
        from kg.exposure import supply  # noqa: PLC0415 - see above

        if organization is None:
            return supply.single_points(self._scope(kept), 0.4 if theta is None else theta)
        if theta is not None or kept.get("sector") is not None or kept.get("portfolio") is not None:
            raise KGError(
                "theta, sector and portfolio belong to the single points of all, not to those of one organization"
            )
        return supply.single_points_of(self._scope(kept), self.find(organization))

    def rank(
        self,
        measure: str,
        *,
        depth: int | None = None,
        sample: int | None = None,
        seed: int = 0,
        value: Mapping[str, float] | None = None,
        **kept: Unpack[Kept],
    ) -> Measured:
        """Return a measure for every organization: pagerank, katz, hub, authority, closeness, betweenness, customers, ...

        Args:
            measure: its name; a wrong one is answered with the list.
            depth: of blast-radius; without bound if None.
            sample: sources of betweenness to draw, with the sampling error (see `betweenness_interval`); all if None.
            seed: of the draw.
            value: of blast-radius: organization -> what it is worth; each counts 1 if None.
            kept: see the class.
        """
        from kg.exposure.supply import ranked  # noqa: PLC0415 - see above

        return ranked(self._scope(kept), measure, depth, sample, seed, self.valued(value))

    def cascade(
        self,
        vendors: str | Node | Iterable[str | Node],
        *,
        model: str = "cascade",
        weight: str | float = "full",
        runs: int = 1000,
        seed: int = 0,
        confidence: float = 0.95,
        **kept: Unpack[Kept],
    ) -> Measured:
        """Return how probably a breach of vendors reaches each organization, by Monte Carlo, with intervals and paths.

        Args:
            vendors: a name, or several.
            model: "cascade" (independent cascade) or "threshold" (linear threshold).
            weight: "full" (1: a store knows no other), "equal" (1 / number of the customer's suppliers), or the probability of
                every link; of a networkx graph, the functions of `kg.exposure` take one for each.
            runs: how often it is drawn.
            seed: the same one gives the same answer.
            confidence: of the intervals.
            kept: see the class.
        """
        from kg.exposure.spreading import cascaded  # noqa: PLC0415 - see above

        return cascaded(self._scope(kept), self._found(vendors), model, weight, runs, seed, confidence)

    def debtrank(
        self,
        vendors: str | Node | Iterable[str | Node] = (),
        *,
        form: int = 2012,
        weight: str | float = "full",
        value: Mapping[str, float] | None = None,
        **kept: Unpack[Kept],
    ) -> Measured:
        """Return the DebtRank of every vendor, or the distress that the failure of some brings to each organization.

        Args:
            vendors: a name, or several; each vendor in turn if none is given.
            form: 2012 or 2015.
            weight: as in `cascade`.
            value: organization -> what it is worth; all the same if None.
            kept: see the class.
        """
        from kg.exposure.spreading import distressed  # noqa: PLC0415 - see above

        return distressed(self._scope(kept), self._found(vendors), form, weight, self.valued(value))

    def inoperability(
        self, vendors: str | Node | Iterable[str | Node], *, weight: str | float = "equal", **kept: Unpack[Kept]
    ) -> Measured:
        """Return the inoperability that the failure of vendors brings to each organization (input-output model).

        The model takes shares: with "full" weights an organization of several suppliers would be more than wholly
        inoperable, so `weight` is "equal" unless it says otherwise.
        """
        from kg.exposure.spreading import inoperable  # noqa: PLC0415 - see above

        return inoperable(self._scope(kept), self._found(vendors), weight)

    def ripple(
        self,
        *,
        by: str = "event",
        on: date | None = None,
        start: str = "occurred",
        end: str = "reported",
        confidence: float = 0.95,
        share: float = 0.75,
        **kept: Unpack[Kept],
    ) -> Measured:
        """Return statistics of incidents: ripples, days to their receivers, lift of sectors, Kaplan-Meier, or counts in windows.

        Args:
            by: "event", "receivers", "sector", "time" or "window".
            on: the last day that counts, for times and windows; the last day any incident has if None.
            start: moment at which times begin: occurred, discovered, disclosed.
            end: moment at which they end; incidents without a day of it are counted as `undated`, and left out of the curve.
            confidence: of the curves.
            share: of the receivers, for the days until it was known.
            kept: see the class; `exposure` is not for times and windows, which have no such bounds.
        """
        from kg.exposure import rippling  # noqa: PLC0415 - see above

        on = as_day(on)
        if on is not None and by not in rippling.UP_TO_A_DAY:
            raise KGError("a last day belongs to times and windows")
        if kept.get("exposure") is not None and by in rippling.UP_TO_A_DAY:
            raise KGError("exposure belongs to events, receivers and sectors")
        scope = self._scope(kept)
        if by == "receivers":
            return rippling.receivers(scope, share)
        if by == "time":
            return rippling.times(scope, start, end, on, confidence)
        if by == "window":
            return rippling.windows(scope, on)
        if by not in rippling.BY:
            raise KGError(f"ripple is by {', '.join(rippling.BY)}, not {by!r}")
        return rippling.sectors(scope) if by == "sector" else rippling.rippled(scope)

    def what_if(
        self,
        *,
        breach: str | Node | Iterable[str | Node] = (),
        remove: str | Node | Iterable[str | Node] = (),
        replace: Mapping[str, str] | None = None,
        weight: str | float = "full",
        seed: int = 0,
        **kept: Unpack[Kept],
    ) -> Measured:
        """Return what changes for each organization if vendors were breached, removed, or replaced by others.

        Args:
            breach: a name, or several.
            remove: a name, or several.
            replace: vendor -> who takes over its customers.
            weight: of the expected spread in the summary, as in `cascade`.
            seed: of the same.
            kept: see the class.
        """
        from kg.exposure.supply import altered  # noqa: PLC0415 - see above

        swaps = [(self.find(old), self.find(new)) for old, new in (replace or {}).items()]
        return altered(self._scope(kept), self._found(breach), self._found(remove), swaps, weight, seed)

    def replacements(self, vendor: str | Node, **kept: Unpack[Kept]) -> Measured:
        """Return vendors of the same service, those first that share the least upstream with the one to be replaced."""
        from kg.exposure.supply import replacements  # noqa: PLC0415 - see above

        return replacements(self._scope(kept), self.find(vendor))

    def portfolio(
        self,
        vendors: str | Path | Portfolio,
        *,
        peer: str | Path | Portfolio | None = None,
        depth: int | None = None,
        **kept: Unpack[Kept],
    ) -> Measured:
        """Return which of the user's functions stand on a breached nth party, and on a single point of failure.

        Every row of the list is answered: resolved, up for review with candidates, unknown, or not in force on the day of
        `valid_on` by the terms of the list itself.

        Args:
            vendors: a CSV file, or what `kg.exposure.portfolio.read_portfolio` returned.
            peer: another list, for the overlap in the summary.
            depth: the deepest tier; 1 is the list itself; without bound if None.
            kept: see the class; `sector` and `portfolio` do not apply. `exposure` is by which links and breaches it goes, all
                if left out; of each row `exposure` tells whether a document names the vendor as affected.
        """
        from kg.exposure.overlay import overlaid  # noqa: PLC0415 - see above
        from kg.exposure.portfolio import Portfolio, read_portfolio  # noqa: PLC0415 - see above

        ours = vendors if isinstance(vendors, Portfolio) else read_portfolio(vendors)
        theirs = peer if peer is None or isinstance(peer, Portfolio) else read_portfolio(peer)
        return overlaid(self._scope(kept), self._organizations, ours, theirs, depth)

    def overlap(
        self, ours: Iterable[str], theirs: Iterable[str], *, depth: int | None = None, **kept: Unpack[Kept]
    ) -> float | None:
        """Return the Jaccard index of the vendors that two lists of vendors reach; None if both are empty."""
        from kg.exposure.whatif import overlap  # noqa: PLC0415 - see above

        a, b = ([one.iri for one in self._found(side)] for side in (ours, theirs))
        return overlap(self._scope(kept).widest, a, b, depth)
