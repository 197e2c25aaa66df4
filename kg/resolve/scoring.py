"""How likely two names are one organization, and the words for why.

Names are compared word by word: equal and nearly equal words are paired, and what is left over decides. "Group" left
over means little, "Cloud" a part, two different countries two organizations. The weights are judgement, stated here
once; none is fitted. Only what is spelled alike but for legal form, spacing and the like is `same` without anybody asking.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kg.resolve.abbreviations import blend, initials
from kg.resolve.groups import SEPARATING
from kg.resolve.readings import of_the_union, one_form, one_law, owner, read
from kg.resolve.spelling import alike, bones, leet, near, plural, put_together, take_out, take_shared, without_doubles
from kg.resolve.table import table
from kg.resolve.words import Sort, words

if TYPE_CHECKING:
    from collections.abc import Collection

    from kg.resolve.readings import Reading
    from kg.resolve.table import Named

SAME, DIFFERENT, REVIEW = "same", "different", "review"
APART: Final = 0.3
"""Score below which a pair is not worth a judgement."""
_LIKELY: Final = 0.5
_TELLING: Final = 7
"""Letters from which one slip tells more than another word."""
_SHORT_OWN = 3
_OF_NAMED: Final = frozenset({"university", "college", "bank", "institute"})
"""York University is not the University of York."""
_BODIES: Final = frozenset(
    "city county town department ministry district council board commission court library".split()
)
_LOCAL: Final = frozenset({"city", "county", "town", "district"})
_SCHOOLING: Final = frozenset({"university", "college", *_BODIES})
_HEALING: Final = frozenset(
    "health healthcare hospital hospitals medical clinic center school college police federation".split()
)
_HARDLY_TWO: Final = frozenset(
    {("auto", "automotive"), ("health", "healthcare"), ("pay", "payment"), ("pay", "payments")}
)
"""Words for one trade that tell many organizations apart, and are mixed up of others."""
_ENDINGS: Final = frozenset({"com", "io", "net"})
_TWO: Final = 2
_ABBREVIATION: Final = range(2, 7)


class Score(NamedTuple):
    """How two names compare: 0 to 1 (from 0.5 they count as one organization), the decision, and the evidence in words."""

    score: float
    decision: str
    evidence: tuple[str, ...]


_NOTHING: Final = Score(0.02, DIFFERENT, ("no word in common",))


def score(left: str, right: str, left_ids: Collection[str] = (), right_ids: Collection[str] = ()) -> Score:
    """Return how two names, with what identifies their bearers, compare.

    Args:
        left: a name.
        right: another.
        left_ids: identifiers of the first ("lei:...", "wikidata:Q...", "domain:...").
        right_ids: those of the other.
    """
    if left_ids and right_ids and (found := _identified(left_ids, right_ids)):
        return found
    a, b = read(left), read(right)
    one = table().named(left, a)
    other = table().named(right, b) if one or a.plain == b.plain else None
    if one and other and (found := _listed(a, b, one, other)):
        return found
    if (one or other) and a.plain == b.plain and (found := _other_law(a, b, one, other)):
        return found
    return _told(a, b) or _compared(a, b)


def _identified(left: Collection[str], right: Collection[str]) -> Score | None:
    if shared := sorted(set(left) & set(right)):
        return Score(1.0, SAME, (f"both have the identifier {shared[0]}",))
    for scheme in SEPARATING:
        one, other = (sorted(i for i in ids if i.startswith(f"{scheme}:")) for ids in (left, right))
        if one and other:
            return Score(0.0, DIFFERENT, (f"different identifiers of one scheme: {one[0]}, {other[0]}",))
    return None


def _listed(a: Reading, b: Reading, one: Named, other: Named) -> Score | None:
    """What the table of organizations says of two names."""
    if one.organization == other.organization:
        if a.plain == b.plain:
            return _listed_alike(a, b, one)
        told = f"listed as names of {one.organization}"
        if one.owner != other.owner:
            return Score(0.9, REVIEW, (_owner_left_out(one, other),))
        former = [found.name for found in (one, other) if found.former]
        if former:
            return Score(0.85, REVIEW, (f"{told}; {' and '.join(former)} is a former name",))
        if one.verified and other.verified:
            return Score(0.99, SAME, (told,))
        return Score(0.8, REVIEW, (f"{told}; not verified",))
    between = table().relation(one.organization, other.organization)
    told = between or f"listed as two organizations: {one.organization}, {other.organization}"
    return Score(0.1 if between else 0.05, DIFFERENT, (told,))


def _owner_left_out(one: Named, other: Named) -> str:
    """Why two names of one product are asked about, of which not both tell the same owner."""
    owners = " and ".join(sorted({one.owner, other.owner} - {""}))
    return f"{one.organization} is listed as a product of {owners}; a name that leaves this out may mean another"


def _listed_alike(a: Reading, b: Reading, found: Named) -> Score | None:
    """What the table says of two spellings of one name: that its bearer is known by it, whatever the legal form."""
    if a.aside or b.aside or a.capitals != b.capitals or found.former or not found.verified or one_law(a, b):
        return None
    return Score(0.97, SAME, (f"listed as {found.organization}; legal forms differ: {a.form}, {b.form}",))


def _other_law(a: Reading, b: Reading, one: Named | None, other: Named | None) -> Score | None:
    """Whether a name is listed with a legal form, and the other has that of another country's law: Merck, and Merck KGaA."""
    for named, told in ((one, b), (other, a)):
        if named and named.sure and not one_form(named.form, told.form):
            law = "another law" if of_the_union(named.form, told.form) else "another country"
            value = 0.45 if a.form and b.form else 0.8
            return Score(value, REVIEW, (f"listed as {named.name}; {told.name} has a legal form of {law}",))
    return None


