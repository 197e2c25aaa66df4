"""What speaks for one party using another: the words between two mentions, and what each is held to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.extract.prose.cast import Mention, Party
    from kg.extract.prose.context import Scene

_WIDE: Final = 14


def together(scene: Scene) -> dict[tuple[int, int], list[tuple[Mention, Mention]]]:
    """Return (party, other) -> the closest mentions of both in each sentence that holds both; the party's number is the lower."""
    found: dict[tuple[int, int], list[tuple[Mention, Mention]]] = {}
    for here in scene.by_sentence:
        best: dict[tuple[int, int], tuple[int, Mention, Mention]] = {}
        for number, (party, mention) in enumerate(here):
            for other, second in here[number + 1 : number + 9]:
                if other.number == party.number or second.first < mention.last:
                    continue
                swapped = other.number < party.number
                pair = (other.number, party.number) if swapped else (party.number, other.number)
                gap = second.first - mention.last + 6 * (mention.kind == "pronoun") + 6 * (second.kind == "pronoun")
                if pair not in best or gap < best[pair][0]:
                    best[pair] = (gap, second, mention) if swapped else (gap, mention, second)
        for pair, (_, one, two) in best.items():
            found.setdefault(pair, []).append((one, two))
    return found


def uses(
    scene: Scene,
    customer: Party,
    supplier: Party,
    places: list[tuple[Mention, Mention]],
    roles: Mapping[int, Mapping[str, float]],
    ends: Mapping[int, Mapping[str, float]],
) -> dict[str, float]:
    """Return the features of one party as the customer of another; `places` are mentions of (customer, supplier)."""
    found: dict[str, float] = {"together": float(bool(places)), "apart": float(not places)}
    for one, two in places[:6]:
        for feature in _between(scene, one, two):
            found[feature] = 1.0
    ours, theirs = roles.get(customer.number, {}), roles.get(supplier.number, {})
    for role, odds in ours.items():
        found[f"C:{role}"] = odds * 4
    for role, odds in theirs.items():
        found[f"S:{role}"] = odds * 4
    near = "+" if places else "-"
    mine_, its_ = ends[customer.number], ends[supplier.number]
    found |= {f"C.{end}": odds * 6 for end, odds in mine_.items()} | {
        f"S.{end}": odds * 6 for end, odds in its_.items()
    }
    both_ends = mine_["customer"] * its_["supplier"]
    found["ends"] = found[f"{near}ends"] = both_ends * 8
    best = max(odds["supplier"] for odds in ends.values())
    found["hub"] = 3.0 * (its_["supplier"] == best)
    found["hub-c"] = 3.0 * (mine_["supplier"] == best)
    for mine in ("affected_downstream", "customer_unaffected", "other", "breached"):
        for its in ("breached", "supplier_only", "affected_downstream"):
            both = ours.get(mine, 0.0) * theirs.get(its, 0.0)
            found[f"{mine}>{its}"] = both * 6
            found[f"{near}{mine}>{its}"] = both * 6
    found[f"kinds:{customer.kind}>{supplier.kind}"] = 1.0
    if supplier.is_vendor:
        found["S-vendor"] = 1.0
    if customer.is_vendor:
        found["C-vendor"] = 1.0
    for rank, other in enumerate(sorted(roles.items(), key=lambda item: -item[1].get("breached", 0.0))[:2]):
        if other[0] == supplier.number:
            found[f"S-top{rank}"] = 2.0
        if other[0] == customer.number:
            found[f"C-top{rank}"] = 2.0
    found["C-first" if customer.number < supplier.number else "S-first"] = 1.0
    return found


def _between(scene: Scene, one: Mention, two: Mention) -> list[str]:
    """What stands between and beside two mentions in one sentence."""
    words, signs = scene.words, scene.signs
    forward = one.first < two.first
    early, late = (one, two) if forward else (two, one)
    mark = "CS|" if forward else "SC|"
    first, last = words.sentences[words.sentence_of[early.first]]
    gap = late.first - early.last
    found = [f"{mark}gap{min(gap, 24) // 4}", f"{mark}{early.kind[0]}{late.kind[0]}"]
    middle = range(early.last, late.first)
    if gap <= _WIDE:
        for at in middle:
            found.append(f"{mark}b:{signs[at]}")
            found += [f"{mark}b.{kind}" for kind in words.kinds[at]]
    if gap <= 6:
        found.append(mark + "seq:" + " ".join(words.kinds[at][0] if words.kinds[at] else signs[at] for at in middle))
    if gap:
        found += [f"{mark}m1={signs[early.last]}", f"{mark}m9={signs[late.first - 1]}"]
        found += [f"{mark}m9.{kind}" for kind in words.kinds[late.first - 1]]
        for at in range(max(early.last, late.first - 4), late.first):
            found += [f"{mark}m:{kind}" for kind in words.kinds[at]]
    others = len({scene.party_at[at] for at in middle if at in scene.party_at})
    found.append(f"{mark}others{min(others, 3)}")
    for step, at in enumerate(range(early.first - 1, max(first, early.first - 5) - 1, -1)):
        found += [f"{mark}l:{kind}" for kind in words.kinds[at]]
        if step < 2:
            found.append(f"{mark}l{step}={signs[at]}")
    for step, at in enumerate(range(late.last, min(last, late.last + 5))):
        found += [f"{mark}r:{kind}" for kind in words.kinds[at]]
        if step < 2:
            found.append(f"{mark}r{step}={signs[at]}")
    return found


_STATES: Final = frozenset({"CUT", "OLD", "HEDGE", "CLAIM", "DENY", "NEG"})


def status(scene: Scene, customer: int, supplier: int, case: Mapping[str, float]) -> dict[str, float]:
    """Return the features of the state of a relationship; `case` are those of the relationship."""
    words = scene.words
    found = {name: value for name, value in case.items() if name.startswith(("CS|", "SC|"))}
    for party in (scene.parties[customer], scene.parties[supplier]):
        for mention in party.mentions[:12]:
            first, last = words.sentences[words.sentence_of[mention.first]]
            for at in range(max(first, mention.first - 8), min(last, mention.last + 8)):
                for kind in words.kinds[at]:
                    if kind in _STATES:
                        found[f"x:{kind}"] = 1.0
                        if kind == "CUT":
                            found[f"xw:{words.lowers[at]}"] = 1.0
    return found
