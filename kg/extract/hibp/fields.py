"""The fields of a breach list of Have I Been Pwned, older and current, and of one like it, by which a document is known to be one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kg.extract.formats import Format
from kg.extract.tabular.row import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIELDS = (
    "Name Title Domain BreachDate AddedDate PwnCount Description DataClasses DisclosureUrl Attribution"
    " IsVerified IsFabricated IsSensitive IsSpamList IsMalware IsStealerLog"
).split()
_ELSEWHERE = {
    "Name": "breach id",
    "BreachDate": "breached date",
    "PwnCount": "exposed records",
    "Description": "exposure description",
    "DataClasses": "exposed data",
    "DisclosureUrl": "reference url",
    "IsVerified": "verified",
    "IsSensitive": "sensitive",
}
"""How the list of XposedOrNot calls them."""


class BreachList(Format):
    """What an entry has: a name or a title, a number of accounts, classes of data."""

    SPELLINGS: ClassVar = {name: (plain(name), _ELSEWHERE.get(name, plain(name))) for name in _FIELDS}

    @staticmethod
    def fits(names: Mapping[str, str]) -> bool:
        """Return whether an entry has these."""
        if is_elsewhere(names):
            return names.keys() >= _ELSEWHERE.keys() - {"DisclosureUrl", "IsVerified", "IsSensitive"} | {"Domain"}
        return names.keys() >= {"PwnCount", "DataClasses"} and not names.keys().isdisjoint({"Name", "Title"})


def is_elsewhere(names: Mapping[str, str]) -> bool:
    """Return whether an entry with these members (member -> key) is of the other list, whose names and dates are others."""
    return plain(names.get("Name", "")) == _ELSEWHERE["Name"]