def of_other_law(left: str, right: str) -> bool:
    """Return whether two spellings of one name may be of two organizations because their legal forms are of two countries' law."""
    if score(left, right).decision == SAME:
        return False
    a, b = read(left), read(right)
    return not one_law(a, b) or _other_law(a, b, table().named(left, a), table().named(right, b)) is not None


def _told(a: Reading, b: Reading) -> Score | None:
    """What the names say of each other: "Vocify Inc. d/b/a Vellum" and "Vellum"."""
    if not a.says and not b.says:
        return None
    return _says(a, b) or _says(b, a)


def _says(one: Reading, other: Reading) -> Score | None:
    """What one name says of the other."""
    for names, value, told in ((one.trading, 0.8, "also goes by"), (one.former, 0.75, "was formerly")):
        if any(_compared(read(name), other).score >= _LIKELY for name in names):
            return Score(value, REVIEW, (f"{one.name} {told} {names[0]}, as the name says",))
    if one.aside and read(one.aside).joined == other.joined and one.joined != other.joined:
        return Score(0.45, REVIEW, (f"{one.aside} stands in brackets: a product, an owner or another name",))
    owned = owner(one.name)
    if owned and other.joined in {read(part).joined for part in owned}:
        return Score(0.4, REVIEW, (f"{owned[0]} is said to belong to {owned[1]}",))
    return None


def _compared(a: Reading, b: Reading) -> Score:
    if a.joined > b.joined or (a.joined == b.joined and a.name > b.name):
        a, b = b, a
    if not a.joined or not b.joined:
        return Score(0.0, DIFFERENT, ("a name without a letter or digit",))
    if a.joined == b.joined:
        return _alike(a, b)
    found = _abbreviated(a, b) or _abbreviated(b, a) or _respelled(a, b) or _by_words(a, b)
    return _otherwise(a, b, found) if a.others or b.others else found


def _otherwise(a: Reading, b: Reading, found: Score) -> Score:
    """How two names compare in another reading of one, if they are likelier one then; that is asked, less surely of single words."""
    pairs = [(why, other, b) for why, other in a.others] + [(why, a, other) for why, other in b.others]
    for why, one, other in pairs:
        told = _compared(one._replace(others=()), other._replace(others=()))
        if told.score > max(found.score, APART):
            most = 0.6 if len(one.tokens) == len(other.tokens) == 1 else 0.8
            found = Score(min(told.score, most), REVIEW, (f"with {why}: {told.evidence[0]}", *told.evidence[1:]))
    return found


