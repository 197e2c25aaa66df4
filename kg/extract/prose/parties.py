"""Who takes part in a text: names of one party put together, and what refers back to it ("the vendor", "its", "we")."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.extract.places import is_place
from kg.extract.prose.groups import groups
from kg.extract.prose.lexicon import is_common
from kg.extract.prose.tokens import known
from kg.names import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extract.prose.tokens import Tokens

MOST: Final = 60
"""Parties of a text; so many that what compares them stays quick."""
GENERIC: Final = frozenset(
    """
    american national new united first general international global royal bank university city county state central
    north south east west federal department office the health school college hospital data security british group digital
    public community saint st san los las great western eastern northern southern attorney ministry credit union trust
    agency authority commission commissioner bureau police centre center regional district federal of and for
    """.split()
)
_LETTERED: Final = re.compile(r"[A-Za-z][\w’'.]*")
_SMALL: Final = frozenset("of the and & for de du del la von van der den di da et y e 's ’s und im am".split())


_CLOSING: Final = frozenset({")", '"', "”", "’", "'"})
_OPENING: Final = frozenset({'"', "“", "‘", "'", "the", "or"})


@dataclass(slots=True)
class Mention:
    """Words [first, last) that stand for a party: "name", "group", "noun" ("the vendor") or "pronoun"."""

    first: int
    last: int
    kind: str
    weight: float = 1.0


@dataclass(slots=True)
class Party:
    """An organization, attacker or group of a text.

    Attributes:
        kind: "ORG", "ATT" or "GRP" as the tagger saw it, "RUN" for capitalised words that it did not take for a name.
        name: the fullest form.
        first, last: the words of the fullest form, where it stands first.
        weight: how sure the tagger is.
        nouns: words that describe it ("lender").
        is_vendor: whether a word beside a name calls it a supplier.
        sort: "person" or "place" where it seems to be one.
    """

    number: int
    kind: str
    name: str
    first: int
    last: int
    weight: float
    mentions: list[Mention] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    nouns: set[str] = field(default_factory=set)
    is_vendor: bool = False
    sort: str = ""


def printed(words: Tokens, first: int, last: int) -> str:
    """Return the text of words [first, last)."""
    return words.text[words.starts[first] : words.ends[last - 1]]


def parties(words: Tokens, spans: Sequence[tuple[int, int, str, float]]) -> list[Party]:
    """Return the parties of a text; `spans` are (first, last, label, weight) of what the tagger found, in order."""
    found: list[Party] = []
    for first, last, label, weight in spans:
        text = printed(words, first, last)
        party = None if label == "GRP" else _bracketed(words, found, first, last) or _known(found, text, label)
        if party is None:
            if len(found) == MOST:
                continue
            party = Party(len(found), label, text, first, last, weight)
            found.append(party)
        _take(party, text, first, last, label, weight)
    _short_forms(words, found)
    found = _with_products(words, found)
    _describe(words, found)
    for party in found:
        party.sort = _sort(words, party)
        party.mentions.sort(key=lambda mention: mention.first)
    return found


_PRODUCT: Final = frozenset({"PRODUCT"})
_OF: Final = frozenset({"of", "from", "by"})


def _with_products(words: Tokens, found: list[Party]) -> list[Party]:
    """The parties without those that are products of another; the places of a product are its maker's."""
    at_word = {mention.first: party for party in found for mention in party.mentions if party.kind != "GRP"}
    maker: dict[int, Party] = {}
    for party in found:
        for mention in party.mentions if party.kind != "GRP" else ():
            other = _maker(words, mention, at_word)
            if other is not None and other is not party and other.number not in maker:
                maker.setdefault(party.number, other)
    for number, other in maker.items():
        for mention in found[number].mentions:
            mention.kind = "name"
            other.mentions.append(mention)
    kept = [party for party in found if party.number not in maker]
    for number, party in enumerate(kept):
        party.number = number
    return kept


