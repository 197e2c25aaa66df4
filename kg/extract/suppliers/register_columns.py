"""Columns of the EU's register of information on ICT services, by their titles or their codes.

Titles and codes are those of the templates in Implementing Regulation (EU) 2024/2956: B_02.02 (who uses which provider),
B_05.01 (providers) and B_05.02 (supply chains of providers); the templates were called RT before. The register is its owner's:
in B_05.01, and at the first rank of B_05.02, it stands outside of the table whose providers they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.tabular.row import columns, plain
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

_PROVIDER_CODE = (
    "b 02.02.0030", "b 05.01.0010", "b 05.02.0030", "identification code of the ict third party service provider",
    "identification code of ict third party service provider",
)  # fmt: skip
_CUSTOMER_CODE = (
    "b 02.02.0020", "b 05.02.0060", "lei of the entity making use of the ict service", "lei of the entity making use of the ict services",
    "identification code of the recipient of sub contracted ict services",
)  # fmt: skip
_KNOWN = {
    "supplier": (
        "b 05.01.0060", "b 05.01.0050", "name of the ict third party service provider in latin alphabet",
        "legal name of the ict third party service provider", *_PROVIDER_CODE,
    ),
    "supplier_registered": _PROVIDER_CODE,
    "customer": ("name of the entity making use of the ict service", "name of the entity making use of the ict services", *_CUSTOMER_CODE),
    "customer_registered": _CUSTOMER_CODE,
    "service": ("b 02.02.0060", "b 05.02.0020", "type of ict services"),
    "since": ("b 02.02.0070", "start date of the contractual arrangement"),
    "until": ("b 02.02.0080", "end date of the contractual arrangement"),
}  # fmt: skip
_CODE = regex(r"(?:b|rt)[_. ](\d\d[._]\d\d)[._ ]?c?(\d{4})\b.*", re.IGNORECASE | re.DOTALL)
_BRACKETS = regex(r"\([^)]*\)")


def register_columns(header: Sequence[str]) -> dict[str, int]:
    """Return field -> column of a table of the register, with the provider's in any case; nothing for any other table."""
    found = columns([_CODE.sub(_in_full, _BRACKETS.sub("", name).strip()) for name in header], _KNOWN)
    return found if "supplier_registered" in found else {}


def _in_full(code: re.Match[str]) -> str:
    return plain(f"b_{code[1].replace('_', '.')}.{code[2]}")
