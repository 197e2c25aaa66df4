"""The fields of a breach list of Have I Been Pwned, older and current, by which a document is known to be one."""

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


class BreachList(Format):
    """What an entry has: a name, a number of accounts, classes of data."""

    SPELLINGS: ClassVar = {name: (plain(name),) for name in _FIELDS}

    @staticmethod
    def fits(names: Mapping[str, str]) -> bool:
        """Return whether an entry has these."""
        return names.keys() >= {"Name", "PwnCount", "DataClasses"}