def _maker(words: Tokens, mention: Mention, at_word: dict[int, Party]) -> Party | None:
    """Whose product a name is where the words beside it say so: "Drift, a product of Lark", "Lark's Drift platform"."""
    first, last = words.sentences[words.sentence_of[mention.first]]
    behind = mention.last
    product = any("PRODUCT" in words.kinds[at] for at in range(behind, min(last, behind + 2)))
    if product and mention.first - 2 >= first and words.lowers[mention.first - 1] == "'s":
        return next((party for at, party in at_word.items() if any(m.last == mention.first - 1 for m in party.mentions)), None)
    ahead = range(behind, min(last, behind + 9))
    said = next((at for at in ahead if "PRODUCT" in words.kinds[at] or words.lowers[at] in {"made", "sold", "built", "developed"}), None)
    if said is None or (words.words[behind] not in {",", "("} and words.lowers[behind] not in {"is", "made", "sold", "built", "developed", "software", "tool", "product"}):
        return None
    for at in range(said + 1, min(last, said + 4)):
        if words.lowers[at] in _OF:
            for step in range(at + 1, min(last, at + 4)):
                if step in at_word:
                    return at_word[step]
            return None
    return None


def _take(party: Party, text: str, first: int, last: int, label: str, weight: float) -> None:
    party.mentions.append(Mention(first, last, "group" if label == "GRP" else "name", weight))
    party.weight = max(party.weight, weight)
    if party.kind == "RUN" and label != "RUN":
        party.kind = label
    if text in party.forms:
        return
    longer = len(text.split()) > len(party.name.split()) or (
        len(text) > len(party.name) and key(text) == key(party.name)
    )
    if not party.forms or longer or (party.name.isupper() and len(text) > len(party.name)):
        party.name, party.first, party.last = text, first, last
    party.forms.append(text)


def _bracketed(words: Tokens, found: list[Party], first: int, last: int) -> Party | None:
    """The party that a short form in brackets right behind its name stands for."""
    if first < 2 or last >= len(words) or words.words[last] not in _CLOSING:
        return None
    at = first - 1
    while at > first - 4 and at >= 0 and words.lowers[at] in _OPENING:
        at -= 1
    if at < 1 or words.words[at] != "(":
        return None
    party = next((p for p in reversed(found) for m in p.mentions if m.last == at and m.kind == "name"), None)
    quoted = at < first - 1
    brief = printed(words, first, last)
    if party is None or not (quoted or (last - first == 1 and (brief.isupper() or brief in party.name))):
        return None
    return party


def _known(found: list[Party], text: str, label: str) -> Party | None:
    for party in found:
        if party.kind == "GRP" or (label == "ATT") != (party.kind == "ATT") and "RUN" not in {label, party.kind}:
            if key(party.name) != key(text) or party.kind == "GRP":
                continue
        if any(same(form, text) for form in party.forms):
            return party
    return None


def same(one: str, other: str) -> bool:
    """Return whether two names of one text are forms of one: alike, one the beginning or the last word of the other, or its initials."""
    first, second = key(one).split(), key(other).split()
    if first == second:
        return True
    short, long = sorted((first, second), key=len)
    if not short:
        return False
    if len(short) == len(long):
        return len(short) == 1 and (_initials(one, other) or _initials(other, one))
    if long[: len(short)] == short:
        return not set(short) <= GENERIC and len(short[0]) > 1
    if len(short) == 1:
        full, brief = (one, other) if len(first) > len(second) else (other, one)
        return (long[-1] == short[0] and short[0] not in GENERIC and len(short[0]) > 3) or _initials(full, brief)
    return long[-len(short) :] == short and not set(short) <= GENERIC


def _initials(full: str, brief: str) -> bool:
    """Whether a short form is made of the first letters of a name."""
    plain = brief.replace(".", "").replace("&", "")
    if not plain.isupper() or not 2 <= len(plain) <= 8:
        return False
    letters = "".join(word[0] for word in _LETTERED.findall(full) if word[0].isupper())
    every = "".join(word[0] for word in _LETTERED.findall(full)).upper()
    return len(letters) > 1 and plain in {letters, every, letters[: len(plain)] if len(plain) > 2 else letters}


def _short_forms(words: Tokens, found: list[Party]) -> None:
    """Add the places where the first word of a name stands alone, and every other place of a name."""
    heads: dict[str, Party] = {}
    for party in found:
        if party.kind == "GRP":
            continue
        for form in party.forms:
            head = form.split()[0]
            plain = head.rstrip(",")
            if len(plain) > 2 and plain.lower() not in GENERIC and plain[0].isupper():
                heads.setdefault(plain, party)
    taken = {at for party in found for mention in party.mentions for at in range(mention.first, mention.last)}
    lower = set(words.lowers) & {word for word in words.words if word.islower()}
    for at, word in enumerate(words.words):
        if at in taken or word not in heads or word.lower() in lower:
            continue
        last = at + 1
        heads[word].mentions.append(Mention(at, last, "name", 0.5))


