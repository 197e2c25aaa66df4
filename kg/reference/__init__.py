"""The documentation of the ontology, made from its own files: HTML pages, and a class diagram as a picture."""

from kg.reference.diagram import class_diagram
from kg.reference.pages import write_docs

__all__ = ["class_diagram", "write_docs"]
