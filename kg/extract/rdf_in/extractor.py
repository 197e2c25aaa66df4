"""RDF in breachkg's own vocabulary: what `kg export` writes, and what others write in its terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.rdf_in.syntax import syntax

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Document, Extracted


class RdfExtractor:
    """Reads RDF in breachkg's vocabulary."""

    name = "rdf"
    version = "10"
    description = "RDF in the vocabulary of breachkg, such as `kg export` writes: Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML."

    def recognizes(self, document: Document) -> bool:
        """Return whether it is RDF, in whatever vocabulary."""
        return bool(syntax(document.text))

    def extract(self, document: Document) -> Iterator[Extracted]:
        """Yield the records, a defect for every broken line, and one for every kind of node that is told of in none.

        Raises:
            UnreadableError: the document is broken, or has nothing in this vocabulary.
        """
        from kg.extract.rdf_in.reading import read

        return read(document)