def _describe(words: Tokens, found: list[Party]) -> None:
    """Note the nouns that stand beside a name, and whether one calls it a supplier."""
    for party in found:
        party.nouns |= {word.lower() for form in party.forms for word in form.split()}
        for mention in party.mentions:
            if mention.kind not in {"name", "group"}:
                continue
            for at in range(max(0, mention.first - 3), mention.first):
                _noun(words, at, party, mention)
            if mention.last < len(words) and words.words[mention.last] == ",":
                for at in range(mention.last + 1, min(len(words), mention.last + 8)):
                    if words.words[at] in {",", "."}:
                        break
                    _noun(words, at, party, mention)


def _noun(words: Tokens, at: int, party: Party, mention: Mention) -> None:
    if words.sentence_of[at] != words.sentence_of[mention.first]:
        return
    kinds = words.kinds[at]
    if "VENDOR" in kinds or "KIND" in kinds or "COMPANY" in kinds or "PARTNER" in kinds:
        party.nouns.add(words.lowers[at])
        party.is_vendor |= "VENDOR" in kinds or "PARTNER" in kinds


_NOUNS: Final = frozenset({"VENDOR", "COMPANY", "KIND", "PARTNER"})
_NOT_SUBJECT: Final = frozenset(
    "of from at by to with in for against through via on into like than about as called named told including between behind near over".split()
)


def with_references(words: Tokens, found: list[Party]) -> None:
    """Add to each party of a text the nouns and pronouns that refer back to it."""
    at_word: dict[int, tuple[Party, Mention]] = {
        mention.first: (party, mention) for party in found for mention in party.mentions
    }
    inside = {at for party in found for mention in party.mentions for at in range(mention.first, mention.last)}
    memory = _Memory(_narrator(words, found))
    for number, (first, last) in enumerate(words.sentences):
        at = first
        while at < last:
            if at in at_word:
                party, mention = at_word[at]
                memory.remember(party, number, subject=at == first or words.lowers[at - 1] not in _NOT_SUBJECT)
                at = max(mention.last, at + 1)
                continue
            if at not in inside and (reference := _reference(words, at, last)):
                end, noun = reference
                party_or_none = memory.referent(words.lowers[at], noun, number, found)
                if party_or_none is not None:
                    kind = "noun" if noun else "pronoun"
                    party_or_none.mentions.append(Mention(at, end, kind, 0.5))
                    if noun and (at == first or words.lowers[at - 1] not in _NOT_SUBJECT):
                        memory.subject, memory.sentence = party_or_none, number
                at = end
                continue
            at += 1
    for party in found:
        party.mentions.sort(key=lambda mention: mention.first)


def _reference(words: Tokens, at: int, last: int) -> tuple[int, str] | None:
    """(one past the last word, noun or "" for a pronoun) of what refers back at a word."""
    lower = words.lowers[at]
    kinds = words.kinds[at]
    if "OUR" in kinds or "ITS" in kinds and lower != "his" and lower != "her" or "IT" in kinds:
        return at + 1, ""
    if lower not in {"the", "this", "that"}:
        return None
    for end in range(at + 1, min(last, at + (5 if lower == "the" else 2))):
        if not words.words[end][0].isalpha() or (words.words[end][0].isupper() and end > at + 1):
            return None
        if lower != "the" and {"VENDOR", "COMPANY"}.isdisjoint(words.kinds[end]):
            return None
        if not _NOUNS.isdisjoint(words.kinds[end]):
            following = words.words[end + 1] if end + 1 < last else "."
            if following[0].isupper() or following in {"of", "that", "which", "who", "called", "named"}:
                return None
            if end + 1 < last and not {"VENDOR", "COMPANY", "KIND", "PRODUCT", "SYSTEM", "CUSTOMER"}.isdisjoint(words.kinds[end + 1]):
                continue
            return end + 1, words.lowers[end]
        if not words.words[end].islower():
            return None
        if not {"PREP", "BE", "HAVE", "CONJ", "REL", "SAY"}.isdisjoint(words.kinds[end]):
            return None
    return None


def _narrator(words: Tokens, found: list[Party]) -> Party | None:
    """Who says "we": the first party named that no word calls a supplier; None where nobody speaks so."""
    ours = quoted = 0
    for lower in words.lowers:
        if lower in {'"', "“", "”"}:
            quoted = 1 - quoted if lower == '"' else lower == "“"
        ours += not quoted and lower in {"we", "our", "us"}
    if ours < 2:
        return None
    named = sorted((p for p in found if p.kind == "ORG" and not p.sort), key=lambda p: min(m.first for m in p.mentions))
    return next((p for p in named if not p.is_vendor), named[0] if named else None)