def _alike(a: Reading, b: Reading) -> Score:
    """Two names with one spelling but for what does not matter, or for what matters in short names."""
    if a.capitals != b.capitals and len(a.joined) <= _SHORT_OWN:
        return Score(0.45, REVIEW, ("one is in capitals: an abbreviation and a word may be spelled alike",))
    if a.aside and b.aside and read(a.aside).joined != read(b.aside).joined:
        return Score(0.2, DIFFERENT, (f"same name, but behind it stand in brackets: {a.aside} / {b.aside}",))
    if a.aside != b.aside:
        aside = a.aside or b.aside
        if all(sort is Sort.PLACE for sort in read(aside).sorts):
            return Score(0.42, REVIEW, (f"same name, one adds a place: {aside}",))
        return Score(0.7, REVIEW, (f"same name; {aside} stands in brackets behind one",))
    if a.plain != b.plain:
        if a.plain.rstrip("'") == b.plain.rstrip("'"):
            return Score(0.8, REVIEW, ("same words, but whose it is may tell two names apart",))
        if a.plain.replace(" ", "") == b.plain.replace(" ", ""):
            return Score(0.8, REVIEW, ("same letters, but spacing may tell two names apart",))
        return Score(0.9, REVIEW, ("same words in another spelling, language or script",))
    if a.name == b.name:
        return Score(1.0, SAME, ("same name",))
    if not one_law(a, b):
        laws = "one country and of the European Union" if of_the_union(a.form, b.form) else "two countries"
        return Score(0.8, REVIEW, (f"same core name, legal forms of {laws}: {a.form}, {b.form}",))
    if a.key != b.key:
        return Score(0.96, SAME, ("same words, spacing differs",))
    differs = "legal form" if a.form != b.form else "case or punctuation"
    return Score(0.98, SAME, (f"same core name, {differs} differs",))


def _abbreviated(a: Reading, b: Reading) -> Score | None:
    """Whether the first is an abbreviation of the second."""
    if len(a.tokens) > 1:
        return _partly_abbreviated(a, b)
    if len(a.joined) in _ABBREVIATION and len(a.joined) <= len(b.spelled) + 1 and a.joined in b.initials:
        long = len(a.joined) > 2  # noqa: PLR2004 - two letters abbreviate much
        told = f"{a.joined.upper()} is made of the first letters of {b.name}"
        return Score(0.65 if long else 0.52, REVIEW, (told,))
    if a.joined == b.spelled[0] and a.joined in initials(b.spelled[1:], b.form):
        return Score(0.65, REVIEW, (f"{a.name} stands before what it abbreviates: {b.name}",))
    if blend(a.joined, b.tokens):
        return Score(0.6, REVIEW, (f"{a.name} is made of the beginnings of the words of {b.name}",))
    return None


def _partly_abbreviated(a: Reading, b: Reading) -> Score | None:
    """Whether the first word abbreviates the first words of the other, the rest being alike ("UC San Diego") or general."""
    head, rest = a.tokens[0], a.tokens[1:]
    count = len(head)
    if count not in _ABBREVIATION or not a.name[:count].isupper():
        return None
    if "".join([token[0] for token in b.tokens[:count]]) != head:
        return None
    general = not b.tokens[count:] and count >= _SHORT_OWN and max(a.sorts[1:]) <= Sort.DIVISION
    if b.tokens[count:] != rest and not general:
        return None
    return Score(
        0.6 if b.tokens[count:] == rest else 0.52, REVIEW, (f"{head.upper()} is made of the first letters of {b.name}",)
    )


