"""Third-party exposure over the canonical graph: who depends on whom, what happened there, along which path."""

from __future__ import annotations

from kg.exposure.names import Finder
from kg.exposure.projection import Edge, Node, Projection, project
from kg.exposure.structure import blast_radius, exposure

__all__ = ["Edge", "Finder", "Node", "Projection", "blast_radius", "exposure", "project"]
