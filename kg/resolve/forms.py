"""Legal forms that may be words of a name: "PT Solutions", "Boulder CO", "Canyon Ranch Spa".

In front a legal form is rare in most languages, and behind a name some are places or trades as well. Where print or company
tell that a word is one, it goes, as any legal form does; where they do not, the name keeps it and is read without it too:
what is alike only then is asked, never joined.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from kg.patterns import regex
from kg.resolve.words import Sort, words

_LEADING: Final = frozenset("ooo oao zao ojsc cjsc pjsc jsc llc sarl gmbh aktiebolaget aktieselskabet".split())
"""Forms that stand in front where more than a general word follows."""
_MAY_LEAD: Final = _LEADING | frozenset("pao ao pt tov ab as uab sia ou sc".split())
"""All that may; the short ones are words, initials and abbreviations too."""
_INDONESIAN: Final = ("tbk", "persero")
_QUOTES: Final = frozenset("\"'«“„”‘`")
_LAST: Final = frozenset("pa sc na ca ad ae eg ek ev apc ua".split())
"""Forms that are also letters of a state, a country or a name; `kg.names` leaves them on a name."""
_PRINTED: Final = regex(r"e\.? ?[GKV]\.?\Z")
_PRACTICE: Final = frozenset(
    """dental dentistry medical clinic law legal attorneys associates physicians surgery orthopedics orthopaedics cardiology radiology oncology
    dermatology pediatrics psychiatry urology anesthesia ophthalmology optometry accountants cpas architects engineers partners
    """.split()
)
"""What professional corporations do."""
_PROFESSIONAL: Final = frozenset({"corporation", "limited liability company"})
"""What "professional" may belong to as much as to the name before it."""
_BODY: Final = frozenset("city town township village county borough district school schools municipality".split())
_SHORT: Final = 2


class Form(NamedTuple):
    """What legal form a name has.

    Attributes:
        told: the words of the name.
        form: its legal form as printed, "" for none.
        without: its words without one that may be a legal form; empty where no word may.
        word: that word.
    """

    told: list[str]
    form: str
    without: list[str]
    word: str


def settled(name: str, form: str, told: list[str]) -> Form:
    """Return what legal form a name has.

    Args:
        name: the name.
        form: what stands at its end as legal forms do, as printed.
        told: the words before that, in small letters.
    """
    if (form or told[-1] in _LAST) and (found := _at_end(name, form, told)):
        return found
    if len(told) > 1 and (told[0] in _MAY_LEAD or name.startswith("A/S ")):
        return _in_front(name, form, told)
    return Form(told, form, [], "")


def _in_front(name: str, form: str, told: list[str]) -> Form:
    size = _SHORT if name.startswith("A/S ") else 1
    printed, _, behind = name.partition(" ")
    lead, rest = told[0], told[size:]
    if not rest:
        return Form(told, form, [], "")
    quoted = behind.lstrip()[:1] in _QUOTES
    local = lead == "pt" and any(word in name.casefold() for word in _INDONESIAN)
    own = Sort.OWN in words().sorted(rest)
    if quoted or local or (own and not form and lead in _LEADING and printed.isalpha() and printed != lead):
        return Form(rest, form or printed, [], "")
    romanian = lead != "sc" or form.casefold().replace(".", "").strip() in {"srl", "sa"}
    return Form(told, form, rest, printed) if own and romanian else Form(told, form, [], "")


def _at_end(name: str, form: str, told: list[str]) -> Form | None:
    """What the last word says; None where nothing is special about it."""
    if not form:
        return _left_on(name, told)
    if form.casefold() in _PROFESSIONAL and (size := _professional(told)) and Sort.OWN in words().sorted(told[:-size]):
        return Form(told, form, told[:-size], " ".join(told[-size:]))
    first, _, rest = form.partition(" ")
    bare = first.rstrip(",)")
    if len(bare) > _SHORT + 1 or not bare.isalpha():
        return None
    word = bare.casefold()
    if not _may_be_word(name, bare, word, rest, told):
        return None
    return Form([*told, word], rest, told, bare)


def _professional(told: list[str]) -> int:
    """How many words at the end tell of a professional corporation, if they are none of the name ("Alder Dental Professional")."""
    return next((size for size in (1, _SHORT) if told[-size:] in (["professional"], ["professional", "service"])), 0)


def _may_be_word(name: str, bare: str, word: str, rest: str, told: list[str]) -> bool:
    """Whether a legal form that is printed without full stops may be a word of the name."""
    if word == "spa":
        return bare != "SpA" and not (bare == "SPA" and not name.isupper())
    if word == "pc":
        return f", {bare}" not in name and _PRACTICE.isdisjoint(told)
    if rest or len(bare) != _SHORT:
        return False
    if word == "co":
        plain_firm = name.isupper() and len(told) > 1 and Sort.PLACE not in _sorts(told)
        return (bare == "CO" and not plain_firm) or _is_place(told)
    return bare[0].isupper() and _is_place(told)


def _is_place(told: list[str]) -> bool:
    """Whether words are those of a place or of a body of government, behind which letters tell where it is."""
    return not _BODY.isdisjoint(told) or _sorts(told) in ({Sort.PLACE}, {Sort.PLACE, Sort.STOP})


def _sorts(told: list[str]) -> set[Sort]:
    canonical = words().canonical
    return set(words().sorted(canonical.get(word, word) for word in told))


def _left_on(name: str, told: list[str]) -> Form | None:
    """What the last of the words says, which `kg.names` takes for no legal form."""
    word, rest = told[-1], told[:-1]
    printed = name.rstrip(" ,)").rsplit(maxsplit=1)[-1].lstrip("(")
    if not rest or printed.replace(".", "").casefold() != word:
        return None
    stops = "." in printed
    comma = f", {printed}" in name
    sure = {
        "eg": _PRINTED.match(printed) is not None,
        "ek": _PRINTED.match(printed) is not None,
        "ev": _PRINTED.match(printed) is not None,
        "na": (stops or comma) and "bank" in "".join(rest),
        "pa": stops and (comma or not _PRACTICE.isdisjoint(rest)),
        "sc": stops and not _PRACTICE.isdisjoint(rest),
        "ua": stops,
        "apc": comma and not _PRACTICE.isdisjoint(rest),
    }.get(word, False)
    if sure:
        return Form(rest, printed, [], "")
    doubtful = (stops or printed.isupper()) and Sort.OWN in words().sorted(rest)
    return Form(told, "", rest, printed) if doubtful else None
