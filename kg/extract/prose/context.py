"""What stands around the mentions of parties: the features by which their roles and relations are judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Final

from kg.extract.prose.cast import Mention
from kg.extract.prose.tokens import known, marked

if TYPE_CHECKING:
    from kg.extract.prose.cast import Party
    from kg.extract.prose.tokens import Tokens
    from kg.model import Span

VERBS: Final = frozenset(
    "HACK HIT STEAL EXPOSE LOCK ACCESS USE SERVE SAY CONFIRM DENY CLAIM DISCLOSE NOTIFY REPORT INVEST DISCOVER CUT FIX CREDS PUNISH HIRE OFFER BLAME".split()
)
_BREAKS: Final = frozenset({";", ":", "but", "while", "although", "whereas"})
_REACH: Final = 9


@dataclass(slots=True)
class Scene:
    """A text with its parties, and for each word what a feature calls it.

    Attributes:
        signs: for each word what it is called: the word, "9" for a number, "@ORG" and the like for a party.
        party_at: word -> number of the party whose name or group stands there.
        by_sentence: for each sentence the (party, mention) in it.
        held: for each sentence the classes of its words, as features.
    """

    words: Tokens
    parties: list[Party]
    signs: list[str] = field(default_factory=list)
    party_at: dict[int, int] = field(default_factory=dict)
    by_sentence: list[list[tuple[Party, Mention]]] = field(default_factory=list)
    held: list[list[str]] = field(default_factory=list)
    texture: dict[str, float] = field(default_factory=dict)
    lists: dict[int, Span] = field(default_factory=dict)


def scene(words: Tokens, parties: list[Party]) -> Scene:
    """Return a text with its parties ready to be judged."""
    made = Scene(words, parties, ["9" if low[0].isdigit() else low for low in words.lowers])
    made.by_sentence = [[] for _ in words.sentences]
    for party in parties:
        for mention in party.mentions:
            made.by_sentence[words.sentence_of[mention.first]].append((party, mention))
            if mention.kind in {"name", "group"}:
                for at in range(mention.first, mention.last):
                    made.party_at[at] = party.number
                    made.signs[at] = "@GRP" if party.kind == "GRP" else "@ORG"
    for here in made.by_sentence:
        here.sort(key=lambda item: item[1].first)
        _find_lists(made, here)
    made.held = [
        [f"s:{kind}" for kind in dict.fromkeys(chain.from_iterable(words.kinds[first:last]))]
        for first, last in words.sentences
    ]
    made.texture = _texture(words)
    return made


_JOINING: Final = frozenset({",", ";", "and", "or", "the", "&", "as", "well", "both"})


def _find_lists(made: Scene, here: list[tuple[Party, Mention]]) -> None:
    """Note for each name in a list of names where the list begins and ends."""
    named = [mention for _, mention in here if mention.kind in {"name", "group"}]
    group: list[Mention] = []
    for mention in [*named, None]:
        between = made.words.lowers[group[-1].last : mention.first] if group and mention else []
        if group and mention and between and len(between) < 4 and _JOINING.issuperset(between):
            group.append(mention)
            continue
        if len(group) > 1:
            made.lists.update({item.first: (group[0].first, group[-1].last) for item in group})
        group = [mention] if mention else []


def _texture(words: Tokens) -> dict[str, float]:
    """Which classes of words a text holds, and how often."""
    counts: dict[str, int] = {}
    for kinds in words.kinds:
        for kind in kinds:
            counts[kind] = counts.get(kind, 0) + 1
    found = {f"T:{kind}": 1.0 for kind in counts}
    found |= {f"T2:{kind}": 1.0 for kind, count in counts.items() if count > 2}
    return found


def about(scene: Scene, party: Party) -> dict[str, float]:
    """Return the features of a party: its name, and what stands around its mentions."""
    found = dict.fromkeys(_named(party), 1.0)
    for number, mention in enumerate(party.mentions[:12]):
        mark = "" if mention.kind in {"name", "group"} else "~"
        for feature in _around(scene, mention):
            found[mark + feature] = 1.0
        if number == 0:
            found[f"at{min(scene.words.sentence_of[mention.first], 4)}"] = 1.0
    others = [len(other.mentions) for other in scene.parties if other is not party and not other.sort]
    found[f"rank{min(sum(count > len(party.mentions) for count in others), 4)}"] = 1.0
    found[f"cast{min(len(others), 6)}"] = 1.0
    found["list"] = float(any(mention.first in scene.lists for mention in party.mentions))
    first = all(other.mentions[0].first >= party.mentions[0].first for other in scene.parties)
    for kind in ("VENDOR", "CUSTOMER", "OUR", "HARM", "GANG", "FLAW"):
        if f"T:{kind}" in scene.texture:
            found[f"{'1st' if first else 'nth'}&{kind}"] = 1.0
    return found


def _named(party: Party) -> list[str]:
    parts = party.name.split()
    found = [f"group={party.kind == 'GRP'}", f"n={min(len(party.mentions), 4)}", f"len={min(len(parts), 5)}"]
    if party.name.isupper():
        found.append("upper")
    for part in parts:
        lower, kinds = known(part.strip(",.'’\"()")) if part.strip(",.'’\"()") else ("", ())
        found.append(f"name:{lower}")
        found += [f"name.{kind}" for kind in kinds]
    last = parts[-1].lower()
    found += [f"end={last[-3:]}", f"last={last}"]
    if party.sort:
        found.append(party.sort)
    if len(parts) > 1 and party.kind != "GRP":
        found += [f"short:{end}" for end, part in (("first", parts[0]), ("last", parts[-1])) if part in party.forms]
    if party.is_vendor:
        found.append("vendor")
    found += [f"noun:{noun}" for noun in sorted(party.nouns)]
    return found


def _around(scene: Scene, mention: Mention) -> list[str]:
    """What stands around one mention."""
    words, signs = scene.words, scene.signs
    first, last = words.sentences[words.sentence_of[mention.first]]
    begin, end = scene.lists.get(mention.first, (mention.first, mention.last))
    mention = Mention(begin, end, mention.kind)
    left = range(mention.first - 1, max(first, mention.first - _REACH) - 1, -1)
    right = range(mention.last, min(last, mention.last + _REACH))
    found = _head(scene, mention, first)
    sides = (("l", left), ("r", right))
    near: dict[str, list[str]] = {}
    for side, places in sides:
        seq = near[side] = [signs[at] for at in places[:3]]
        for step, at in enumerate(places[:3], 1):
            found.append(f"{side}{step}={signs[at]}")
            found += marked(f"{side}{step}.", words.kinds[at])
        if not seq:
            found.append(f"{side}1=|")
        elif len(seq) > 1:
            found.append(f"{side}12={seq[0]}|{seq[1]}")
            if len(seq) > 2:
                found.append(f"{side}123={seq[0]}|{seq[1]}|{seq[2]}")
        for step, at in enumerate(places):
            if signs[at] in _BREAKS:
                break
            found += marked(side + ":", words.kinds[at])
            if step < 6:
                found.append(f"{side}w:{signs[at]}")
    if near["l"] and near["r"]:
        found.append(f"lr={near['l'][0]}|{near['r'][0]}")
    found += _verbs(scene, mention, first, last)
    found += scene.held[words.sentence_of[mention.first]]
    if first == mention.first:
        found.append("opens")
    return found


_MODIFYING: Final = frozenset({"PREP", "CONJ", "REL", "BE", "HAVE", "NEG"})


def _head(scene: Scene, mention: Mention, first: int) -> list[str]:
    """What a mention hangs on: over its determiners and adjectives the preposition, and the noun or verb before that."""
    words, signs = scene.words, scene.signs
    at = mention.first - 1
    found = []
    owned = False
    while at >= first and mention.first - at < 7:
        kinds = words.kinds[at]
        if signs[at] in {",", "(", "-"} and at == mention.first - 1:
            at -= 1
            continue
        if (not words.words[at][0].isalnum() and signs[at] != "'s") or (
            not _MODIFYING.isdisjoint(kinds) and signs[at] != "'s"
        ):
            break
        for kind in kinds:
            if kind in VERBS:
                continue
            found.append(f"mod.{kind}")
        owned |= "ITS" in kinds or "OUR" in kinds or signs[at] == "'s" or at in scene.party_at
        if any(kind in VERBS for kind in kinds) and "VENDOR" not in kinds:
            break
        at -= 1
    if owned:
        found += ["owned", *(f"owned.{kind[4:]}" for kind in found if kind.startswith("mod."))]
    if at >= first:
        link = signs[at]
        found.append(f"link={link}")
        for step in range(at - 1, max(first, at - 4) - 1, -1):
            if words.kinds[step] and not {"DET", "PREP"} & set(words.kinds[step]):
                found += [f"hd={kind}|{link}" for kind in words.kinds[step]]
                found.append(f"hw={signs[step]}|{link}")
                break
    else:
        found.append("link=|")
    return found


def _verbs(scene: Scene, mention: Mention, first: int, last: int) -> list[str]:
    """The verbs nearest to a mention on both sides: of what class, in what voice, and what binds them to it."""
    words, signs = scene.words, scene.signs
    found = []
    passive = negated = hedged = ""
    behind = mention.last
    # an apposition or a possessive belongs to the name
    if behind < last and signs[behind] in {"'s", "’s"}:
        found.append("poss")
        noun = next((at for at in range(behind + 1, min(last, behind + 5)) if words.kinds[at]), None)
        if noun is not None:
            found += [f"poss:{kind}" for kind in words.kinds[noun]]
            found.append(f"poss:{signs[noun]}")
    elif behind < last and signs[behind] == ",":
        close = next((at for at in range(behind + 1, min(last, behind + 14)) if signs[at] == ","), None)
        if (
            close is not None
            and behind + 1 < close
            and (
                (words.kinds[behind + 1] and words.kinds[behind + 1][0] in {"DET", "ITS", "OUR", "REL"})
                or signs[behind + 1] == "one"
            )
        ):
            for at in range(behind + 1, close):
                found += [f"app:{kind}" for kind in words.kinds[at]]
                found.append(f"app:{signs[at]}")
            behind = close + 1
    for at in range(behind, min(last, behind + 12)):
        kinds = words.kinds[at]
        if "BE" in kinds:
            passive = "p"
        if "NEG" in kinds:
            negated = "n"
        if "HEDGE" in kinds:
            hedged = "h"
        if signs[at] in _BREAKS:
            break
        verbs = [kind for kind in kinds if kind in VERBS]
        if verbs and not (at == behind and signs[at] == "'s"):
            after = signs[at + 1] if at + 1 < last else "|"
            for kind in verbs:
                found += [f"rv={kind}{passive}{negated}{hedged}", f"rv={kind}{passive}", f"rv={kind}{passive}|{after}"]
            found.append(f"rvw={signs[at]}{passive}{negated}")
            found.append(f"rvw={signs[at]}{passive}|{after}")
            break
    link = signs[mention.first - 1] if mention.first > first else "|"
    if link in {"the", "its", "a", "an", "their", "our"} and mention.first - 1 > first:
        link = signs[mention.first - 2]
    for at in range(mention.first - 1, max(first, mention.first - 10) - 1, -1):
        if signs[at] in _BREAKS:
            break
        verbs = [kind for kind in words.kinds[at] if kind in VERBS]
        if verbs:
            voiced = "p" if any("BE" in words.kinds[step] for step in range(max(first, at - 3), at)) else ""
            for kind in verbs:
                found += [f"lv={kind}{voiced}", f"lv={kind}{voiced}|{link}"]
            found.append(f"lvw={signs[at]}{voiced}|{link}")
            break
    return found
