"""Who, in the prose of a report on a compromised product, was reached through it: names in lists, and counted groups.

Whoever has customers names them also where nobody knows what became of them: those are customers, and no more.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kg.counts import is_group_name, is_whole, parse_count
from kg.extract.befalling import HARM, befell
from kg.extract.certainties import least
from kg.extract.places import is_place
from kg.model import Basis, Certainty, Party, Role, SupplyRelationship
from kg.names import clean
from kg.names import key as name_key
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Evidence

_VICTIMS = (
    r"(?:organi[sz]ations|companies|firms|businesses|corporations|vendors|suppliers|customers|clients|distributions|distros|agencies|projects"
    r"|providers|banks|manufacturers|institutions|universities|hospitals|airlines|retailers|sites|stores|websites|schools|municipalities|offices|practices|clinics|dealers|dealerships|homes|unions|insurers|payers|utilities|hotels|merchants|states|cities|counties|governments|pharmacies|brands|publishers)"
)
_INCLUDING = regex(
    rf"\b{_VICTIMS}\b[^.;:\n]{{0,40}}?(?:[\s,]|;\s)(?:including|(?P<verb>include|among\s(?:others|them|these|those)(?:\s(?:are|were))?)|such\s+as|like)\s*:?\s+(?P<list>[^.;:]{{2,400}}(?:\.\w[^.;:]{{0,100}}){{0,5}})",
    re.IGNORECASE,
)
_SERVING = regex(
    r"\b(?:ha(?:s|ve|d|ving)|with|serv(?:es?|ed|ing)|count(?:s|ed|ing)?|boast(?:s|ed|ing)?)\s(?P<whom>(?:[^.;:,]|,(?=\d)){0,80})\Z"
)
"""What stands before the customers that somebody has, whatever has become of them."""
_CUSTOMERS = regex(r"(?:customers|clients)\b", re.IGNORECASE)
_ITS = regex(
    r"\W*(?:it|its|they|their|the\s(?:vendor|company|firm|maker|developer|provider|supplier|product|software|tool|app|application|service|platform))\b",
    re.IGNORECASE,
)
"""What a sentence begins with that goes on telling of who was told of before."""
_USED_BY = regex(
    r"(?:,?\s(?:which|that))?(?:\s(?:is|are)|,)\s(?:\w+ly\s|also\s)?(?:used|deployed|trusted)\sby\s(?:customers\s(?:such\sas|like)\s)?"
)
_AT_USERS = regex(
    r"\bat\s+(?P<name>[A-Z0-9][\w.&'’-]*(?:\s+[A-Z0-9&][\w.&'’-]*){0,4})\s+(?:that|which|who)\s+(?:had\s+)?(?:use[sd]?|installed|r[au]n|relied)\b"
)
_NUMBER = r"\d[\d,.]*(?:\s(?:thousand|million))?"
_BOUND = r"(?:at\s+least|(?:more|fewer|less)\s+than|over|nearly|almost|about|around|up\s+to|some)"
_GROUP = (
    rf"(?P<group>(?:{_BOUND}\s+)?(?:several|multiple|many|numerous|dozens\s+of|hundreds\s+of|thousands\s+of"
    rf"|(?:(?:between|from)\s)?{_NUMBER}(?:(?:\s(?:and|to)\s|\s?[-–]\s?){_NUMBER})?(?:\sof(?:\s(?:its|their|the|[\w-]+['’]s|{_BOUND}|{_NUMBER})){{1,3}})?)"
    rf"(?:\s(?!and\b|or\b|of\b|from\b|at\b|in\b|that\b|which\b|who\b|were\b|was\b)[\w’'/-]+){{0,4}}?\s{_VICTIMS})"
)
_COUNTS = regex(r"\d|(?:several|multiple|many|numerous|dozens|hundreds|thousands)\b", re.IGNORECASE)
_REACHED = (
    regex(rf"\b(?P<harm>against|affect(?:s|ed|ing)?|impact(?:s|ed|ing)?|hit|reached|compromis(?:ed|ing)|infect(?:ed|ing))\s+{_GROUP}", re.IGNORECASE),
    regex(rf"\b{_GROUP}\s[^.;\n]{{0,40}}?\b(?:were|was|are|been)\s(?:\w+\s){{0,5}}?(?P<harm>affected|compromised|infected|hit|breached|hacked)\b", re.IGNORECASE),
)  # fmt: skip
_WERE_HIT = regex(r"\s(?:were|was)\s(?:also\s|all\s|both\s)?(?:affected|impacted|hit)\b")
_COUNTED = regex(_GROUP, re.IGNORECASE)
_CLAUSE_END = regex(r"[;:]|\.(?=\s)|\Z")
_SENTENCE_END = regex(r"[.!?]\s+|[;\n]")
_SERVED = (
    regex(rf"\b{_GROUP}\s(?:and\s\w+\s)?(?:that|which|who)?\s?(?:had\s|have\s|also\s|all\s){{0,2}}(?:rel(?:y|ied)\s(?:up)?on|depend(?:ed)?\son|use[ds]?|work(?:ed)?\swith)\b", re.IGNORECASE),
    regex(rf"\b(?:provid|offer|suppl|sell|host|manag|serv)\w*\s(?:[^.;]{{1,80}}?\s(?:to|for|of)\s)?{_GROUP}", re.IGNORECASE),
)  # fmt: skip
_BETWEEN = regex(r"\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|&)\s+")
_ARTICLE = regex(r"the\s+")
_NAME = regex(r"(?:[A-Z0-9]|[a-z]{1,8}[A-Z])[\w.&'’+-]*(?:\s(?:(?:of|the|and|for|de)\b|[A-Z0-9][\w.&'’+-]*)){0,4}")
_SAYS_MORE = regex(
    r"\s(?:were|was|are|is|have|had|has|could|may|might|who|which|that|in|during|after|before|through|via|by|to|with|as|from|without|but|while|though|although"
    r"|stolen|exposed|affected|compromised|leaked|breached|confirmed|reported|said|disclosed|used|installed|downloaded|received|lost|suffered|den(?:y|ied|ies))\b"
)
"""What stands behind the last name of a list."""
_NONE_OF = regex(r"\b(?:(?:none\sof|no|neither\sof)\s(?:\w+\s)?|(?:security|antivirus|research)\s)\Z", re.IGNORECASE)
"""What stands before companies that were spared, or that looked into it."""
_WATCHED = regex(r"\b(?:investigat|analy[sz]|publish|discover|detect|track|warn|respond|attribut|blam)", re.IGNORECASE)
"""What those do who look into it: of them a sentence tells that begins with their list."""
_NO_PARTY = regex(
    r"(?:versions?|releases?|windows|linux|mac\s?os|os\s?x|android|ios|chrome|firefox|both|neither|all|between|in|on)\b|[\d.]+\Z",
    re.IGNORECASE,
)


class Reached(NamedTuple):
    """One party that was reached: `text[start:end]` names or describes it; a group is unnamed, and not hit who is but a customer."""

    start: int
    end: int
    group: bool
    hit: bool = True
    sure: Certainty = Certainty.CONFIRMED


def downstream(text: str, names: Iterable[str]) -> Iterator[Reached]:
    """Yield whom a text says to have been reached through the compromised of some names, or to be their customer, each once."""
    met: set[str] = set()
    names = tuple(names)
    found = [*listed(text, names), *_users(text), *_rows(text), *_groups(text), *_served_by(text, names)]
    for one in sorted(found, key=lambda one: not one.hit):
        name = text[one.start : one.end].casefold()
        if name not in met:
            met.add(name)
            yield one


def served(text: str) -> Iterator[Reached]:
    """Yield the groups that a text says to use, or to be provided by, whoever it is about."""
    met: set[str] = set()
    for pattern in _SERVED if _COUNTS.search(text) else ():
        for match in pattern.finditer(text):
            if is_group_name(match["group"]) and match["group"].casefold() not in met:
                met.add(match["group"].casefold())
                yield Reached(*match.span("group"), group=True, hit=False)


def listed(text: str, names: Iterable[str], *, customers: bool = False) -> Iterator[Reached]:
    """Yield the names of a list behind "organizations, including"; of a list of customers alone where only those are asked for."""
    if not any(map(text.__contains__, _OF_LISTS)):
        return
    for match in _INCLUDING.finditer(text):
        served = _CUSTOMERS.match(match[0]) is not None
        hit = None if customers and not served else _is_hit(text, match, names)
        row = list(_row(text, *match.span("list"))) if hit is not None else []
        sure = _sureness(text, row[0][0], row[-1][1]) if hit and row else Certainty.CONFIRMED
        if sure is Certainty.DENIED:  # they are customers all the same, where they are called so
            row, hit, sure = row if served else [], False, Certainty.CONFIRMED
        for start, end in row:
            yield Reached(start, end, group=False, hit=hit is True, sure=sure)


def _is_hit(text: str, match: re.Match[str], names: Iterable[str]) -> bool | None:
    """Whether a list is one of victims, or of customers that the compromised has; None where its sentence tells neither."""
    before = text[_sentence(text, match.start()) : match.start()]
    if _NONE_OF.search(before):
        return None
    serving = _SERVING.search(before)
    if match["verb"]:  # "its customers include" tells only of those who "affected customers" are
        led = text[match.start() : match.start("list")]
        hit = None if _WATCHED.search(led) else HARM.search(" ".join([*before.split()[-_ATTRIBUTES:], led]))
    elif not HARM.search(before) and _WATCHED.search(match["list"]):
        return None
    else:
        hit = None if serving and not HARM.search(serving["whom"]) else HARM.search(before + match[0])
    if hit:
        return True
    told = _ITS.match(before) or any(re.search(rf"(?<!\w){re.escape(name.split()[0])}(?!\w)", before) for name in names)
    return False if told and _CUSTOMERS.match(match[0]) else None


_ATTRIBUTES = 2
_OF_LISTS = ("ncluding ", "nclude ", "such as ", " like ", "ncluding:", "nclude:", "among ")


def _sentence(text: str, at: int) -> int:
    """Where the sentence begins in which a place is."""
    begin = max(0, at - _LONGEST)
    return max((end.end() for end in _SENTENCE_END.finditer(text, begin, at)), default=begin)


_LONGEST = 600
"""Characters of a sentence that are read."""


def _sureness(text: str, start: int, end: int, at: int | None = None) -> Certainty:
    """How sure the sentence is in which names stand that those were harmed; `at` is where it tells of the harm, if that is known."""
    last = min(len(text), end + _LONGEST)
    stop = _SENTENCE_END.search(text, end, last)
    return befell(text, (_sentence(text, start), stop.start() if stop else last), (start, end), at)


def _row(text: str, at: int, last: int) -> Iterator[tuple[int, int]]:
    """The names of a list; what is no name ends it."""
    while at < last:
        article = _ARTICLE.match(text, at, last)
        at = article.end() if article else at
        following = _BETWEEN.search(text, at, last)
        end = following.start() if following else last
        name = text[at:end].rstrip(" .")
        if (told := _NAME.match(name)) and _SAYS_MORE.match(name, told.end()):
            name = told[0]
            following = None
        if not _NAME.fullmatch(name) or is_group_name(name) or is_place(name) or not clean(name):
            break
        yield at, at + len(name)
        at = following.end() if following else last


def _rows(text: str) -> Iterator[Reached]:
    """The names of a list that a sentence begins with and says to have been affected."""
    for match in _WERE_HIT.finditer(text):
        row = list(_row(text, _sentence(text, match.start()), match.start()))
        if (
            len(row) > 1
            and row[-1][1] == match.start()
            and not any(_NO_PARTY.match(text[start:end]) for start, end in row)
        ):
            yield from (Reached(start, end, group=False) for start, end in row)


def _served_by(text: str, names: tuple[str, ...]) -> Iterator[Reached]:
    """Whom the compromised is said to be used by: a counted group, or names."""
    for match in _USED_BY.finditer(text) if "ed by " in text else ():
        before = text[_sentence(text, match.start()) : match.start()]
        if not (before.endswith(names) or _ITS.fullmatch(before)):
            continue
        group = _COUNTED.match(text, match.end())
        if group and is_group_name(group["group"]):
            yield Reached(*group.span("group"), group=True, hit=False)
            continue
        row = list(_row(text, match.end(), _CLAUSE_END.search(text, match.end()).start()))  # type: ignore[union-attr]
        if row and not text.startswith(" to ", row[-1][1]):  # who used it for something did it harm
            yield from (Reached(start, end, group=False, hit=False) for start, end in row)


def _users(text: str) -> Iterator[Reached]:
    for match in _AT_USERS.finditer(text):
        sure = _sureness(text, *match.span("name"))
        if sure is not Certainty.DENIED:
            yield Reached(*match.span("name"), group=False, sure=sure)


def _groups(text: str) -> Iterator[Reached]:
    for pattern in _REACHED if _COUNTS.search(text) else ():
        for match in pattern.finditer(text):
            if is_group_name(match["group"]) and not is_whole(text, match.start("group")):
                sure = _sureness(text, *match.span("group"), match.start("harm"))
                if sure is not Certainty.DENIED:
                    yield Reached(*match.span("group"), group=True, sure=sure)


def reached(name: str, proof: Evidence, one: Reached) -> Party:
    """Return the party of a name, or of the words for a group with the number of its members; it is no surer than what it rests on."""
    count = parse_count(name) if one.group else None
    bounds = (count.low, None if re.match(r"[\d,]+\+", name) else count.high) if count else None
    proof = replace(proof, certainty=least(proof.certainty, one.sure))
    return Party(name, Role.AFFECTED_DOWNSTREAM if one.hit else Role.OTHER, one.group, bounds, evidence=(proof,))


def relied(compromised: Iterable[Party], customers: Iterable[Party]) -> Iterator[SupplyRelationship]:
    """Yield what follows from parties reached through compromised ones, or served by them: they used these."""
    suppliers = [one for one in compromised if one.role is Role.BREACHED and not one.unnamed_group]
    for customer in customers:
        for supplier in suppliers:
            if name_key(customer.name) != name_key(supplier.name):
                proof = tuple(replace(one, basis=Basis.IMPLIED) for one in (*customer.evidence, *supplier.evidence))
                yield SupplyRelationship(customer.name, supplier.name, evidence=proof)
