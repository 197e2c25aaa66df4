"""GraphML, as networkx writes it, with lists flattened to text because GraphML has none."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.exposure import Projection

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graphml(projection: Projection) -> str:
    """Return the typed edges and their nodes as GraphML 1.0 text; claim IRIs and aliases are joined by blanks and "; "."""
    import networkx as nx  # noqa: PLC0415 - half a second that only this export pays

    plain = projection.to_networkx()
    for _, data in plain.nodes(data=True):
        data["aliases"] = _clean("; ".join(data["aliases"]))
        data["label"] = _clean(data["label"])
    for _, _, data in plain.edges(data=True):
        data["claims"] = " ".join(data["claims"])
    out = io.BytesIO()
    nx.write_graphml_xml(plain, out)
    return out.getvalue().decode("utf-8")


def _clean(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)
