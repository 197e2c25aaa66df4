"""Validation: what is wrong with a graph, or weak in it, and which document says so.

The checks are the SHACL shapes of the ontology, and what SHACL cannot say: that a quote is what its document says
at its span (`quotes`). An engine runs the shapes (`engines`) over the canonical graph, and over the evidence in parts
of bounded size (`parts`), for claims and notes keep their spans and places in the evidence only. What is found is
traced to the document and the place that it comes from (`places`).

Warnings are told of the canonical graph alone: in the evidence each would be told again for every document.
"""

from __future__ import annotations

from kg.validate.checking import validate
from kg.validate.engines import ENGINES
from kg.validate.findings import Finding, Validation, joined

__all__ = ["ENGINES", "Finding", "Validation", "joined", "validate"]