@dataclass(slots=True)
class _Memory:
    """Who was spoken of last: as a subject, in any place, as a supplier, as another."""

    narrator: Party | None
    subject: Party | None = None
    sentence: int = -9
    latest: Party | None = None
    before: Party | None = None
    supplier: Party | None = None
    other: Party | None = None
    opening: Party | None = None

    def remember(self, party: Party, number: int, *, subject: bool) -> None:
        """Take in a name."""
        if party.kind not in {"ORG", "GRP"} or party.sort:
            return
        if party.is_vendor:
            self.supplier = party
        else:
            self.other = party
        self.opening = self.opening or party
        if self.latest is not party:
            self.before, self.latest = self.latest, party
        if subject and (self.sentence != number or self.subject is None):
            self.subject, self.sentence = party, number
        elif self.subject is None:
            self.subject, self.sentence = party, number

    def referent(self, lower: str, noun: str, number: int, found: list[Party]) -> Party | None:
        """The party that a word refers to, None for none."""
        if not noun:
            if lower in {"we", "our", "us", "ours"}:
                return self.narrator
            if self.narrator is not None and self.subject is self.narrator:
                return self.latest if self.latest is not self.narrator else self.before
            if self.sentence < number - 1:
                return None
            self.sentence = number
            return self.subject
        fits = [p for p in found if noun in p.nouns and p.kind == "ORG" and p.mentions and p.first]
        named = [p for p in (self.subject, self.latest, self.before, self.supplier, self.other, self.opening) if p]
        described = next((p for p in named if noun in p.nouns and p.kind != "GRP"), None) or (fits[0] if len(fits) == 1 else None)
        if described is not None:
            return described
        if noun in {"vendor", "supplier", "provider", "contractor", "processor", "maker", "host"}:
            return self.supplier or (self.latest if self.latest is not self.opening else self.before) or self.latest
        if noun in {"company", "firm", "business", "group", "corporation", "organisation", "organization"}:
            if self.narrator is not None and self.subject is self.narrator:
                return self.supplier or (self.latest if self.latest is not self.narrator else self.before)
            return self.subject or self.latest
        return self.other or self.opening




def _sort(words: Tokens, party: Party) -> str:
    """Whether a name seems to be that of a person or a place."""
    if party.kind == "GRP":
        return ""
    parts = party.name.split()
    kinds = [known(part.strip(",.’'"))[1] if part.strip(",.’'") else () for part in parts]
    if is_place(party.name) or all("PLACE" in kind or "DEMONYM" in kind for kind in kinds):
        return "place"
    if len(parts) > 3 or not _INSTITUTION.isdisjoint(kind for kind_s in kinds for kind in kind_s):
        return ""
    if len(parts) > 1 and "GIVEN" in kinds[0]:
        return "person"
    if len(parts) > 1 and any(form == parts[-1] for form in party.forms) and parts[0] not in party.forms:
        return "person"
    for mention in party.mentions:
        if mention.kind != "name" or mention.last - mention.first > 3:
            continue
        before = words.kinds[mention.first - 1] if mention.first else ()
        behind = words.lowers[mention.last : mention.last + 4]
        titled = behind[:1] == [","] and any("TITLE" in known(word)[1] for word in behind[1:4] if word[0].isalpha())
        if len(parts) > 1 and ("TITLE" in before or titled or behind[:2] == [",", "who"]):
            return "person"
    return ""


_INSTITUTION: Final = frozenset({"OFFICE", "FIRMS", "TECH", "MEDIA", "KIND", "COMPANY"})


def runs(words: Tokens) -> Iterator[tuple[int, int]]:
    """Yield capitalised runs of words: what may be a name; ordinary words that begin a sentence, days and months left out."""
    lower = {word for word in words.words if word.islower()}
    for first, last in words.sentences:
        at = first
        while at < last:
            if not _capital(words, at) or (_opens(words, at, first) and _ordinary(words, at, lower)):
                at += 1
                continue
            end = at + 1
            while end < last and (
                _legal(words, end, last)
                or (_capital(words, end) and not (words.words[end] == "I"))
                or (end + 1 < last and _capital(words, end + 1) and (words.lowers[end] in _FOREIGN or (words.lowers[end] in _SMALL and _joins(words, at, end))))
            ):
                end += 1
            if end - at < 10:
                yield at, end
            at = end


