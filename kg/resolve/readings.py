"""What a name says besides itself: its words in canonical spelling, and the other names that it tells of."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from anyascii import anyascii

from kg.names import clean, key, parts, plain_words, split_legal_form, unglued, without_foreign_form
from kg.patterns import regex
from kg.resolve.abbreviations import blend, initials
from kg.resolve.forms import settled
from kg.resolve.words import Sort, words

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOTE: Final = regex(
    r"\s*\((?:optional|coming soon|beta|deprecated|legacy|if applicable|effective [^()]*|as of [^()]*|and affiliates|publ\.?|haftungsbeschränkt)\)"
    r"|,?\s+(?:and (?:its |their )?|& (?:its |their ))(?:affiliates|subsidiaries|subsidiary)\Z"
    r"|,? an? [a-z ]{3,30} (?:corporation|limited liability company|company|partnership)\Z",
    re.IGNORECASE,
)
_GROUP: Final = regex(r"[.,]*\s+(?:[&/] )?(?:affiliates|subsidiaries)\Z", re.IGNORECASE)
"""Behind a legal form, the others of a group; elsewhere part of a name ("Alder Cardiology Affiliates")."""
_TRADING: Final = r"dba|d/b/a|d\.b\.a\.|doing business as|trading as|t/a|t/as|also known as|a/?k/?a|known as|nka|n/k/a|now(?: known as)?"
_FORMER: Final = r"formerly(?: known as)?|f/?k/?a|previously(?: known as)?|née|ex-"
_TOLD: Final = regex(
    rf"(?:\s|(?<=[.,)]))\(?\s*(?:(?P<trading>{_TRADING})|(?P<former>{_FORMER}))[\s:]+(?P<name>[^()]+)\)?.*\Z",
    re.IGNORECASE,
)
_OWNED: Final = regex(r"\A(?P<name>.+?)\s+(?:by|from)\s+(?P<owner>.+)\Z", re.IGNORECASE)
_MAY_BE_OWNED: Final = regex(r"\b(?:by|from)\b", re.IGNORECASE)
_ASIDE: Final = regex(r"\A(?P<name>.*?\w.*?)\s*\((?P<aside>[^()]*\w[^()]*)\)\Z")
_OWNER_ASIDE: Final = regex(r"\A(?:an? |part of |by |owned by )(.*?)(?: company)?\Z", re.IGNORECASE)
_DOMAIN: Final = regex(r"\A(?:https?://)?(?:www\.)?([a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.[a-z]{2,})/?\Z", re.IGNORECASE)
_BESIDE_NO_NUMBER: Final = regex(r"(?<!\d) | (?!\d)")
_STATE: Final = regex(r"(?<=\w),\s+([A-Z]{2})\Z")
_DOTTED: Final = regex(r"\b([^\W\d_]{3,6})\.(?=\W|\Z)")
_BESIDE: Final = regex(r"\A(?P<name>\S.{2,}?)(?:\s[-\u2013\u2014/|]\s|(?<=\w{3})/(?=\w{3}))(?P<aside>.*\w{3})\Z")
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_STREET: Final = regex(
    r"(?<=\w),\s+\d{1,5}[A-Za-z]?\s[^,]{2,40}?\b(?:street|st|avenue|ave|road|rd|boulevard|blvd|drive|dr|lane|ln|way|court|ct|parkway|pkwy|plaza|"
    r"square|highway|hwy)\b\.?(?:\s[NESW]{1,2})?,",
    re.IGNORECASE,
)
_FORMS_BEFORE: Final = regex(
    r"\A(?:(?:public|open|closed|private)\s+)?(?:joint[ -]stock company|limited liability company)\s+(?=\w)",
    re.IGNORECASE,
)
_EUROPEAN: Final = "European"  # of the whole Union
_LAWS: Final = {
    form: country
    for country, forms in {
        "English": "inc incorporated corp corporation co company llc llp lp ltd limited plc pllc pc pbc ulc lllp dac clg cic na pa apc "
        "partnership".split(),
        "German": "gmbh ggmbh ag kg kgaa ohg ug mbh gesmbh eg ek ev aktiengesellschaft haftung kommanditgesellschaft aktien "
        "handelsgesellschaft verein genossenschaft".split(),
        "Romance": "sa sas sasu sarl srl srls spa sl slu ltda cv sca snc anonima anonime anonyme actions collectif simple semplice simplifiee limitee limitada "
        "limitata azioni "
        "akcyjna ca".split(),
        "Dutch": "bv nv vof bvba ua vennootschap aansprakelijkheid".split(),
        "Indonesian": "pt persero tbk".split(),
        "Malaysian": "bhd berhad".split(),
        "Polish": "zoo spzoo odpowiedzialnoscia".split(),
        "Japanese": "kk gk kaisha gaisha 株式会社 有限会社 合同会社".split(),
        "Russian": "ooo oao zao pao ao jsc pjsc ojsc cjsc jointstockcompany openjointstockcompany closedjointstockcompany "
        "publicjointstockcompany".split(),
        "Czech": "sro spolsro omezenym".split(),
        "Nordic": "ab as asa aps oy oyj hf ehf aktiebolag aktiebolaget aktieselskab aktieselskabet anpartsselskab aksjeselskap "
        "osakeyhtio spolecnost sirketi publ allmennaksjeselskap".split(),
        "South Slavic": "doo odgovornoscu".split(),
        "Hungarian": "kft zrt nyrt tarsasag reszvenytarsasag".split(),
        _EUROPEAN: "se europeenne europaea europaischegesellschaft europaeischegesellschaft".split(),
        "Turkish": "ltdsti limitedsirketi".split(),
        "Thai": "pcl publiccompanylimited".split(),
    }.items()
    for form in forms
}
"""A legal form in one word, or its last words in one -> which countries' law it is of; "a.s." is printed alike in Norway, Prague and Istanbul."""
# Words that tell of more than the name, by the expressions above; a name of plain words without them is all name.
_TELLING: Final = frozenset(
    """a affiliates aka also an by dba doing fka formerly from known liability nka now previously stock subsidiaries
    subsidiary trading""".split()
)
_POSSESSIVE: Final = regex(r"(?<=\w)'s\b(?P<owned>.*)\Z", re.IGNORECASE)
_OTHER_SCRIPTS: Final = (
    ("\u0370", "\u1dff"),
    ("\u3040", "\uffdc"),
)  # no set of a pattern: that takes milliseconds to compile
_NOTHING: Final[frozenset[str]] = frozenset()
_LONGEST: Final = 300  # characters; what is longer is no name
_SHORT: Final = 3  # letters up to which capitals tell an abbreviation from a word


