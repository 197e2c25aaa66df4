"""The table of attacks on software supply chains that IQT Labs collected: what was compromised, how, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import LateExtractor
from kg.extract.supply_chain.columns import is_of_attacks
from kg.extract.tabular.table import tables

if TYPE_CHECKING:
    from kg.model import Document


class SupplyChainExtractor(LateExtractor):
    """Reads tables of attacks on software supply chains."""

    name = "supply-chain"
    reading = "kg.extract.supply_chain.reading"
    version = "17"
    description = (
        "Tables of software supply-chain attacks (CSV, HTML, JSON; as IQT Labs publishes them): technology, dates of compromise,"
        " detection and report, categories, references."
    )

    def recognizes(self, document: Document) -> bool:
        """Return whether a table has columns for the technology, for dates, for the kind of attack, and of what is told of it."""
        return any(is_of_attacks(table) for table in tables(document))
