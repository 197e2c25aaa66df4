"""Which verb of its clause a date belongs to, and what that makes of it: the day of finding, of telling, of doing harm, or of none of these."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from kg.dates import find_dates
from kg.extract.clauses import sureness
from kg.extract.lexicon import VERBS
from kg.extract.tokens import tokens
from kg.model import Certainty, DateOf
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.dates import FoundDate
    from kg.extract.tokens import Tokens
    from kg.model import Span

OTHER: Final = "none"
"""What a date dates that is none of the incident's."""
DISCLOSING: Final = "acknowledged admitted announced confirmed disclosed informed notified revealed said told"
"""The words by which somebody makes an incident known."""
_MEANING: Final = {
    word: meaning
    for meaning, words in (
        (
            DateOf.DISCOVERED,
            "detected detects discovered discovers noticed realised realized saw spotted surfaced uncovered",
        ),
        (DateOf.DISCLOSED, DISCLOSING),
        (
            DateOf.OCCURRED,
            """
            accessed attacked breached broke broken compromised copied crashed crippled downloaded emptied encrypted entered
            exfiltrated exploited failed fetched hacked happened hit infected intruded knocked lasted leaked locked
            occurred paralysed paralyzed planted scraped siphoned stole stolen struck taken tampered wiped
            """,
        ),
        (
            OTHER,
            """
            acquired appointed arrested bought charged closed convicted disabled dismissed dropped fined fixed founded
            hired mended merged patched pleaded rebuilt renamed renewed reopened replaced resigned restored resumed retired ruled sentenced
            settled signed sued terminated withdrawn
            """,
        ),
    )
    for word in words.split()
}
_BEGINNING: Final = frozenset("began begun started".split())
_HARMS: Final = frozenset(
    "access activity attack attacks breach campaign compromise cyberattack cyberattacks disruption exfiltration hack incident infection intrusion intrusions leak outage theft".split()
)
_OBJECTS: Final = {
    verb: (objects, meaning)
    for verbs, objects, meaning in (
        ("gained got obtained", frozenset({"access"}), DateOf.OCCURRED),
        ("experienced suffered sustained victim", _HARMS, DateOf.OCCURRED),
        ("fell", frozenset("attack cyberattack dark gang hackers prey ransomware victim".split()), DateOf.OCCURRED),
        ("taking takes took", frozenset({"place"}), DateOf.OCCURRED),
        ("injected installed placed", frozenset("malware ransomware skimmer skimmers".split()), DateOf.OCCURRED),
        ("became", frozenset({"aware"}), DateOf.DISCOVERED),
        ("identified", _HARMS, DateOf.DISCOVERED),
    )
    for verb in verbs.split()
}
"""What must follow, near, words that alone tell of no harm nor of finding it, and what they then mean."""
_HEARING, _HEARD_OF = frozenset({"heard", "learned"}), frozenset({"of", "about", "from", "that"})
_INSIDE: Final = frozenset(
    "access account environment infrastructure inside mailbox network networks server servers system systems".split()
)
_STAYING: Final = frozenset("been had has have kept maintained remained retained stayed was were".split())
_INTRUDERS: Final = frozenset(
    "actor actors attacker attackers criminals gang hacker hackers intruder intruders thieves unauthorised unauthorized".split()
)
_TELLING: Final = _MEANING.keys() | _BEGINNING | _OBJECTS.keys() | _HEARING | {"lost"}
_TOLD: Final = _TELLING | _INTRUDERS
_WORDS: Final = regex(r"[a-z]+")
CLAUSE_END: Final = frozenset(
    '; : , ( ) “ ” " — – which who that when while where but after before because since as if than until'.split()
)
_CLAUSE_BEGIN: Final = CLAUSE_END | {"and", "how", "whether", "what", "why"}
_NEGATED_WITHIN: Final = 4
"""Words before a verb among which its own negation stands: "not hacked", and not "no passwords were in the files stolen"."""
_AROUND: Final = 40
"""Words on either side of a verb among which it may be denied."""
_NEGATIONS: Final = frozenset("neither never no nobody none nor not nothing".split())
_NO_NEGATION: Final = frozenset("doubt fewer just less longer merely only later".split())
"""Behind a "no" or a "not" that denies nothing."""
_LASTING: Final = frozenset({"between", "from"})
_LEADS: Final = frozenset("on in by from since until during between early mid late around about of".split())
_SEASONS: Final = frozenset("spring summer autumn fall winter".split())
_NO_VERBS: Final = _HARMS | {"aware", "unauthorised", "unauthorized"}
_BEFORE_NOUNS: Final = frozenset("a an the its their using with".split())
"""Before a participle that goes with a noun: "detected an attack with stolen keys on 4 May"."""
PASSIVE: Final = frozenset("was were been be being is are".split())
REPORTED: Final = frozenset("boasted claimed listed posted published reported said told wrote".split())
OUT: Final = frozenset("offline down unavailable inaccessible unreachable".split())
REACH: Final = 8
_FARTHEST: Final = 5


