"""Questions to the links of a graph: concentration, single points of failure, rankings, what-if."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from kg.checks import depth_of, number, whole_number
from kg.errors import KGError
from kg.exposure import cascade, centrality, concentrations, reach, spof, whatif
from kg.exposure.measured import Measured
from kg.exposure.snapshot import weighted
from kg.exposure.statements import told_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kg.exposure.scope import Scope
    from kg.exposure.snapshot import Snapshot
    from kg.exposure.statements import Node
    from kg.exposure.worth import Worth

BY = ("vendor", "sector", "organization")
COUNTS = ("links", "functions")


def concentrated(scope: Scope, by: str, count: str, k: int) -> Measured:
    """Return shares by vendor, or HHI by sector or organization; the summary is of all links that are kept.

    Raises:
        KGError: `by` or `count` is another word, or there is nothing to share out.
    """
    if by not in BY or count not in COUNTS:
        raise KGError(f"concentration is by {', '.join(BY)} and counts {' or '.join(COUNTS)}, not {by!r} and {count!r}")
    k = whole_number(k, "k")
    amounts = scope.each(lambda graph: _functions(scope, graph) if count == "functions" else None)
    parameters = {**scope.parameters, "by": by, "count": count, "k": k}
    summary = {bound: _summed(scope, bound, amounts[bound], k) for bound in scope.bounds}
    if not any(summary.values()):
        raise KGError(f"there is nothing to share out: no {count} are known for these organizations and dates")
    if by == "vendor":
        shared = {
            bound: concentrations.shares(graph, scope.members, amounts[bound]) for bound, graph in scope.graphs.items()
        }
        made = scope.rows_of(shared, kept=False)
        return Measured("concentration", parameters, ("vendor", *scope.bounds), made, summary)
    group = scope.sectors if by == "sector" else {iri: iri for iri in scope.widest.names}
    kept = {iri: name for iri, name in group.items() if scope.keeps(iri)}
    hhi = concentrations.hhi_by_group
    found = {bound: hhi(graph, kept, amounts[bound]) for bound, graph in scope.graphs.items()}
    names = list(scope.widest.names)
    links = Counter(kept[name] for at in scope.widest.back_indices.tolist() if (name := names[at]) in kept)
    rows: list[tuple[Any, ...]] = [
        (
            scope.node(name) if by == "organization" else name,
            links[name],
            *(found[bound].get(name) for bound in scope.bounds),
        )
        for name in sorted({name for told in found.values() for name in told})
    ]
    rows.sort(key=lambda row: (-(row[-1] or 0), -row[1], row[0].label if by == "organization" else row[0]))
    return Measured("concentration", parameters, (by, "links", *scope.columns("hhi")), rows, summary)


def _summed(scope: Scope, bound: str, amounts: dict[tuple[Any, Any], float] | None, k: int) -> dict[str, Any] | None:
    try:
        told = concentrations.concentration(scope.graphs[bound], scope.members, amounts, k)
    except KGError:
        # No link of this bound is kept; the other may have some.
        if k < 1:
            raise
        return None
    ratios = {f"cr_{at}": ratio for at, ratio in enumerate(told.ratios, 1)}
    return {
        "vendors": told.vendors, "hhi": told.hhi, "n_eff": told.n_eff, "hhi_normalized": told.hhi_normalized,
        "band_2010": told.band, **ratios,
    }  # fmt: skip


def _functions(scope: Scope, graph: Snapshot) -> dict[tuple[Any, Any], float]:
    """How many services each supplier provides to each customer, on the day that is kept to, as far as documents name them."""
    names, found, when = set(graph.names), {}, scope.valid_on
    present = set(zip(*(array.tolist() for array in graph.pairs()), strict=True))
    for edge in scope.projection.edges:
        if edge.type == "usesVendor" and edge.source in names and edge.target in names:
            services = {one.service for one in (edge.on(when) if when else edge).relationships if one.service}
            if services and (graph.number(edge.source), graph.number(edge.target)) in present:
                found[edge.source, edge.target] = float(len(services))
    return found


def screened(scope: Scope, told: Worth) -> Measured:
    """Return the providers of every category of organizations by the EU's criticality screen, those that are flagged first.

    The category is the list's, else the sector that documents print. A provider is flagged for a bound where at least 10 %
    of the organizations of a category use it, and these hold at least 10 % of the category's assets. Where the list names
    critical links, these count, as far as the graph knows them; else all links do. Organizations of the list that the graph
    does not know count in both shares as users of no vendor, unless rows keep to a sector or portfolio.

    Raises:
        KGError: no organization that is kept has a category, or none of these has assets.
        DocumentError: these are in several currencies.
    """
    kinds = {
        iri: kind for iri in filter(scope.keeps, told.organizations)
        if (kind := told.category.get(iri) or scope.sectors.get(iri, ""))
    }  # fmt: skip
    assets = {iri: told.assets.get(iri, 0.0) for iri in kinds}
    absent = {name: one for name, one in told.absent.items() if one.category} if scope.members is None else {}
    kinds |= {name: one.category for name, one in absent.items()}
    assets |= {name: one.assets or 0.0 for name, one in absent.items()}
    told.check_currency(absent.values())
    if kinds and not any(assets.values()):
        raise KGError("the list gives no organization of a category any assets")
    flags = scope.each(lambda graph: concentrations.criticality_screen(graph, kinds, assets, told.critical))
    found = {bound: {(one.category, one.provider): one for one in screen} for bound, screen in flags.items()}
    none = concentrations.Screened(None, "", 0.0, 0.0, flagged=False)
    order = sorted(found[scope.bounds[-1]].values(), key=lambda one: (
        one.category, not one.flagged, -one.entities, scope.node(one.provider).order,
    ))  # fmt: skip
    rows: list[tuple[Any, ...]] = []
    for one in order:
        cells = [found[bound].get((one.category, one.provider), none) for bound in scope.bounds]
        shares = (getattr(cell, name) for name in ("flagged", "entities", "assets") for cell in cells)
        rows.append((one.category, scope.node(one.provider), *shares))
    columns = ("category", "vendor", *scope.columns("flagged", "entities", "assets"))
    return Measured("criticality-screen", scope.parameters, columns, rows, _screen(scope, told, kinds))


def _screen(scope: Scope, told: Worth, kinds: Mapping[str, str]) -> dict[str, Any]:
    """What the list says, and how much of it the graph knows."""
    found = {
        "rows": told.rows, "unresolved": told.unresolved, "currency": told.currency,
        "categories": dict(sorted(Counter(kinds.values()).items())),
        "organizations_not_in_graph": len(told.absent),
    }  # fmt: skip
    if told.critical is not None:
        graph = scope.widest
        ends = (array.tolist() for array in graph.pairs())
        known = {(graph.names[customer], graph.names[vendor]) for customer, vendor in zip(*ends, strict=True)}
        unknown = sorted(told.critical - known)
        found["critical_links"] = len(told.critical)
        found["not_in_graph"] = [f"{scope.node(c).label} > {scope.node(v).label}" for c, v in unknown]
    return found


def single_points(scope: Scope, theta: float) -> Measured:
    """Return the vendors that are single points of failure in any sense: of whom, for how many, by which sense.

    Of a sector or portfolio: those that its organizations depend on, and the shares of these.

    Raises:
        KGError: theta is not a share.
    """
    if not 0 <= (theta := number(theta, "theta")) <= 1:
        raise KGError(f"theta is {theta}; a share lies between 0 and 1")
    lost, share, cut = {}, {}, {}
    for bound, graph in scope.graphs.items():
        points = spof.SinglePoints(graph)
        lost[bound] = Counter(above for name in graph.names if scope.keeps(name) for above in points.of(name))
        share[bound] = spof.customer_shares(graph, customers=scope.members)
        cut[bound] = set(spof.articulation_points(graph))
        if scope.members is not None:
            cut[bound] &= set(reach.upstream(graph, scope.members))
    wanted = {v for bound in scope.bounds for v in (*lost[bound], *cut[bound])}
    wanted |= {v for bound in scope.bounds for v, part in share[bound].items() if part >= theta}
    rows: list[tuple[Any, ...]] = [
        (
            scope.node(vendor),
            *(lost[bound][vendor] for bound in scope.bounds),
            *(share[bound].get(vendor, 0.0) for bound in scope.bounds),
            *(vendor in cut[bound] for bound in scope.bounds),
        )
        for vendor in wanted
    ]
    width = len(scope.bounds)
    rows.sort(key=lambda row: (-row[width], -row[2 * width], row[0].order))
    columns = ("vendor", *scope.columns("sole_for", "share", "articulation"))
    return Measured("spof", {**scope.parameters, "theta": theta}, columns, rows)


def single_points_of(scope: Scope, organization: Node) -> Measured:
    """Return the single points of failure of one organization, and the smallest set of vendors that would cut it off."""
    told, cuts = {}, {}
    for bound, graph in scope.graphs.items():
        told[bound] = spof.SinglePoints(graph).of(organization.iri)
        try:
            cut = spof.minimum_vertex_cut(graph, organization.iri)
            cuts[bound] = list(told_apart(map(scope.node, cut)).values())
        except KGError:
            cuts[bound] = []
    graph = scope.widest
    tier = reach.tiers(graph, organization.iri)
    rows = []
    for iri in sorted({iri for found in told.values() for iri in found}, key=lambda iri: (tier.get(iri, 0), iri)):
        path = reach.witnesses(graph, iri, [organization.iri]).get(organization.iri, ())
        sure = tuple(iri in told[bound] for bound in scope.bounds)
        rows.append((scope.node(iri), tier.get(iri), *sure, tuple(map(scope.node, path))))
    parameters = {**scope.parameters, "organization": organization.as_dict()}
    summary = {bound: {"redundancy": len(cut) or None, "minimum_vertex_cut": cut} for bound, cut in cuts.items()}
    return Measured("spof", parameters, ("vendor", "tier", *scope.bounds, "path"), rows, summary)


RANKS: dict[str, Callable[[Snapshot], dict[Any, Any]]] = {
    "authority": lambda graph: centrality.hits(graph)[1],
    "betweenness": centrality.betweenness_centrality,
    "blast-radius": reach.blast_radii,
    "closeness": centrality.closeness_centrality,
    "customers": lambda graph: reach.blast_radii(graph, 1),
    "dependents": spof.dependents,
    "fourth-parties": lambda graph: {name: reach.fourth_party_multiplier(graph, name) for name in graph.names},
    "hub": lambda graph: centrality.hits(graph)[0],
    "katz": centrality.katz_centrality,
    "pagerank": centrality.pagerank,
}
"""Name of a measure -> its value for every node."""


def ranked(
    scope: Scope, measure: str, depth: int | None, sample: int | None, seed: int, value: Mapping[str, float] | None
) -> Measured:
    """Return one measure for every organization for which it is not 0, the largest first.

    With `value` the blast radius is what the organizations are worth that it reaches; those that are not named, nothing.

    Raises:
        KGError: there is no such measure, or an argument does not belong to it.
    """
    if measure not in RANKS:
        raise KGError(f"there is no measure {measure!r}; there are {', '.join(sorted(RANKS))}")
    if (depth is not None or value is not None) and measure != "blast-radius":
        raise KGError("depth and values belong to blast-radius")
    depth = depth_of(depth)
    parameters = {**scope.parameters, "measure": measure, "depth": depth}
    if value is not None:
        worth = {iri: value.get(iri, 0.0) for iri in scope.widest.names}
        found = scope.each(lambda graph: reach.blast_radii(graph, depth, worth))
        return Measured("rank", {**parameters, "by_value": True}, ("organization", *scope.bounds), scope.rows_of(found))
    if sample is not None:
        if measure != "betweenness":
            raise KGError("sample belongs to betweenness")
        sample, seed = whole_number(sample, "sample"), whole_number(seed, "seed")
        if not 1 <= sample <= len(scope.widest):
            raise KGError(f"sample is {sample}; there are {len(scope.widest)} sources to draw from")
        return _sampled(scope, {**parameters, "sample": sample, "seed": seed}, sample, seed)
    found = scope.each(RANKS[measure] if depth is None else lambda graph: reach.blast_radii(graph, depth))
    return Measured("rank", parameters, ("organization", *scope.bounds), scope.rows_of(found))


def _sampled(scope: Scope, parameters: dict[str, Any], sample: int, seed: int) -> Measured:
    found = scope.each(lambda graph: centrality.betweenness_interval(graph, sample, seed=seed))
    rows = scope.rows_of({bound: {name: one.value for name, one in told.items()} for bound, told in found.items()})
    last = found[scope.bounds[-1]]
    rows = [(*row, last[row[0].iri].low, last[row[0].iri].high) for row in rows]
    return Measured("rank", parameters, ("organization", *scope.bounds, "low", "high"), rows)


def altered(
    scope: Scope,
    breach: Sequence[Node],
    remove: Sequence[Node],
    replace: Sequence[tuple[Node, Node]],
    weight: str | float,
    seed: int,
) -> Measured:
    """Return what changes, organization by organization, for each bound; the summary adds up, with the expected spread.

    The spread is from the vendors that are breached, else from those that are removed, else from those that are replaced.

    Of a sector or portfolio the summary counts its organizations alone.

    Raises:
        KGError: nothing is changed, or the changes contradict each other.
    """
    ends = [end for swap in replace for end in swap]
    names, seed = told_apart((*breach, *remove, *ends)), whole_number(seed, "seed")
    if both := [names[one.iri] for one in remove if one in ends]:
        raise KGError(f"{', '.join(both)}: cannot be removed and stand in a replacement at once")
    hit, gone = [one.iri for one in breach], [one.iri for one in remove]
    swaps = {old.iri: new.iri for old, new in replace}
    rows: list[tuple[Any, ...]] = []
    summary = {}
    for bound, graph in scope.graphs.items():
        after = whatif.altered(graph, gone, swaps)
        told = [one for one in whatif.what_if(graph, hit, gone, swaps) if scope.keeps(one.organization)]
        for one in told:
            sole = tuple(tuple(map(scope.node, side)) for side in one.sole)
            rows.append((scope.node(one.organization), bound, *one.vendors, *one.breached, *one.hhi, *sole))
        summary[bound] = {
            "organizations": len(told),
            "blast_radius": {
                name: [sum(map(scope.keeps, reach.exposed(side, iri))) for side in (graph, after)]
                for iri, name in names.items()
            },
            "sole_points": [_sole_points(scope, side) for side in (graph, after)],
            "expected_spread": _spread(scope, (graph, after), hit or gone or list(swaps), weight, seed),
        }
    rows.sort(key=lambda row: (row[0].order, row[1]))
    parameters = {
        **scope.parameters, "breach": [names[iri] for iri in hit], "remove": [names[iri] for iri in gone],
        "replace": {names[old]: names[new] for old, new in swaps.items()}, "weight": weight, "seed": seed,
    }  # fmt: skip
    pairs = ("vendors", "breached_tier", "hhi", "sole")
    columns = ("organization", "exposure", *(f"{name}_{side}" for name in pairs for side in ("before", "after")))
    return Measured("whatif", parameters, columns, rows, summary)


def _sole_points(scope: Scope, graph: Snapshot) -> int:
    """How many vendors any of the organizations that are kept depends on alone."""
    if scope.members is None:
        return sum(1 for found in spof.dependents(graph).values() if found)
    points = spof.SinglePoints(graph)
    return len({vendor for name in scope.members if name in graph for vendor in points.of(name)})


def _spread(scope: Scope, sides: Iterable[Snapshot], starts: list[str], weight: str | float, seed: int) -> list[float]:
    told = []
    for side in sides:
        among = None if scope.members is None else [name for name in scope.members if name in side]
        spread = cascade.independent_cascade(weighted(side, weight), starts, seed=seed, among=among)
        told.append(spread.expected.value)
    return told


def replacements(scope: Scope, vendor: Node) -> Measured:
    """Return the vendors of the same service, those first that share the least upstream with the one to be replaced.

    Raises:
        KGError: no document says which service the vendor provides.
    """
    services: dict[str, set[str]] = defaultdict(set)
    for edge in scope.projection.edges:
        if edge.type == "usesVendor":
            services[edge.target] |= {one.service.casefold() for one in edge.relationships if one.service}
    own = services.get(vendor.iri, set())
    if not own:
        raise KGError(f"{vendor.label}: no document says which service it provides, so none of the same can be named")
    alike = (iri for iri, told in services.items() if told & own and iri != vendor.iri)
    same = [iri for iri in alike if scope.keeps(iri) and iri in scope.widest]
    found = scope.each(lambda graph: whatif.shared_upstream(graph, vendor.iri, same))
    rows = [
        (scope.node(iri), tuple(sorted(services[iri] & own)), *(found[bound][iri] for bound in scope.bounds))
        for iri in found[scope.bounds[-1]]
    ]
    parameters = {**scope.parameters, "candidates_for": vendor.label}
    return Measured("whatif", parameters, ("candidate", "services", *scope.columns("shared")), rows)
