"""GraphML and GEXF, as networkx writes them: every value a text, without the characters that XML cannot hold."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from kg.export.rows import edge_row, node_row
from kg.patterns import regex

if TYPE_CHECKING:
    import networkx as nx

    from kg.export.selection import Selection

_NOT_XML = regex("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graphml(selection: Selection) -> bytes:
    """Return nodes and statements as GraphML 1.0."""
    import networkx as nx  # noqa: PLC0415 - half a second that only this export pays

    out = io.BytesIO()
    nx.write_graphml_xml(_plain(selection), out)
    return out.getvalue()


def gexf(selection: Selection) -> bytes:
    """Return nodes and statements as GEXF 1.2, for Gephi; what a statement says is its attribute `relation`."""
    from networkx.readwrite.gexf import GEXFWriter  # noqa: PLC0415 - as above

    graph = _plain(selection)
    for number, (_, _, told) in enumerate(graph.edges(data=True)):
        # In GEXF the type of an edge is whether it has a direction.
        told |= {"id": str(number), "relation": told.pop("type")}
        told["label"] = told["relation"]
    writer: Any = GEXFWriter(version="1.2draft")
    writer.add_graph(graph)
    for meta in writer.xml.findall("meta"):
        # It tells the day of writing.
        writer.xml.remove(meta)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _plain(selection: Selection) -> nx.MultiDiGraph[str]:
    """The graph with what is known of every node and statement; edges are keyed by their type."""
    import networkx as nx  # noqa: PLC0415 - as above

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in selection.projection.nodes.values():
        told = _known(node_row(node))
        graph.add_node(told.pop("id"), **told)
    for edge in selection.projection.edges:
        told = _known(edge_row(selection, edge))
        graph.add_edge(told.pop("source"), told.pop("target"), key=told["type"], **told)
    return graph


def _known(row: dict[str, str]) -> dict[str, str]:
    return {name: _NOT_XML.sub("", value) for name, value in row.items() if value}