def verb_of(words: Tokens, first: int, last: int) -> tuple[int, int] | None:
    """Return the verb that a date at words [first, last) belongs to, and the word that leads to the date; None for no such verb.

    Of what has been out "since" a date, the word for being out stands for the verb.
    """
    begin, end = words.sentence(first)
    start = first
    if words.lowers[start] in _SEASONS and words.lowers[max(begin, start - 1) : start] == ["the"]:
        start -= not _LEADS.isdisjoint(words.lowers[max(begin, start - 2) : start - 1])
    while start > begin and words.lowers[start - 1] in _LEADS:
        start -= 1
    if start > begin and words.lowers[start] == "since" and words.lowers[start - 1] in OUT:
        return start - 1, start
    places = _plain(words, range(last, end) if start == begin else range(start - 1, begin - 1, -1))
    at = _verb(words, places)
    if at in places and words.lowers[at - 1] in _BEFORE_NOUNS and _means(words, at) == DateOf.OCCURRED:
        before = _verb(words, places[places.index(at) + 1 :])
        at = before if before is not None and _means(words, before) == DateOf.DISCOVERED else at
    return None if at is None else (at, start)


def _means(words: Tokens, at: int) -> str | None:
    """What a verb makes of its date: a `DateOf`, `OTHER`, or None; of one of beginning by what began, of one of getting or suffering by what."""
    low, (begin, end) = words.lowers[at], words.sentence(at)
    if low in _BEGINNING:
        return None if _HARMS.isdisjoint(words.lowers[max(begin, at - REACH) : at]) else DateOf.OCCURRED
    if low in _OBJECTS:
        objects, meaning = _OBJECTS[low]
        return None if objects.isdisjoint(words.lowers[at + 1 : min(end, at + 1 + _FARTHEST)]) else meaning
    if low in _HEARING:  # a court hears too
        return DateOf.DISCOVERED if " ".join(words.lowers[at + 1 : at + 2]) in _HEARD_OF else None
    if low == "lost":  # so are lawsuits, by somebody
        return None if PASSIVE.isdisjoint(words.lowers[max(begin, at - 1) : at]) else DateOf.OCCURRED
    return _MEANING.get(low)


def made_of(words: Tokens, verb: tuple[int, int], found: FoundDate) -> str | None:
    """Return what a verb, with the word that leads to its date, makes of the date: "identified access from 4 May to 6 May" tells how long that lasted."""
    at, lead = verb
    means, lasted = _means(words, at), words.lowers[lead] in _LASTING and "/" in found.date.edtf
    return DateOf.OCCURRED if means == DateOf.DISCOVERED and lasted else means


def dates_told(text: str, *, vague: bool = False) -> Iterator[tuple[FoundDate, str]]:
    """Yield each exact date of a text of which the verb of its clause says what it dates, with that: a `DateOf` or `OTHER`.

    What is only led to by other words ("prior to the May 4 deadline") is no time at which something happened, nor is what is
    said not to have happened.

    Args:
        text: the text.
        vague: whether months that are not exact are wanted too ("early May 2024"), other than those from which something is.
    """
    return ((found, told) for found, told, _ in dates_and_verbs(text, vague=vague))


def dates_and_verbs(text: str, *, vague: bool = False) -> Iterator[tuple[FoundDate, str, Span]]:
    """Yield the same, each with the characters of the verb: of the date, where there is none."""
    if _TOLD.isdisjoint(_WORDS.findall(text.lower())) or not (dates := find_dates(text)):
        return
    words = tokens(text, grouped=False)
    for found in dates:
        first, last = bisect_left(words.starts, found.start), bisect_left(words.starts, found.end)
        bounded = found.date.earliest and found.date.latest
        about = "~" in found.date.edtf
        if first == last or not bounded or (about and not (vague and "-" in found.date.edtf)):
            continue
        verb = verb_of(words, first, last)
        if (verb is None or words.lowers[verb[0]] in _STAYING) and _were_inside(words, first, found):
            yield found, DateOf.OCCURRED, (found.start, found.end)
        elif verb is not None and (verb[1] != first or first == words.sentence(first)[0]):
            told = None if about and words.lowers[verb[1]] == "from" else made_of(words, verb, found)
            if told and told != DateOf.DISCLOSED and not _is_denied(words, verb):
                yield found, told, words.span(verb[0], verb[0] + 1)


