"""pyvis's Network as the object model of the page, with a template of its own.

pyvis's page asks a content network for style sheets and lets titles, headings and option values run as script; so its
lists are filled here directly, and only the copy of vis-network that its wheel carries is used, checked by hash.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import pyvis
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network

from kg.errors import KGError
from kg.view.layout import positions
from kg.view.markup import asset, policy
from kg.view.page import write_text
from kg.view.payload import Record, payload
from kg.view.safe import link, script_json

if TYPE_CHECKING:
    from kg.view.page import Page

VIS_SHA256: Final = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"
LINE, LINES = 16, 3  # characters and lines of a label on the drawing; the panel has the whole of it
CURVE: Final = 0.36  # how far parallel edges bend apart, as a share of their length
OPTIONS: Final[Record] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {"hover": True, "hoverConnectedEdges": False, "selectConnectedEdges": False, "zoomSpeed": 0.6},
    # vis-network's own hover and selection colours would paint over a path that is being shown.
    "nodes": {"chosen": False, "borderWidth": 1.5},
    "edges": {"chosen": False, "smooth": False},
}


class PageNetwork(Network):  # type: ignore[misc]
    """The network of one page; `nodes` and `edges` are what vis-network draws, with indexes as ids.

    Args:
        page: what to show.

    Raises:
        KGError: an id is used twice, or an edge or the focus names a node that is not there.
    """

    def __init__(self, page: Page) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.records = payload(page)
        self.options = OPTIONS
        self.nodes = _drawn_nodes(self.records)
        self.edges = _drawn_edges(self.records)
        self.node_ids = [node["id"] for node in self.nodes]
        self.node_map = {node["id"]: node for node in self.nodes}

    def generate_html(self, name: str = "", local: bool = True, notebook: bool = False) -> str:  # noqa: ARG002
        """Return the whole document; the arguments are those of pyvis and change nothing.

        Args:
            name: unused.
            local: unused.
            notebook: unused.

        Raises:
            KGError: the installed pyvis has another vis-network file than the one this package was checked with.
        """
        style, library, script = asset("kg.view", "app.css"), vis_network(), _script()
        drawing = {"nodes": self.nodes, "edges": self.edges, "options": self.options}
        data = script_json({**self.records, "drawing": drawing})
        environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        self.html = environment.from_string(asset("kg.view", "template.html")).render(
            page=self.records,
            policy=policy(style, [library, script], images="data: blob:"),
            style=Markup(style),  # noqa: S704  # the package's own file
            library=Markup(library),  # noqa: S704  # checked by hash
            script=Markup(script),  # noqa: S704  # the package's own file
            data=Markup(data),  # noqa: S704  # escaped by script_json
        )
        return self.html

    def write_html(
        self,
        name: str,
        local: bool = True,  # noqa: ARG002
        notebook: bool = False,  # noqa: ARG002
        open_browser: bool = False,  # noqa: ARG002
    ) -> None:
        """Write the document as UTF-8, whole or not at all; the other arguments are those of pyvis and change nothing.

        Args:
            name: the file to create or replace.
            local: unused.
            notebook: unused.
            open_browser: unused; a page is opened by its reader.

        Raises:
            KGError: as for `generate_html`, or the file cannot be written.
        """
        write_text(self.generate_html(), Path(name))


@cache
def vis_network() -> str:
    """Return the source of vis-network as the pyvis wheel carries it, fit to stand in a script element.

    Raises:
        KGError: the file is missing, or is not the one whose hash stands here.
    """
    place = files("pyvis") / "lib" / "vis-9.1.2" / "vis-network.min.js"
    try:
        content = place.read_bytes()
    except OSError as error:
        raise KGError(f"pyvis {pyvis.__version__} has no vis-network 9.1.2; install pyvis 0.3.2") from error
    if sha256(content).hexdigest() != VIS_SHA256:
        raise KGError(f"{place} is not the vis-network this package was checked with; reinstall pyvis 0.3.2")
    # A browser hashes a script after it has read CR LF as LF; the source map is a file that is not there.
    return content.decode("utf-8").replace("\r\n", "\n").partition("//# sourceMappingURL")[0]


def _script() -> str:
    """Return the page's own script, its parts in one scope of their own."""
    parts = "\n".join(asset("kg.view", name) for name in ("model.js", "drawing.js", "app.js"))
    return f'"use strict";\n(() => {{\n{parts}}})();\n'


def _drawn_nodes(records: Record) -> list[Record]:
    """Return the nodes for vis-network, each at its place."""
    nodes, edges = records["nodes"], records["edges"]
    ids = [str(at) for at in range(len(nodes))]
    degrees = [0] * len(nodes)
    for edge in edges:
        degrees[edge["source"]] += 1
        degrees[edge["target"]] += 1
    focus = records["focus"]
    where = positions(
        ids,
        [(str(edge["source"]), str(edge["target"])) for edge in edges],
        focus="" if focus is None else str(focus),
        tiers={str(at): node["tier"] for at, node in enumerate(nodes)},
    )
    return [
        {
            "id": at,
            "label": _wrapped(node["label"]),
            "shape": records["nodeKinds"][node["kind"]]["shape"],
            "size": 13 + min(9, 2 * degrees[at] ** 0.5) + (3 if at == focus else 0),
            "x": where[ids[at]][0],
            "y": where[ids[at]][1],
        }
        for at, node in enumerate(nodes)
    ]


def _wrapped(label: str) -> str:
    """Return a label in a few short lines; of an address, the host says most."""
    label = urlsplit(label).hostname or label if link(label) else label
    return "\n".join(textwrap.wrap(label, LINE, max_lines=LINES, placeholder=" …")) or "…"


def _drawn_edges(records: Record) -> list[Record]:
    """Return the edges for vis-network, those between the same two nodes bent apart."""
    beside: dict[tuple[int, int], list[int]] = defaultdict(list)
    for at, edge in enumerate(records["edges"]):
        beside[min(edge["source"], edge["target"]), max(edge["source"], edge["target"])].append(at)
    drawn: dict[int, Record] = {}
    for group in beside.values():
        for place, at in enumerate(group):
            edge = records["edges"][at]
            drawn[at] = {
                "id": at,
                "from": edge["source"],
                "to": edge["target"],
                "dashes": [7, 6] if edge["exposure"] == "potential" else False,
                "arrows": {"to": {"enabled": True, "type": records["edgeKinds"][edge["kind"]]["head"]}},
                **_bend(edge, place - (len(group) - 1) / 2, place),
            }
    return [drawn[at] for at in sorted(drawn)]


def _bend(edge: Record, offset: float, place: int) -> dict[str, Any]:
    """Return the curve of one of several edges between the same two nodes."""
    if edge["source"] == edge["target"]:
        return {"selfReference": {"size": 18 + 8 * place, "angle": 0.8}}
    if offset == 0:
        return {"smooth": False}
    # Clockwise is seen from the start of an edge: one that points back bends the same way by turning the other.
    clockwise = (offset > 0) == (edge["source"] < edge["target"])
    return {
        "smooth": {
            "enabled": True,
            "type": "curvedCW" if clockwise else "curvedCCW",
            "roundness": round(abs(offset) * CURVE, 3),
        }
    }
