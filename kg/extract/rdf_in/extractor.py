"""RDF in breachkg's own vocabulary: what `kg export` writes, and what others write in its terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import LateExtractor
from kg.extract.rdf_in.syntax import syntax

if TYPE_CHECKING:
    from kg.model import Document


class RdfExtractor(LateExtractor):
    """Reads RDF in breachkg's vocabulary."""

    name = "rdf"
    reading = "kg.extract.rdf_in.reading"
    version = "11"
    description = "RDF in the vocabulary of breachkg, such as `kg export` writes: Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML."

    def recognizes(self, document: Document) -> bool:
        """Return whether it is RDF, in whatever vocabulary."""
        return bool(syntax(document.text))