def _is_denied(words: Tokens, verb: tuple[int, int]) -> bool:
    """Whether what a verb tells is said not to be so; what was "not noticed until" a day was then."""
    at, lead = verb
    begin, end = words.sentence(at)
    if words.lowers[lead] in {"before", "until"}:
        return False
    for place in range(at - 1, max(begin, at - _NEGATED_WITHIN) - 1, -1):
        if words.lowers[place] in _CLAUSE_BEGIN:
            break
        low = words.lowers[place]
        if (low in _NEGATIONS or low.endswith(("n't", "n’t"))) and words.lowers[place + 1] not in _NO_NEGATION:
            return True
    start, stop = words.span(max(begin, at - _AROUND), min(end, at + _AROUND))
    return next(sureness(words.text[start:stop], [words.starts[at] - start])) is Certainty.DENIED


def _were_inside(words: Tokens, first: int, found: FoundDate) -> bool:
    """Whether a clause tells, without another verb, how long intruders had access or were in a system."""
    if "/" not in found.date.edtf or _LASTING.isdisjoint(words.lowers[max(0, first - 1) : first + 1]):
        return False
    last = first - (2 if words.lowers[first - 1] in _LASTING else 1)
    begin = words.sentence(first)[0]
    while last > begin and (words.words[last][0].isupper() or words.lowers[last] in {"at", "of", "the"}):
        last -= 1
    # Right before it, or its owner: the period in "access to files from 2019 to 2023" is that of the files.
    if last < begin or words.lowers[last] not in _INSIDE:
        return False
    wanted = [_INTRUDERS, _STAYING]
    for at in range(last - 1, begin - 1, -1):
        told = {words.lowers[at], *words.kinds[at]}
        if "NEG" in told or words.lowers[at] in CLAUSE_END or (wanted[-1] is _STAYING and "DATA" in told):
            return False
        if not wanted[-1].isdisjoint(told):
            wanted.pop()
        if not wanted:
            return True
    return False


_APPOSED: Final = 10
_DETERMINERS: Final = frozenset({"DET", "ITS", "OUR"})


def _plain(words: Tokens, places: range) -> list[int]:
    """The words nearest to a date that are not set off by commas: not "its lender," in "On 4 May Alder, its lender, told ..."."""
    at = 0
    found: list[int] = []
    if places.step > 0 and places and words.lowers[places[0]] == ",":
        at = 1
    while at < len(places) and len(found) < REACH:
        if _is_short(words, places[at : at + 3]):
            at += 3
            continue
        if words.lowers[places[at]] == ",":
            near = places[at + 1 : at + 1 + _APPOSED]
            close = next((number for number, place in enumerate(near, at + 1) if words.lowers[place] == ","), None)
            if close is None:
                break
            opening = min(places[at], places[close]) + 1
            if _DETERMINERS.isdisjoint(words.kinds[opening]) and not words.words[opening][0].isupper():
                break
            at = close + 1
            continue
        found.append(places[at])
        at += 1
    return found


def _is_short(words: Tokens, places: range) -> bool:
    """Whether some words are an abbreviation in brackets, which ends no clause: "the covered entity (CE) discovered"."""
    return {words.lowers[place] for place in places[::2]} == {"(", ")"} and words.words[places[1]].isupper()


def _verb(words: Tokens, places: Iterable[int]) -> int | None:
    """The first verb of some words, None where the clause ends before one."""
    for at in places:
        low = words.lowers[at]
        if low in CLAUSE_END:
            return None
        if (
            low in _TELLING
            or low in REPORTED
            or low in {"brought", "filed"}
            or (
                not VERBS.isdisjoint(words.kinds[at])
                and low not in _NO_VERBS
                and not low.endswith(("s", "ing"))
                and not (low == "covered" and words.lowers[at + 1 : at + 2] in (["entity"], ["entities"]))
            )
        ):
            return at
    return None
