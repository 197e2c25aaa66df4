"""Names that are codes: where a register prints one in place of a name, it tells who is meant, and not how that one is called."""

from __future__ import annotations

from kg.patterns import regex

_CODE = regex(
    r"[A-Z0-9]{18}\d{2}"  # LEI
    r"|[A-Z]{2}[A-Z0-9]{0,20}\.(?=.*\d{3})[A-Z0-9._/-]{2,60}"  # EUID
)
_NUMBER = regex(r"(?:[A-Z]{2}[A-Z0-9]{0,2})?\d{6,}[A-Z0-9]{0,3}")
"""A number for value added tax, or of a commercial register, without its marks."""
_MARKS = regex(r"[\s.-]+")


def is_code(name: str) -> bool:
    """Return whether a name has the form of a code: an LEI, an EUID, or a number of a tax office or commercial register."""
    return _CODE.fullmatch(name) is not None or _NUMBER.fullmatch(_MARKS.sub("", name)) is not None