class Reading(NamedTuple):
    """One name, read; a tuple, for nothing of several fields is made faster.

    Attributes:
        name: as it came, cleaned.
        key: the exact key of its main part.
        tokens: its words in canonical spelling, without legal forms and joining words.
        joined: the words in one, joining words with them.
        spelled: the words of its main part as they are spelled.
        plain: these in one, in the script that they came in; with an apostrophe behind them where a possessive tells them apart.
        form: its legal form as printed, "" for none.
        capitals: written in capitals and so short that this may tell it from a word.
        dotted: its words that are printed with a full stop, as abbreviations are.
        foreign: its letters were not Latin and have been written in these.
        trading: names it says it also goes by.
        former: names it says it had.
        aside: what stands in brackets behind it, or owns it ("Segment by Twilio"), and may be a product, an owner or an abbreviation.
        says: whether it tells of another name in any of these ways.
        others: other readings of it, each with the reason: without a word that may be a legal form, with "oe" for "ö", without
            an address. What is alike only then is asked.
    """

    name: str
    key: str
    tokens: tuple[str, ...]
    joined: str
    spelled: tuple[str, ...]
    plain: str
    form: str
    capitals: bool
    dotted: frozenset[str]
    foreign: bool = False
    trading: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    aside: str = ""
    says: bool = False
    others: tuple[tuple[str, Reading], ...] = ()

    @property
    def sorts(self) -> tuple[Sort, ...]:
        """Return what each of its words does."""
        return words().sorted(self.tokens)

    @property
    def initials(self) -> frozenset[str]:
        """Return what an abbreviation of it could be."""
        return initials(self.spelled, self.form)


