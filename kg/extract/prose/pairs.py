"""What speaks for one party using another: the words between two mentions, and what each is held to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kg.extract.prose.tokens import marked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from kg.extract.prose.cast import Mention, Party
    from kg.extract.prose.context import Scene

    Odds = Mapping[int, Mapping[str, float]]

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


_MINE: Final = ("affected_downstream", "customer_unaffected", "other", "breached")
_ITS: Final = ("breached", "supplier_only", "affected_downstream")
_BOTH: Final = (*(f"{mine}>{its}" for mine in _MINE for its in _ITS), "ends")
MEASURES: Final = (
    *_BOTH,
    *(f"+{both}" for both in _BOTH),
    *(f"-{both}" for both in _BOTH),
    "together",
    "apart",
    "C-first",
    "S-first",
)
"""The features that any two parties have; "+" and "-" are those of two that stand, or do not stand, in one sentence."""


def as_customer(party: Party, roles: Odds, ends: Odds) -> dict[str, float]:
    """Return the features of a party as a customer, whoever the supplier is."""
    return _as_end("C", "hub-c", party, roles, ends)


def as_supplier(party: Party, roles: Odds, ends: Odds) -> dict[str, float]:
    """Return the features of a party as a supplier, whoever the customer is."""
    return _as_end("S", "hub", party, roles, ends)


def _as_end(end: str, hub: str, party: Party, roles: Odds, ends: Odds) -> dict[str, float]:
    found = {f"{end}:{role}": odds * 4 for role, odds in roles[party.number].items()}
    own = ends[party.number]
    found |= {f"{end}.{kind}": odds * 6 for kind, odds in own.items()}
    found[hub] = 3.0 * (own["supplier"] == max(odds["supplier"] for odds in ends.values()))
    if party.is_vendor:
        found[f"{end}-vendor"] = 1.0
    for rank, number in enumerate(sorted(roles, key=lambda number: -roles[number]["breached"])[:2]):
        if number == party.number:
            found[f"{end}-top{rank}"] = 2.0
    return found


def measured(pairs: Sequence[tuple[int, int]], near: Sequence[bool], roles: Odds, ends: Odds) -> NDArray[np.float64]:
    """Return (customer, supplier) x `MEASURES`; `near` is whether both stand in one sentence."""
    if not pairs:
        return np.zeros((0, len(MEASURES)))
    customers, suppliers = zip(*pairs, strict=True)
    mine = np.array([[roles[at][role] for role in _MINE] + [ends[at]["customer"]] for at in customers])
    its = np.array([[roles[at][role] for role in _ITS] + [ends[at]["supplier"]] for at in suppliers])
    both = np.empty((len(pairs), len(_BOTH)))
    both[:, :-1] = (mine[:, :-1, None] * its[:, None, :-1]).reshape(len(pairs), -1) * 6
    both[:, -1] = mine[:, -1] * its[:, -1] * 8
    beside, first = np.array(near)[:, None], np.less(customers, suppliers)[:, None]
    return np.hstack([both, both * beside, both * ~beside, beside, ~beside, first, ~first])


def ordered(case: Mapping[str, float]) -> dict[str, float]:
    """Return the features of a pair in the order in which they are added up where a model is trained: another gives other last digits."""

    def place(name: str) -> int:
        return _RANK.get(name, _RANK.get(name[:2], _RANK.get(name.partition(":")[0], 2)))

    return dict(sorted(case.items(), key=lambda item: place(item[0])))


_ORDER: Final = (
    *("together", "apart", "between", "C:", "S:", "C.", "S."),
    *("ends", "+ends", "-ends", "hub", "hub-c"),
    *(f"{sign}{both}" for both in _BOTH[:-1] for sign in ("", "+", "-")),
    *("kinds", "S-vendor", "C-vendor", "S-top0", "C-top0", "S-top1", "C-top1", "C-first", "S-first"),
)
_RANK: Final = {name: at for at, name in enumerate(_ORDER)}


def joint(
    scene: Scene, customer: Party, supplier: Party, places: Sequence[tuple[Mention, Mention]]
) -> dict[str, float]:
    """Return the features of one party as the customer of another that none has alone; `places` are mentions of (customer, supplier)."""
    found = {f"kinds:{customer.kind}>{supplier.kind}": 1.0}
    for one, two in places[:6]:
        for feature in _between(scene, one, two):
            found[feature] = 1.0
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
            found += marked(f"{mark}b.", words.kinds[at])
    if gap <= 6:
        found.append(mark + "seq:" + " ".join(words.kinds[at][0] if words.kinds[at] else signs[at] for at in middle))
    if gap:
        found += [f"{mark}m1={signs[early.last]}", f"{mark}m9={signs[late.first - 1]}"]
        found += marked(f"{mark}m9.", words.kinds[late.first - 1])
        for at in range(max(early.last, late.first - 4), late.first):
            found += marked(f"{mark}m:", words.kinds[at])
    others = len({scene.party_at[at] for at in middle if at in scene.party_at})
    found.append(f"{mark}others{min(others, 3)}")
    for step, at in enumerate(range(early.first - 1, max(first, early.first - 5) - 1, -1)):
        found += marked(f"{mark}l:", words.kinds[at])
        if step < 2:
            found.append(f"{mark}l{step}={signs[at]}")
    for step, at in enumerate(range(late.last, min(last, late.last + 5))):
        found += marked(f"{mark}r:", words.kinds[at])
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
