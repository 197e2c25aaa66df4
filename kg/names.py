"""Normal forms of organization names: for display, for IRIs, and the exact key that resolution joins on.

The key drops what does not tell organizations apart (case, accents, punctuation, "the", legal forms, an address
that a table glued on) and nothing else. It also drops what sometimes does: "Ada" and "ADA" are two companies with one key. The resolver settles that.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache, wraps
from hashlib import sha256
from typing import TYPE_CHECKING, Final, TypeVar

from kg.legal_forms import FOREIGN_FIRST, FOREIGN_LAST, core_length
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable

_Form = TypeVar("_Form")

_LONGEST_SLUG: Final = 80
_HASH_LENGTH: Final = 12
_ASCII_WORD: Final = regex(r"[a-z0-9]+")
_OTHER_LETTER: Final = regex(r"[^\W_a-z0-9]")
_MASK: Final = "**"
# Letters that NFKD leaves whole although Latin script has a usual spelling for them.
_LETTERS: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t"}
)
_ACCENTS: Final = regex("[\u0300-\u036f]")
_TRADE_MARKS: Final = regex("[\u2120\u2122\u00ae\u00a9]")
_APOSTROPHES: Final = "'\u2018\u2019\u02bc\u02b9\uff07"
_POSSESSIVE: Final = regex(rf"(?<=\w)[{_APOSTROPHES}]s\b")

_INVISIBLE: Final = regex("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
# A joiner between letters of a script that needs it (Persian, Indic scripts) is spelling; elsewhere it is debris.
_JOINERS: Final = regex("(?<![\u0590-\u1fff])[\u200c\u200d]|[\u200c\u200d](?![\u0590-\u1fff])")
_CONTROLS: Final = regex("[\x00-\x1f\x7f-\x9f\\s]+")
_PLAIN: Final = regex("[A-Za-z0-9 ,.&/()-]*")
"""A name with nothing in it that is dropped."""
_FOOTNOTE: Final = regex(
    "(?:\\s?\\[(?:[0-9]{1,3}|[a-z]|note [0-9]{1,3})\\]|(?<=[\\w.)])[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]{1,3}"
    "|(?<![*\u2020\u2021])\\s?[*\u2020\u2021]{1,3})\\Z"
)
_LONGEST_FOOTNOTE: Final = 16
_LEADING_MARK: Final = regex("[*\u2020\u2021]{1,3}\\s?(?=\\w)")
_LAYERS: Final = 8  # quotation marks and footnote marks around each other
_QUOTES: Final = {
    '"': '"', "'": "'", "`": "`", "\u201c": "\u201d", "\u2018": "\u2019", "\u00ab": "\u00bb", "\u201e": "\u201c",
    "\u201a": "\u2018", "\u300c": "\u300d",
}  # fmt: skip

# Vowel signs and the like, which `\w` leaves out; without them Indic and South-East Asian words would fall apart.
_SIGNS: Final = (
    "\u0483-\u0487\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0711\u0730-\u074a"
    "\u07a6-\u07b0\u0816-\u082d\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e\u0eb1-\u0ecd\u0f71-\u0f84\u102b-\u103e"
    "\u1056-\u1059\u1712-\u1734\u17b4-\u17d3\u3099\u309a"
)
# Initials with dots ("S.p.A.", "L.L.C") are one word.
_TOKEN: Final = regex(rf"&|(?<=\w)\+{{1,3}}(?![\w+])|(?<=(?<![\w.])[^\W\d_])#(?![\w#])|(?<!\w)[^\W\d_](?:\.[^\W\d_])+(?!\w)|(?:[^\W_]|[{_SIGNS}])+")  # fmt: skip
_SPELLED_OUT: Final = str.maketrans({"&": "and", "+": "plus", "#": "sharp", ".": ""})
_BEFORE_ADDRESS: Final = (
    "inc incorporated llc ltd limited gmbh sarl pbc corp corporation bv nv plc pty pte srl spa".split()
)
"""Legal forms that are no word of any name, so that a number behind them starts an address."""
_GLUED_NUMBER: Final = regex(rf"({'|'.join(_BEFORE_ADDRESS)})([0-9]+)")
_SHORTEST_ADDRESS: Final = 3
_DIGIT: Final = regex(r"\d")
# The cell of a table lost its line ends: "GmbHRothschildplatz 3", "(Mailgun)112 E Pecan St".
_GLUED: Final = regex(
    r"(?<=\))(?=[0-9])|(?<=\bGmbH)(?=[A-Z][a-z]+.{0,80}[0-9])|(?<=\b(?:Inc|LLC|Ltd|B\.V)\.)(?=[A-Z][a-z]+.{0,80}[0-9])"
)
# "GmbH, Industriestr. 25, 91710 Gunzenhausen": behind a comma, unless what follows tells of another name.
_ADDRESS: Final = regex(
    rf"\b(?:{'|'.join(_BEFORE_ADDRESS)})\b\.?"
    r"(?=\s*,\s(?!\(?(?:d/?b/?a|doing|f/?k/?a|formerly|a/?k/?a|also|now|trading|t/a|on behalf)\b)[^()]{0,80}?[0-9])",
    re.IGNORECASE,
)
# Behind forms that may be words or initials, a postal code tells an address: "Personio SE & Co. KG, Seidlstraße 3, 80335 München".
_CODED_ADDRESS: Final = regex(
    r"(?<![\w.])(?:sasu?|ag|kgaa|kg|ug|se|s\.?a\.?s|s\.?a|s\.l|a[bs]a?|a/s|aps|oyj?|[bn]\.v|s\.r\.l|s\.p\.a|s\.à\.? ?r\.l|z o\.o|s\.r\.o|d\.o\.o|kft)"
    r"\.?(?=, [^()]{0,80}?(?<!\d)\d{4,5}(?!\d))",
    re.IGNORECASE,
)
_URL: Final = regex(r"\A(?P<name>[^/]{1,100}?) (?:- )?\(?(?:https?://(?:www\.)?|www\.)(?P<site>[\w-]{1,63})\.[\w.-]{2,63}/?\)?\Z")  # fmt: skip
_BEFORE_FORM: Final = " ,;:/(&-\u2013\u2014"
# Words of Latin letters and digits, initials with dots and "&", with nothing else between them.
_INITIALS: Final = r"[A-Za-z](?:\.[A-Za-z])+(?![A-Za-z0-9])"
_PLAIN_WORD: Final = rf"(?:{_INITIALS}|[A-Za-z0-9]++)(?:'s(?![A-Za-z0-9]))?"
_PLAIN_WORDS: Final = regex(rf"{_PLAIN_WORD}(?:(?:[.,]{{0,2}} (?:& )?|[-&.]){_PLAIN_WORD})*+\.?")
_PLAIN_TOKEN: Final = regex(rf"{_INITIALS}|[A-Za-z0-9]+|&")
_NO_DIGITS: Final = "abcdefghijklmnopqrstuvwxyz ,.&'-"
"""What else is in a name of plain words."""
_KEPT: Final = 1 << 14
"""Names whose forms are kept: the parties of a record are asked for several times, and names come again."""
_LONGEST_KEPT: Final = 200
"""Characters; of a document that is no list of names, nothing is kept."""


def _remembered(form: Callable[[str], _Form]) -> Callable[[str], _Form]:
    """Give a form of names back without making it again."""
    kept = lru_cache(_KEPT)(form)

    @wraps(form)
    def of(name: str) -> _Form:
        return kept(name) if len(name) <= _LONGEST_KEPT else form(name)

    return of


@_remembered
def clean(name: str) -> str:
    """The name for display: Unicode NFC, one blank between words, without debris.

    Dropped are control, zero-width and direction characters, footnote marks ("[1]", "*", a dagger, a superscript) at
    its ends, trade mark signs, and quotation marks around the whole. Marks that carry meaning stay: "E*TRADE", "Yahoo!", "N**** ***".
    """
    if _PLAIN.fullmatch(name):
        return " ".join(name.split())
    text = _INVISIBLE.sub("", _JOINERS.sub("", name))
    bare = _TRADE_MARKS.sub("", text)
    text = _CONTROLS.sub(" ", unicodedata.normalize("NFC", bare if bare.strip() else text)).strip()
    for _ in range(_LAYERS):
        bare = _unmarked(_unquoted(text))
        if bare == text:
            break
        text = bare
    return text


def unglued(name: str) -> str:
    """The name without an address behind it: "Mailgun (Sinch)112 E Pecan St" ends at the bracket, "Birch Inc., 5 Elm St" at the form."""
    if "://" in name or "- www." in name or "(www." in name:
        name = _without_site(name)
    if not _DIGIT.search(name):
        return name
    told = _GLUED.split(name, maxsplit=1)[0]
    address = _ADDRESS.search(told) or _CODED_ADDRESS.search(told) if ", " in told else None
    return told[: address.end()] if address else told


def _without_site(name: str) -> str:
    """The name without the address of its own site behind it; that of another site stays, for it may tell another bearer."""
    told = _URL.match(name)
    own = told is not None and key(told["name"]).replace(" ", "") == told["site"].lower()
    return told["name"].rstrip(_BEFORE_FORM) if told and own else name


def without_foreign_form(name: str) -> str:
    """The name without a legal form in another script before or behind it ("株式会社メルカリ")."""
    if name.isascii():
        return name
    return FOREIGN_LAST.sub("", FOREIGN_FIRST.sub("", name, count=1), count=1)


def slug(text: str) -> str:
    """The cleaned name in the letters a-z, digits and single hyphens, for IRIs.

    Accents are dropped and usual spellings used. A name that loses letters on the way (another script, masked with stars,
    longer than 80 characters) ends with "x" and the first 12 hexadecimal digits of the SHA-256 of its NFC form, so that
    two such names do not meet; a name with nothing left is that alone.
    """
    whole = clean(text)
    plain = _folded(whole)
    short = "-".join(_ASCII_WORD.findall(plain))
    if short and len(short) <= _LONGEST_SLUG and _MASK not in whole and not _OTHER_LETTER.search(plain):
        return short
    mark = "x" + sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_LENGTH]
    return f"{short[:_LONGEST_SLUG].rstrip('-')}-{mark}" if short else mark


def key(name: str) -> str:
    """The exact-match key of a name: two names with one key are spelled alike but for what does not matter.

    Case and accents are dropped, "&" becomes "and", punctuation a blank; a leading "the", possessive endings and legal
    forms at the end go ("Co., Ltd." too), but never so that nothing is left. A "+" glued
    to a word is one ("Disney+"), and a "#" behind a single letter ("C#", not "Zoom#"). "Company" goes only from three words up ("Ford Motor Company") or after "and". Homonyms
    that differ in case only share a key: see the module. The key of a key is itself. A name of punctuation only, or masked ("N**** ***"), keeps its marks: what they hide may differ.
    """
    plain = _plain_parts(name)
    return _key(name) if plain is None else plain[2]


@_remembered
def _key(name: str) -> str:
    """The key of any name."""
    cleaned = clean(name)
    folded = without_foreign_form(_folded(unglued(cleaned)))
    tokens = [] if _MASK in cleaned else [token for token, _, _ in _tokens(_POSSESSIVE.sub("", folded))]
    core = _key_words(_without_address(tokens))
    text = unicodedata.normalize("NFC", " ".join(core or folded.split() or cleaned.split()))
    if not text.isascii() and (bare := without_foreign_form(text)) != text:
        return _key(bare)  # punctuation hid the form
    return text if core or text == name else _key(text)  # without its accents, punctuation may end in a footnote mark


def split_legal_form(name: str) -> tuple[str, str]:
    """The cleaned name without its legal form, and the form as printed: ("Notion Labs", "Inc."); "" for no form."""
    plain = _plain_parts(name)
    return _split(name) if plain is None else plain[:2]


@_remembered
def _plain_parts(name: str) -> tuple[str, str, str] | None:
    """A name of plain words without its legal form, the form, the key; None for any other."""
    plain = plain_words(name)
    return None if plain is None else (*_plain_split(name, plain), " ".join(_plain_key(name, plain)))


@_remembered
def _split(name: str) -> tuple[str, str]:
    """Any name without its legal form, and the form."""
    text = clean(name)
    if not text.isascii() and (last := FOREIGN_LAST.search(text)):
        return text[: last.start()], last[0].strip()
    tokens = _tokens(text)
    fold = str.lower if text.isascii() else _folded
    length = core_length([fold(token) for token, _, _ in tokens])
    return (text, "") if length == len(tokens) else _split_at(text, tokens[length][1])


def is_legal_form(text: str) -> bool:
    """Whether a text is a legal form and nothing else ("Inc.", "GmbH & Co. KG")."""
    return split_legal_form(f"X {text}")[0] == "X"


def plain_words(name: str) -> list[str] | None:
    """The words of a name that has nothing but plain words, in small letters, "and" for "&"; None for any other.

    Such a name is clean, it has no address behind it, and `parts` of it are cheap.
    """
    if name.isascii() and name.replace(" ", "").isalnum():
        told = name.lower()
        found = told.split()
        return found if " ".join(found) == told and not _may_hold_address(told) else None
    if not _PLAIN_WORDS.fullmatch(name) or _may_hold_address(name.lower()):
        return None
    return _plain_tokens(name)


def _may_hold_address(plain: str) -> bool:
    """Whether a name of plain words has a number behind a legal form."""
    numbered = plain.rstrip(_NO_DIGITS)
    if ", " in numbered and _CODED_ADDRESS.search(plain):
        return True
    return numbered != "" and any(map(numbered.replace(".", "").__contains__, _BEFORE_ADDRESS))


def parts(name: str, plain: list[str] | None = None) -> tuple[str, str, list[str]]:
    """What `split_legal_form` and `key` make of a name: without its legal form, the form as printed, the words of the key.

    Args:
        name: the name.
        plain: its `plain_words`, which make this cheap.
    """
    if plain is None:
        return *_split(name), _key(name).split()
    return *_plain_split(name, plain), _plain_key(name, plain)


def _plain_key(name: str, plain: list[str]) -> list[str]:
    """The words of the key of a name of plain words."""
    if "'" in name:
        return _key_words(_plain_tokens(name.replace("'s", "")))
    return _key_words(plain) if plain[0] == "the" else plain[: core_length(plain)]


def _plain_split(name: str, plain: list[str]) -> tuple[str, str]:
    """A name of plain words without its legal form, and the form."""
    length = core_length(plain)
    if length == len(plain):
        return name, ""
    start = len(name) - len(plain[-1]) - name.endswith(".")
    if length < len(plain) - 1 or "." in name[start - 1 : start + 1]:
        start = [match.start() for match in _PLAIN_TOKEN.finditer(name)][length]
    return _split_at(name, start)


def _plain_tokens(name: str) -> list[str]:
    """The words of a name of plain words."""
    told = name.lower()
    if "." in told[:-1]:
        told = " ".join([token.replace(".", "") for token in _PLAIN_TOKEN.findall(told)])
    return told.replace("&", " and ").replace(",", " ").replace(".", " ").replace("-", " ").replace("'", " ").split()


def _key_words(tokens: list[str]) -> list[str]:
    """The words without "the" before them and legal forms behind."""
    first = 0
    while first < len(tokens) - 1 and tokens[first] == "the":
        first += 1
    return tokens[first : first + core_length(tokens[first:])]


def _split_at(text: str, start: int) -> tuple[str, str]:
    """What stands before a legal form and the form, given where it begins."""
    return text[:start].rstrip(_BEFORE_FORM) or text[:start].strip(), text[start:].rstrip(")] ")


def _unquoted(text: str) -> str:
    """The text without a pair of quotation marks around the whole of it."""
    closing, inside = _QUOTES.get(text[:1]), text[1:-1]
    if len(text) > 2 and closing == text[-1] and closing not in inside and text[0] not in inside:  # noqa: PLR2004
        return inside.strip()
    return text


def _folded(text: str) -> str:
    """The text without case and accents, compatibility forms spelled out; marks of other scripts stay."""
    if text.isascii():
        return text.lower()
    before = None
    while text != before:
        before = text
        text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS))
    return text


def _unmarked(text: str) -> str:
    """The text without footnote marks at its ends, unless they are all of it or stars that mask letters."""
    masked = "*" in text.strip("*")
    end = len(text)
    while match := _FOOTNOTE.search(text, max(0, end - _LONGEST_FOOTNOTE), end):
        if match.start() == 0 or (masked and match[0].endswith("*")):
            break
        end = match.start()
    lead = None if masked else _LEADING_MARK.match(text, 0, end)
    return text[lead.end() if lead else 0 : end].strip()


def _tokens(text: str) -> list[tuple[str, int, int]]:
    """The words of a text with their characters: initials without dots, "and" for "&", "plus" for a "+" glued to a word, "sharp" for "#"."""
    return [(match[0].translate(_SPELLED_OUT), match.start(), match.end()) for match in _TOKEN.finditer(text)]


def _without_address(tokens: list[str]) -> list[str]:
    """The words before a street number that follows the legal form, glued to it or not."""
    if not _DIGIT.search("".join(tokens)):
        return tokens
    for position, token in enumerate(tokens[1:], 1):
        if glued := _GLUED_NUMBER.fullmatch(token):
            return [*tokens[:position], glued[1]]
        enough = len(tokens) - position > _SHORTEST_ADDRESS
        if enough and token in _BEFORE_ADDRESS and tokens[position + 1][0].isdigit():
            return tokens[: position + 1]
    return tokens