@lru_cache(maxsize=1 << 16)
def read(name: str) -> Reading:
    """Return the reading of a name."""
    plain = plain_words(name) if len(name) <= _LONGEST else None
    if plain is None or not _TELLING.isdisjoint(plain):
        return _read_in_full(name)
    if name[-4:-2] == ", " or (" " not in name and "." in name):  # a state, or a domain
        return _read_in_full(name)
    if "," in name and _STREET.search(name):
        return _read_in_full(name)
    return _reading(name, plain)


def _read_in_full(name: str) -> Reading:
    """The reading of a name that may tell of more than itself."""
    cleaned = clean(name[:_LONGEST])
    main = without_foreign_form(unglued(cleaned))
    main = _NOTE.sub("", main) or main
    if (group := _GROUP.search(main)) and split_legal_form(main[: group.start()])[1]:
        main = main[: group.start()]
    main, trading, former = _other_names(main)
    main, aside = _without_aside(main)
    main = _FORMS_BEFORE.sub("", main)
    main = _STATE.sub(_in_full, main) if "," in main else main
    foreign = _in_one(key(main).split()) if not main.isascii() and any(map(_is_other, main)) else ""
    printed, main = main, main if main.isascii() else anyascii(main).strip() or main
    says = bool(trading or former or aside or _MAY_BE_OWNED.search(cleaned))
    told = _bare(main)
    plain = foreign + told.plain if foreign and told.others else foreign or told.plain
    others = (*told.others, *_otherwise(printed)) if printed != main or "," in main else told.others
    return told._replace(
        plain=plain, foreign=bool(foreign), trading=trading, former=former, aside=aside, says=says, others=others
    )  # fmt: skip


def _is_other(letter: str) -> bool:
    """Whether a letter is of another script than the Latin one."""
    return any(first <= letter <= last for first, last in _OTHER_SCRIPTS)


def _otherwise(printed: str) -> Iterator[tuple[str, Reading]]:
    """The name with its umlauts spelled out, and without an address behind it that no legal form precedes."""
    if (spelled := printed.translate(_UMLAUTS)) != printed:
        yield "umlauts spelled out", _bare(anyascii(spelled))
    if street := _STREET.search(printed):
        yield "an address left out", _bare(anyascii(printed[: street.start()]))


def _bare(main: str) -> Reading:
    return _reading(main, plain_words(main))


def _reading(main: str, plain: list[str] | None) -> Reading:
    """The reading of what is all name, given its plain words if it is made of such."""
    bare, form, told = parts(main, plain)
    if not told:
        return _in_words(main, bare, form, told)
    found = settled(main, form, told)
    if not found.word:
        return _in_words(main, bare, found.form, found.told)
    other = _in_words(main, bare, found.form or found.word, found.without)
    whole = _in_words(main, main, found.form, found.told)
    if found.told[-len(found.without) :] == found.without:  # a form in front: "AB Bott" need not be Abbott
        whole = whole._replace(plain=f"{_in_one(found.told[: -len(found.without)])} {_in_one(found.without)}")
    return whole._replace(others=((f"{found.word} taken for a legal form", other),))


def _in_words(main: str, bare: str, form: str, told: list[str]) -> Reading:
    """The reading of a name, given it without its legal form, that, and its words."""
    canonical = words().canonically(told)
    tokens = words().telling(canonical)
    dotted = frozenset(map(str.casefold, _DOTTED.findall(bare))) if "." in bare else _NOTHING
    plain = _spaced(told)
    plain += "'" if "'" in bare and _names_owner(bare) else ""
    return Reading(
        main, " ".join(told), tuple(tokens), "".join(canonical), tuple(told), plain, form, bare.isupper() and len(bare) <= _SHORT, dotted
    )  # fmt: skip