def _respelled(a: Reading, b: Reading) -> Score | None:
    """Whether two names differ as slips of the pen do, or in where they tell a place."""
    if (
        a.aside != b.aside
        and (told := _placed(a) or _placed(b))
        and sorted(told) in (sorted(a.tokens), sorted(b.tokens))
    ):
        return Score(0.85, REVIEW, ("same words, one has the place in brackets",))
    if len(a.tokens) == len(b.tokens) and (a.tokens == b.tokens or sorted(a.tokens) == sorted(b.tokens)):
        if (
            a.tokens != b.tokens
            and _OF_NAMED & set(a.tokens)
            and len({" of " in f"{told.name} " for told in (a, b)}) > 1
        ):
            return Score(0.45, REVIEW, ("the place of the one may be the name of the other",))
        if a.tokens != b.tokens and len(a.tokens) == _TWO and min(a.sorts) >= Sort.BRANCH:
            return Score(0.45, REVIEW, ("two words of their own in another order",))
        return Score(0.85, REVIEW, ("same words in another order or with other joining words",))
    if len(a.joined) == len(b.joined) and leet(a.joined) == leet(b.joined):
        return Score(0.85, REVIEW, ("same spelling, digits for letters",))
    if a.foreign != b.foreign and bones(a.joined) == bones(b.joined):
        return Score(0.7, REVIEW, ("the same in another script, as far as the letters tell",))
    return _slip(a.joined, b.joined) if len(a.tokens) == len(b.tokens) == 1 else None


def _placed(one: Reading) -> tuple[str, ...]:
    """The words of a name with those in brackets behind it, if these are places; none otherwise."""
    beside = read(one.aside) if one.aside else None
    return (*one.tokens, *beside.tokens) if beside and all(sort is Sort.PLACE for sort in beside.sorts) else ()


def _slip(one: str, other: str) -> Score | None:
    if not near(one, other):
        return None
    swapped = sorted(one) == sorted(other) or without_doubles(one) == without_doubles(other)
    left_out = len(one) != len(other) and one[-1] == other[-1]
    short = (max if left_out else min)(len(one), len(other)) < _TELLING
    short = short or (len(one) == len(other) and one[-1] != other[-1])
    return Score((0.4 if short else 0.6) + (0.15 if swapped else 0), REVIEW, (f"spelled nearly alike: {one}, {other}",))


def _by_words(a: Reading, b: Reading) -> Score:
    """Pair the words, and weigh what is left over."""
    left, right = put_together(a.tokens, b.tokens), put_together(b.tokens, a.tokens)
    shared = take_shared(left, right)
    slips = _slips(left, right, a.dotted | b.dotted) if left and right else []
    if not shared and not slips:
        return _NOTHING
    told = (*shared, *(min(pair, key=words().sort) for pair in slips))
    found = _left_over(_Rest(told, tuple(left), tuple(right), *((a.form, b.form) if left else (b.form, a.form))))
    if not slips:
        return found
    value = found.score * (1.0 if all(plural(*pair) for pair in slips) else 0.8)
    evidence = tuple(f"spelled nearly alike: {one}, {other}" for one, other in slips)
    return Score(round(value, 2), DIFFERENT if value < APART else REVIEW, (*evidence, *found.evidence))


def _slips(left: list[str], right: list[str], dotted: frozenset[str]) -> list[tuple[str, str]]:
    """The words that are spelled nearly alike, taken out of both; those with a full stop are given."""
    pairs = [(x, y) for x in left for y in right if x[0] == y[0] and alike(x, y, dotted) and not _two_words(x, y)]
    return take_out(left, right, pairs) if pairs else []


def _two_words(one: str, other: str) -> bool:
    """Whether both are words of the language of names, so that neither is a slip for the other ("northeastern")."""
    return one in words().sorts and other in words().sorts and not plural(one, other)


class _Rest(NamedTuple):
    """The words that two names share, those that one has alone, the legal form of the longer one and that of the other."""

    shared: tuple[str, ...]
    left: tuple[str, ...]
    right: tuple[str, ...]
    form: str
    whole: str

    @property
    def own(self) -> bool:
        """Whether a word that they share is more than a general one."""
        return Sort.OWN in words().sorted(self.shared)


def _left_over(rest: _Rest) -> Score:
    if not rest.left and not rest.right:
        return Score(0.85, REVIEW, ("all words pair",))
    if rest.left and rest.right:
        return _both_more(rest)
    return _one_more(rest, rest.left or rest.right)


