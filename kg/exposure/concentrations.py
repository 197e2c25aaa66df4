"""How much rests on few vendors: shares, HHI, effective number, CR_k, and the EU's criticality screen.

With s_i the share of vendor i and H = sum s_i^2: HHI = sum (100 s_i)^2 (Hirschman 1945, Herfindahl 1950; the scale of
the US Merger Guidelines), N_eff = 1 / H (Laakso and Taagepera 1979), HHI* = (H - 1/N) / (1 - 1/N), and CR_k the sum of
the k largest shares. Bands are those of the US Department of Justice and FTC, Horizontal Merger Guidelines 2010, 5.3.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.checks import whole_number
from kg.errors import KGError
from kg.exposure import flows, kernels
from kg.exposure.snapshot import as_snapshot

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping

    from kg.exposure.snapshot import Graph, Snapshot, Values

MODERATE, HIGH = 1500.0, 2500.0
"""Where the bands of 2010 begin; those of 2023 (1,000 and 1,800) are for markets, not for portfolios either."""
SCREEN = 0.10
"""Both shares of Delegated Regulation (EU) 2024/1502, Art. 2."""


@dataclass(frozen=True, slots=True)
class Concentration:
    """Concentration of amounts on vendors.

    Attributes:
        total: the sum of the amounts.
        vendors: how many have any.
        hhi: 0 to 10,000.
        n_eff: the number of equal vendors that would be as concentrated.
        hhi_normalized: 0 where all are equal, 1 where there is one vendor.
        ratios: CR_1, CR_2, ...: the sums of the largest shares, as far as was asked.
    """

    total: float
    vendors: int
    hhi: float
    n_eff: float
    hhi_normalized: float
    ratios: tuple[float, ...] = ()

    @property
    def band(self) -> str:
        """Return "unconcentrated", "moderate" or "high", by the guidelines of 2010."""
        return "high" if self.hhi > HIGH else "moderate" if self.hhi >= MODERATE else "unconcentrated"


def concentration_of(amounts: Iterable[float], k: int = 4) -> Concentration:
    """Return the concentration of amounts, one a vendor.

    Raises:
        KGError: an amount is negative or not finite, all are 0, or k is below 1.
    """
    found = np.fromiter(amounts, np.float64)
    if not np.isfinite(found).all() or (found < 0).any():
        raise KGError("every amount is finite and not negative")
    found = np.sort(found[found > 0])[::-1]
    if (k := whole_number(k, "k")) < 1:
        raise KGError(f"k is {k}; the largest share is CR_1")
    if not len(found):
        raise KGError("there is nothing to share out: no vendor has any link, spend or function")
    share = found / found.sum()
    vendors, squares = len(found), float((share**2).sum())
    normalized = (squares - 1 / vendors) / (1 - 1 / vendors) if vendors > 1 else 1.0
    ratios = tuple(np.cumsum(share[:k]).tolist())
    return Concentration(float(found.sum()), vendors, 1e4 * squares, 1 / squares, max(0.0, normalized), ratios)


def shares(
    graph: Graph,
    customers: Collection[Hashable] | None = None,
    amounts: Mapping[tuple[Any, Any], float] | None = None,
) -> dict[Any, float]:
    """Return the share of every vendor that has any, largest first.

    Args:
        graph: who uses whom.
        customers: keep to the links of these: one organization, a sector, a portfolio; all if None.
        amounts: (customer, vendor) -> spend or number of functions; links that are not named have none, and without
            any each link counts 1.

    Raises:
        KGError: an amount is negative or not finite, or is of a link that is not in the graph.
        UnknownNameError: a name is not in the graph.
    """
    snapshot = as_snapshot(graph)
    found = _by_vendor(snapshot, customers, amounts)
    total = float(found.sum())
    order = sorted(np.flatnonzero(found).tolist(), key=lambda at: (-found[at], at))
    return {snapshot.names[at]: float(found[at]) / total for at in order}


def _by_vendor(
    snapshot: Snapshot, customers: Collection[Hashable] | None, amounts: Mapping[tuple[Any, Any], float] | None
) -> Values:
    """The sum of the amounts of every node as a vendor; the arguments are those of `shares`."""
    worth = _amounts(snapshot, amounts)
    users, suppliers = snapshot.pairs()
    if customers is not None:
        chosen = np.zeros(len(snapshot), dtype=bool)
        chosen[snapshot.numbers(customers)] = True
        worth = np.where(chosen[users], worth, 0.0)
    found: Values = np.bincount(suppliers, worth, minlength=len(snapshot))
    return found


def concentration(
    graph: Graph,
    customers: Collection[Hashable] | None = None,
    amounts: Mapping[tuple[Any, Any], float] | None = None,
    k: int = 4,
) -> Concentration:
    """Return the concentration of links, spend or functions on vendors; the arguments are those of `shares`.

    Raises:
        KGError: as `shares`, or there is no link at all.
    """
    return concentration_of(_by_vendor(as_snapshot(graph), customers, amounts).tolist(), k)


def hhi_by_group(
    graph: Graph, group: Mapping[Any, str], amounts: Mapping[tuple[Any, Any], float] | None = None
) -> dict[str, float]:
    """Return the HHI of the vendors of every group (sector, country) of customers; groups without links are left out.

    Raises:
        KGError: an amount is negative or not finite, or is of a link that is not in the graph.
    """
    snapshot = as_snapshot(graph)
    names = sorted(set(group.values()))
    number = {name: at for at, name in enumerate(names)}
    of = np.fromiter((number.get(group.get(name, ""), -1) for name in snapshot.names), np.int32, len(snapshot))
    sums = group_sums(snapshot, of, len(names), None if amounts is None else _amounts(snapshot, amounts))
    told = zip(names, *(found.tolist() for found in sums), strict=True)
    return {name: 1e4 * squared / total**2 for name, total, squared in told if total}


def group_sums(snapshot: Snapshot, group: Any, groups: int, amounts: Values | None) -> tuple[Values, Values]:
    """Return for every group the sum of its amounts, and the sum of the squared amounts of its vendors.

    `group` numbers the group of every node, -1 for none; `amounts` stand beside the customers of the snapshot, None for 1 each.
    """
    if kernels.COMPILED:
        given = np.empty(0) if amounts is None else amounts
        # Small numbers, since they are looked up at random: two bytes each of a million nodes stay in a cache.
        of = np.where(group < 0, groups, group).astype(np.uint16 if groups < 2**16 else np.uint32)
        total, squared = flows.squares_by_group(snapshot.back_indptr, snapshot.back_indices, of, groups, given)
        return total, squared
    users, suppliers = snapshot.pairs()
    inside = group[users] >= 0
    key = suppliers[inside].astype(np.int64) * groups + group[users[inside]]
    keys, place = np.unique(key, return_inverse=True)
    summed: Values = np.bincount(place, None if amounts is None else amounts[inside], minlength=len(keys))
    of = keys % groups
    return np.bincount(of, summed, minlength=groups), np.bincount(of, summed**2, minlength=groups)


def _amounts(snapshot: Snapshot, amounts: Mapping[tuple[Any, Any], float] | None) -> Values:
    if amounts is None:
        return np.ones(snapshot.edges)
    users, suppliers = snapshot.pairs()
    place = {pair: at for at, pair in enumerate(zip(users.tolist(), suppliers.tolist(), strict=True))}
    found = np.zeros(snapshot.edges)
    for (customer, vendor), amount in amounts.items():
        at = place.get((snapshot.number(customer), snapshot.number(vendor)))
        if at is None:
            raise KGError(f"an amount is given for {customer} and {vendor}, between whom there is no link")
        found[at] = amount
    if not np.isfinite(found).all() or (found < 0).any():
        raise KGError("every amount is finite and not negative")
    return found


@dataclass(frozen=True, slots=True)
class Screened:
    """One provider in one category of entities: the share of entities, of their assets, and whether both reach 10 %.

    `assets` is None where no entity of the category has any on record; such a provider is never flagged.
    """

    provider: Any
    category: str
    entities: float
    assets: float | None
    flagged: bool


def criticality_screen(
    graph: Graph,
    category: Mapping[Any, str],
    assets: Mapping[Any, float],
    critical: Collection[tuple[Any, Any]] | None = None,
) -> list[Screened]:
    """Return the providers of every category by the first step of Delegated Regulation (EU) 2024/1502, Art. 2.

    Args:
        graph: who uses whom.
        category: of every financial entity; others do not count. Who is not in the graph uses no provider that is known,
            and counts among all of the category, of whom the regulation takes the shares.
        assets: total assets of the entities.
        critical: the (entity, provider) pairs that support critical or important functions; all links if None.

    Raises:
        KGError: no entity has a category, or assets are negative or not finite.
    """
    snapshot = as_snapshot(graph)
    if not all(math.isfinite(amount) and amount >= 0 for amount in assets.values()):
        raise KGError("assets: every number is finite and not negative")
    if not category:
        raise KGError("no entity has a category")
    size = Counter(category.values())
    wealth: dict[str, float] = defaultdict(float)
    for name, kind in category.items():
        wealth[kind] += assets.get(name, 0.0)
    users: dict[tuple[Any, str], list[float]] = defaultdict(list)
    for customer, supplier in zip(*(numbers.tolist() for numbers in snapshot.pairs()), strict=True):
        entity, provider = snapshot.names[customer], snapshot.names[supplier]
        if entity in category and (critical is None or (entity, provider) in critical):
            users[provider, category[entity]].append(assets.get(entity, 0.0))
    found = []
    for (provider, kind), held in users.items():
        share, rich = len(held) / size[kind], sum(held) / wealth[kind] if wealth[kind] else None
        found.append(Screened(provider, kind, share, rich, share >= SCREEN and rich is not None and rich >= SCREEN))
    return sorted(found, key=lambda one: (one.category, -one.entities, str(one.provider)))
