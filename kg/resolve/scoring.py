"""How likely two names are one organization, and the words for why.

Names are compared word by word: equal and nearly equal words are paired, and what is left over decides. "Group" left
over means little, "Cloud" a part, two different countries two organizations. The weights are judgement, stated here
once; none is fitted. Only what is spelled alike but for legal form, spacing and the like is `same` without anybody asking.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import OSA

from kg.resolve.readings import law, leet, owner, read
from kg.resolve.table import table
from kg.resolve.words import Sort, words

if TYPE_CHECKING:
    from collections.abc import Collection

    from kg.resolve.readings import Reading

SAME, DIFFERENT, REVIEW = "same", "different", "review"
AUTOMATIC: Final = 0.95
"""Score from which a pair is one organization without a judgement."""
APART: Final = 0.3
"""Score below which a pair is not worth a judgement."""
_SEPARATING: Final = ("lei", "wikidata")
_LONG, _TELLING, _VERY_LONG = 5, 7, 12
"""Letters from which one slip is looked for, tells more than another word, and two are."""
_SHORT_OWN = 3
_ENDINGS: Final = frozenset({"com", "io", "net"})
_ABBREVIATION: Final = range(2, 7)


@dataclass(frozen=True, slots=True)
class Score:
    """How two names compare: 0 to 1 (from 0.5 they count as one organization), the decision, and the evidence in words."""

    score: float
    decision: str
    evidence: tuple[str, ...]


def score(left: str, right: str, left_ids: Collection[str] = (), right_ids: Collection[str] = ()) -> Score:
    """Return how two names, with what identifies their bearers, compare.

    Args:
        left: a name.
        right: another.
        left_ids: identifiers of the first ("lei:...", "wikidata:Q...", "domain:...").
        right_ids: those of the other.
    """
    if found := _identified(left_ids, right_ids):
        return found
    a, b = read(left), read(right)
    return _listed(left, right) or _told(a, b) or _compared(a, b)


def _identified(left: Collection[str], right: Collection[str]) -> Score | None:
    if shared := sorted(set(left) & set(right)):
        return Score(1.0, SAME, (f"both have the identifier {shared[0]}",))
    for scheme in _SEPARATING:
        one, other = (sorted(i for i in ids if i.startswith(f"{scheme}:")) for ids in (left, right))
        if one and other:
            return Score(0.0, DIFFERENT, (f"different identifiers of one scheme: {one[0]}, {other[0]}",))
    return None


def _listed(left: str, right: str) -> Score | None:
    """What the table of organizations says of two names."""
    one, other = table().find(left), table().find(right)
    if one is None or other is None:
        return None
    if one.organization == other.organization:
        if one.name_key == other.name_key:
            return None
        told = f"listed as names of {one.organization}"
        former = [found.name for found in (one, other) if found.former]
        if former:
            return Score(0.85, REVIEW, (f"{told}; {' and '.join(former)} is a former name",))
        if one.verified and other.verified:
            return Score(0.99, SAME, (told,))
        return Score(0.8, REVIEW, (f"{told}; not verified",))
    between = table().relation(one.organization, other.organization)
    told = between or f"listed as two organizations: {one.organization}, {other.organization}"
    return Score(0.1 if between else 0.05, DIFFERENT, (told,))


def _told(a: Reading, b: Reading) -> Score | None:
    """What the names say of each other: "Vocify Inc. d/b/a Vellum" and "Vellum"."""
    for one, other in ((a, b), (b, a)):
        for names, value, told in ((one.trading, 0.8, "also goes by"), (one.former, 0.75, "was formerly")):
            if any(read(name).joined == other.joined for name in names):
                return Score(value, REVIEW, (f"{one.name} {told} {names[0]}, as the name says",))
        if one.aside and read(one.aside).joined == other.joined and one.joined != other.joined:
            return Score(0.45, REVIEW, (f"{one.aside} stands in brackets: a product, an owner or another name",))
        owned = owner(one.name)
        if owned and other.joined in {read(part).joined for part in owned}:
            return Score(0.4, REVIEW, (f"{owned[0]} is said to belong to {owned[1]}",))
    return None


def _compared(a: Reading, b: Reading) -> Score:
    a, b = sorted((a, b), key=lambda told: (told.joined, told.name))
    if not a.joined or not b.joined:
        return Score(0.0, DIFFERENT, ("a name without a letter or digit",))
    if a.joined == b.joined:
        return _alike(a, b)
    found = _abbreviated(a, b) or _abbreviated(b, a) or _respelled(a, b)
    return found or _by_words(a, b)


def _alike(a: Reading, b: Reading) -> Score:
    """Two names with one spelling but for what does not matter, or for what matters in short names."""
    if a.capitals != b.capitals and len(a.joined) <= _SHORT_OWN:
        return Score(0.45, REVIEW, ("one is in capitals: an abbreviation and a word may be spelled alike",))
    if a.aside != b.aside:
        aside = a.aside or b.aside
        return Score(0.7, REVIEW, (f"same name; {aside} stands in brackets behind one",))
    if a.plain != b.plain:
        return Score(0.9, REVIEW, ("same words in another spelling, language or script",))
    if a.name == b.name:
        return Score(1.0, SAME, ("same name",))
    if a.key != b.key:
        return Score(0.96, SAME, ("same words, spacing differs",))
    if a.form and b.form and law(a.form) != law(b.form):
        return Score(0.8, REVIEW, (f"same core name, legal forms of two countries: {a.form}, {b.form}",))
    differs = "legal form" if a.form != b.form else "case or punctuation"
    return Score(0.98, SAME, (f"same core name, {differs} differs",))


def _abbreviated(a: Reading, b: Reading) -> Score | None:
    """Whether the first is an abbreviation of the second."""
    if len(a.tokens) != 1 or len(a.joined) not in _ABBREVIATION or a.joined not in b.initials:
        return None
    long = len(a.joined) > 2  # noqa: PLR2004 - two letters abbreviate much
    return Score(0.65 if long else 0.52, REVIEW, (f"{a.joined.upper()} is made of the first letters of {b.name}",))


def _respelled(a: Reading, b: Reading) -> Score | None:
    """Whether two names differ as slips of the pen do."""
    if sorted(a.tokens) == sorted(b.tokens):
        return Score(0.85, REVIEW, ("same words in another order or with other joining words",))
    if leet(a.joined) == leet(b.joined):
        return Score(0.85, REVIEW, ("same spelling, digits for letters",))
    if a.foreign != b.foreign and _bones(a.joined) == _bones(b.joined):
        return Score(0.7, REVIEW, ("the same in another script, as far as the letters tell",))
    if min(len(a.joined), len(b.joined)) < _LONG or len(a.tokens) != len(b.tokens):
        return None
    return _slip(a.joined, b.joined) if len(a.tokens) == 1 else None


def _bones(joined: str) -> str:
    """A word without what transliterations differ in: vowels, doubled letters, "x" or "ks"."""
    told = joined.replace("ks", "x").replace("kh", "h").replace("ts", "c")
    return joined[:1] + _without_doubles("".join(letter for letter in told[1:] if letter not in "aeiouyjw"))


def _slip(one: str, other: str) -> Score | None:
    if not _near(one, other):
        return None
    swapped = sorted(one) == sorted(other) or _without_doubles(one) == _without_doubles(other)
    short = min(len(one), len(other)) < _TELLING
    return Score((0.4 if short else 0.6) + (0.15 if swapped else 0), REVIEW, (f"spelled nearly alike: {one}, {other}",))


def _near(one: str, other: str) -> bool:
    """Whether two words of some length differ by one slip (two in very long ones), their first letters and digits alike."""
    short = min(len(one), len(other))
    if short < _LONG or one[0] != other[0] or [c for c in one if c.isdigit()] != [c for c in other if c.isdigit()]:
        return False
    most = 2 if short >= _VERY_LONG else 1
    return OSA.distance(one, other, score_cutoff=most) <= most and not (short == _LONG and one[-1] != other[-1])


def _without_doubles(word: str) -> str:
    return "".join(letter for letter, before in zip(word, " " + word, strict=False) if letter != before)


def _by_words(a: Reading, b: Reading) -> Score:
    """Pair the words, and weigh what is left over."""
    left, right = list(a.tokens), list(b.tokens)
    shared = [token for token in a.tokens if token in right]
    for token in shared:
        if token in left and token in right:
            left.remove(token)
            right.remove(token)
    slips = [(one, other) for one in left for other in right if _alike_words(one, other)]
    for one, other in slips:
        if one in left and other in right:
            left.remove(one)
            right.remove(other)
    rest = _Rest(
        tuple(shared) + tuple(min(pair, key=words().sort) for pair in slips),
        tuple(left),
        tuple(right),
        (a if left else b).form,
    )
    found = _left_over(rest)
    plain = all(_plural(*pair) for pair in slips)
    value = found.score * (1.0 if plain else 0.8)
    evidence = tuple(f"spelled nearly alike: {one}, {other}" for one, other in slips)
    return Score(round(value, 2), DIFFERENT if value < APART else REVIEW, (*evidence, *found.evidence))


def _alike_words(one: str, other: str) -> bool:
    return _plural(one, other) or _near(one, other)


def _plural(one: str, other: str) -> bool:
    return one + "s" == other or other + "s" == one


@dataclass(frozen=True, slots=True)
class _Rest:
    """The words that two names share, those that one has alone, and the legal form of the longer one."""

    shared: tuple[str, ...]
    left: tuple[str, ...]
    right: tuple[str, ...]
    form: str

    @property
    def own(self) -> bool:
        """Whether a word that they share is more than a general one."""
        return any(words().sort(token) is Sort.OWN for token in self.shared)


def _left_over(rest: _Rest) -> Score:
    if not rest.shared:
        return Score(0.02, DIFFERENT, ("no word in common",))
    if not rest.left and not rest.right:
        return Score(0.85, REVIEW, ("all words pair",))
    if rest.left and rest.right:
        return _both_more(rest)
    return _one_more(rest, rest.left or rest.right)


def _both_more(rest: _Rest) -> Score:
    told = f"{' '.join(rest.left)} / {' '.join(rest.right)}"
    left, right = ([words().sort(token) for token in part] for part in (rest.left, rest.right))
    if Sort.PLACE in left and Sort.PLACE in right:
        return Score(0.05, DIFFERENT, (f"different places: {told}",))
    if rest.own and max(*left, *right) is Sort.FILLER:
        return Score(0.45, REVIEW, (f"same name, other general words: {told}",))
    return Score(0.15 if rest.own else 0.05, DIFFERENT, (f"other words differ: {told}",))


def _one_more(rest: _Rest, more: tuple[str, ...]) -> Score:
    """One name is the other and something more."""
    told, strongest = " ".join(more), max(words().sort(token) for token in more)
    if not rest.own and not (len(rest.shared) > 1 and strongest <= Sort.WEAK):
        return Score(0.2, DIFFERENT, (f"only general words in common; one also says {told}",))
    if strongest is Sort.FILLER:
        short = sum(map(len, rest.shared)) <= _SHORT_OWN
        value = (0.55 if short else 0.85) - 0.06 * (len(more) - 1) + (0.05 if told in _ENDINGS else 0)
        return Score(value, REVIEW, (f"same name, one adds the general word {told}",))
    if strongest is Sort.WEAK:
        # "Financial Corporation" is a name in full; "Financial Services", a part that sells them.
        value = (0.4 if "services" in more else 0.56) + (0.08 if rest.form else 0) - 0.05 * (len(more) - 1)
        return Score(value, REVIEW, (f"same name, one adds its trade: {told}",))
    if strongest is Sort.PLACE:
        return Score(0.42, REVIEW, (f"same name, one adds a place: {told}",))
    if strongest is Sort.DIVISION:
        return Score(0.2, DIFFERENT, (f"{told} names a part, a product or a sister of it",))
    return Score(0.25, DIFFERENT, (f"one also says {told}",))
