"""The table of attacks on software supply chains that IQT Labs collected: what was compromised, how, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.supply_chain.columns import is_of_attacks
from kg.extract.tabular.table import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Document, Extracted


class SupplyChainExtractor:
    """Reads tables of attacks on software supply chains."""

    name = "supply-chain"
    version = "15"
    description = (
        "Tables of software supply-chain attacks (CSV, HTML, JSON; as IQT Labs publishes them): technology, dates of compromise,"
        " detection and report, categories, references."
    )

    def recognizes(self, document: Document) -> bool:
        """Return whether a table has columns for the technology, for dates, for the kind of attack, and of what is told of it."""
        return any(is_of_attacks(table) for table in tables(document))

    def extract(self, document: Document) -> Iterator[Extracted]:
        """Yield an incident for every row; a row that names and describes nothing and a repeated one are defects."""
        from kg.extract.supply_chain.reading import read

        return read(document)