def _both_more(rest: _Rest) -> Score:
    told = f"{' '.join(rest.left)} / {' '.join(rest.right)}"
    left, right = words().sorted(rest.left), words().sorted(rest.right)
    if Sort.PLACE in left and Sort.PLACE in right:
        return Score(0.05, DIFFERENT, (f"different places: {told}",))
    if rest.own and max(*left, *right) is Sort.FILLER:
        return Score(0.45, REVIEW, (f"same name, other general words: {told}",))
    if rest.shared and tuple(sorted((*rest.left, *rest.right))) in _HARDLY_TWO:
        several = words().sorted(rest.shared).count(Sort.OWN) > 1  # words of its own
        return Score(0.6 if several else 0.45, REVIEW, (f"same name, but these words may tell two apart: {told}",))
    return Score(0.15 if rest.own else 0.05, DIFFERENT, (f"other words differ: {told}",))


def _one_more(rest: _Rest, more: tuple[str, ...]) -> Score:
    """One name is the other and something more."""
    told, strongest = " ".join(more), max(words().sorted(more))
    if found := _place_or_body(rest, more):
        return found
    if not rest.own and not (len(rest.shared) > 1 and strongest <= Sort.WEAK):
        return Score(0.2, DIFFERENT, (f"only general words in common; one also says {told}",))
    if strongest is Sort.FILLER:
        short = sum(map(len, rest.shared)) <= _SHORT_OWN
        value = (0.55 if short else 0.85) - 0.06 * (len(more) - 1) + (0.05 if told in _ENDINGS else 0)
        return Score(round(value, 2), REVIEW, (f"same name, one adds the general word {told}",))
    if strongest is Sort.WEAK:
        # "Financial Corporation" is a name in full; "Financial Services", a part that sells them.
        value = (0.4 if "services" in more else 0.56) + (0.08 if rest.form else 0) - 0.05 * (len(more) - 1)
        value -= 0.12 if rest.whole and not rest.form else 0
        return Score(round(value, 2), REVIEW, (f"same name, one adds its trade: {told}",))
    if strongest is Sort.PLACE:
        return Score(0.42, REVIEW, (f"same name, one adds a place: {told}",))
    if strongest in {Sort.BRANCH, Sort.DIVISION}:
        if strongest is Sort.BRANCH and rest.form:
            return Score(0.52, REVIEW, (f"same name; {told} may be its trade in full, or a part of it",))
        return Score(0.2, DIFFERENT, (f"{told} names a part, a product or a sister of it",))
    return Score(0.25, DIFFERENT, (f"one also says {told}",))


def _place_or_body(rest: _Rest, more: tuple[str, ...]) -> Score | None:
    """What a body of government or of learning is, with a place, or with another body, more."""
    sorts, shared = set(words().sorted(more)), set(rest.shared)
    told = " ".join(more)
    if more == ("city",) and max(words().sorted(shared)) >= Sort.PLACE:
        return Score(0.6, REVIEW, ("a place, and its city",))
    if more == ("state",) and set(words().sorted(shared)) == {Sort.PLACE}:
        return Score(0.45, REVIEW, ("a place, and the state or a body of it",))
    if sorts == {Sort.PLACE} and shared & _BODIES and len(shared) > 1:
        return Score(
            0.6 if shared & _LOCAL or more == ("usa",) else 0.45, REVIEW, (f"same body, one says where: {told}",)
        )
    if more == ("district",) and shared & {"school", "schools"}:
        return Score(0.6, REVIEW, ("schools, and their district",))
    if shared & _HEALING and set(more) & _HEALING:
        return Score(0.4, REVIEW, (f"{told} may be a part of it, or the whole that it is part of",))
    if shared & _SCHOOLING and set(more) & (_HEALING | _BODIES):
        return Score(0.4, REVIEW, (f"{told} may be a body of its own",))
    if set(more) & _BODIES and not shared & _BODIES:
        return Score(0.4, REVIEW, (f"a name, and a body of government: {told}",))
    return None