def _legal(words: Tokens, at: int, last: int) -> bool:
    """Whether a comma, a legal form or its stop goes on with a name."""
    if words.words[at] == ",":
        return at + 1 < last and words.lowers[at + 1].rstrip(".") in _FORMS
    return words.words[at] == "." and words.lowers[at - 1] in _FORMS and at + 1 < last


_FORMS: Final = frozenset("inc llc ltd plc corp co gmbh ag sa nv bv oy ab as spa srl llp limited".split())
_FOREIGN: Final = frozenset("de du del la van von der den di da dos y e et &".split())


def _capital(words: Tokens, at: int) -> bool:
    word, kinds = words.words[at], words.kinds[at]
    if "DAY" in kinds or ("MONTH" in kinds and _dated(words, at)):
        return False
    if word[0].isdigit():
        return any(c.isupper() for c in word[1:]) and len(word) < 20
    return any(c.isupper() for c in word) and word[0] not in "'’"


def _dated(words: Tokens, at: int) -> bool:
    """Whether the name of a month is one here."""
    if words.lowers[at] not in {"may", "march", "mar", "jan"}:
        return True
    beside = words.words[max(0, at - 1)][0] + words.words[min(len(words) - 1, at + 1)][0]
    return any(c.isdigit() for c in beside) or (at > 0 and "PREP" in words.kinds[at - 1])


def _opens(words: Tokens, at: int, first: int) -> bool:
    return at == first or words.words[at - 1] in _BEFORE_OPENING


_BEFORE_OPENING: Final = frozenset({"“", '"', "‘", "(", ":", "-", "•", "*", "—", "–", ">", "."})


def _ordinary(words: Tokens, at: int, lower: set[str]) -> bool:
    low = words.lowers[at]
    return is_common(low) or low in lower or (words.words[at].istitle() and bool(words.kinds[at]) and _PLAIN.isdisjoint(words.kinds[at]))


_PLAIN: Final = frozenset({"OFFICE", "FIRMS", "TECH", "MEDIA", "GIVEN", "PLACE", "DEMONYM", "KIND", "COMPANY"})


def _joins(words: Tokens, first: int, at: int) -> bool:
    """Whether "of", "and" or "for" may stand inside a name: behind a word for an institution."""
    if words.lowers[at] == "and":
        return not {"OFFICE", "TECH"}.isdisjoint(words.kinds[at - 1]) or words.lowers[at + 1] in {"sons", "co", "company", "partners", "daughters", "associates"}
    return any(not _PLACED.isdisjoint(words.kinds[step]) for step in range(first, at))


_PLACED: Final = frozenset({"OFFICE", "FIRMS", "KIND"})


def named(words: Tokens, found: Sequence[tuple[int, int, str, float]]) -> list[tuple[int, int, str, float]]:
    """Return what the tagger found, with names brought into line with the capitalised runs of the text, and the runs it left."""
    able = list(runs(words))
    lower = {word for word in words.words if word.islower()}
    told = []
    covered: set[int] = set()
    counted = [span for span in _counted(words)]
    for first, last, label, weight in found:
        if label == "GRP":
            first, last = next(((a, b) for a, b in counted if a < last and first < b), (first, last))
        else:
            near = [run for run in able if run[0] < last and first < run[1]]
            if not near and (weight < _SURE or not any(c.isalnum() for c in printed(words, first, last))):
                continue
            inside = near and near[0][0] <= first and last <= near[0][1]
            if near and (weight < _SURE or (inside and weight < _CERTAIN)):
                first, last = near[0]
            while last - first > 1 and words.sentences[words.sentence_of[first]][0] == first and _ordinary(words, first, lower):
                first += 1
        if covered.isdisjoint(range(first, last)):
            covered.update(range(first, last))
            told.append((first, last, label, weight))
    told += [(first, last, "RUN", 0.0) for first, last in able if covered.isdisjoint(range(first, last))]
    return sorted(told)


def _counted(words: Tokens) -> Iterator[tuple[int, int]]:
    """The groups that a grammar finds, as words."""
    bounds = [(words.starts[first], words.ends[last - 1]) for first, last in words.sentences]
    place = {start: at for at, start in enumerate(words.starts)}
    behind = {end: at + 1 for at, end in enumerate(words.ends)}
    for start, end in groups(words.text, bounds, ()):
        if start in place and end in behind:
            yield place[start], behind[end]


_SURE: Final = 0.7
_CERTAIN: Final = 0.95