def _spaced(told: list[str]) -> str:
    """The words in one; if all are general, with the spaces between them: "First Bank" need not be FirstBank."""
    if len(told) > 1 and words().general.issuperset(told) and min(map(len, told)) > 1:
        return " ".join(told)
    return _in_one(told)


def _names_owner(bare: str) -> bool:
    """Whether a possessive tells whose a trade or an institution is: St. Joseph's Hospital need not be St. Joseph Hospital."""
    told = _POSSESSIVE.search(bare)
    if told is None:
        return False
    owned = words().sorted(words().canonically(key(told["owned"]).split()))
    return any(Sort.WEAK <= sort < Sort.PLACE for sort in owned)


def _in_one(told: list[str]) -> str:
    """The words in one, but for two numbers: "Web 2.0" need not be "Web 20"."""
    joined = "".join(told)
    return joined if joined.isalpha() else _BESIDE_NO_NUMBER.sub("", " ".join(told))


@lru_cache(maxsize=1 << 10)
def law(form: str) -> str:
    """Return which countries' law a legal form is of, as far as that tells two organizations apart; the form if unknown, "" for none."""
    if not form:
        return ""
    told = key(f"{form.casefold()} name").removesuffix("name").split() or [form.casefold()]
    ends = ("".join(told[at:]) for at in range(len(told)))
    return next(filter(None, map(_LAWS.get, ends)), told[-1])


def one_law(one: Reading, other: Reading) -> bool:
    """Return whether the legal forms of two names are of one country's law, or one name has none."""
    return one_form(one.form, other.form)


def one_form(one: str, other: str) -> bool:
    """Return whether two legal forms are of one country's law, or one is none."""
    return one == other or not (one and other) or law(one) == law(other)


def of_the_union(one: str, other: str) -> bool:
    """Return whether one of two legal forms is of the whole European Union, to which the country of the other may belong."""
    return _EUROPEAN in {law(one), law(other)}


def owner(name: str) -> tuple[str, str] | None:
    """Return a product and its owner where a name tells both: "Azure by Microsoft"."""
    if not _MAY_BE_OWNED.search(name):
        return None
    told = _OWNED.match(clean(name[:_LONGEST]))
    return (told["name"], told["owner"]) if told else None


def _other_names(main: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    told = _TOLD.search(main)
    if told is None or not main[: told.start()].strip(" ,(") or not told["name"].strip(" .,)"):
        return main, (), ()
    other = (told["name"].strip(' ,)\u201d\u201c"'),)
    rest = main[: told.start()].rstrip(" ,(")
    return (rest, other, ()) if told["trading"] else (rest, (), other)


def _without_aside(main: str) -> tuple[str, str]:
    told = _ASIDE.match(main) if main.endswith(")") else None
    if told is None and (host := _DOMAIN.match(main)):
        return host[1], ""
    if told is None:
        return _beside(main)
    aside = _OWNER_ASIDE.sub(r"\1", clean(told["aside"]))
    return told["name"], "" if _abbreviates(aside, told["name"]) else aside


def _in_full(letters: re.Match[str]) -> str:
    state = words().states.get(letters[1])
    return f", {state}" if state else letters[0]


def _beside(main: str) -> tuple[str, str]:
    """A name and another beside it, behind a dash or a stroke: an abbreviation, or behind a stroke any other name."""
    told = _BESIDE.match(main)
    if told is None:
        return main, ""
    name, aside = told["name"], told["aside"]
    for short, long in ((aside, name), (name, aside)):
        if _abbreviates(short, long):
            return long, ""
    return (name, aside) if main[len(name)] == "/" else (main, "")


def _abbreviates(short: str, name: str) -> bool:
    """Whether a text is what the words of a name make when they are abbreviated."""
    joined = short.replace(".", "").casefold()
    if not joined.isalpha():
        return False
    bare, form = split_legal_form(name)
    tokens = key(bare).split()
    telling = [token for token in tokens if words().sort(token) is not Sort.STOP]
    return joined in initials(tokens, form) or blend(joined, telling)
