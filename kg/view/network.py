"""pyvis's Network as the object model of the page, with a template of its own.

pyvis's page asks a content network for style sheets and lets titles, headings and option values run as script; so its
lists are filled here directly, and only the copy of vis-network that its wheel carries is used, checked by hash.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import pyvis
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network

from kg.errors import KGError
from kg.view.markup import asset, plain_markup, plain_script, plain_style, policy
from kg.view.payload import Record, payload
from kg.view.printed import printed
from kg.view.safe import script_json

if TYPE_CHECKING:
    from kg.view.page import Page

VIS_SHA256: Final = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"
SCRIPTS: Final = tuple(
    f"{name}.js"
    for name in """
        data model address saving search overlay scope rings labels bends drawing shades overview elements panel table combobox
        list app start
    """.split()
)
"""The page's own script, in one scope, in reading order."""


class PageNetwork(Network):  # type: ignore[misc]
    """The network of one page; `nodes` and `edges` are what vis-network draws, with indexes as ids.

    Raises:
        KGError: an id is used twice, or an edge or the focus names a node that is not there.
    """

    def __init__(self, page: Page) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.records = payload(page)
        self.printed = printed(page)
        self.options = {"physics": {"enabled": False}}
        self.nodes = _drawn_nodes(self.records)
        self.edges = _drawn_edges(self.records)
        self.node_ids = [node["id"] for node in self.nodes]
        self.node_map = {node["id"]: node for node in self.nodes}

    def generate_html(self, name: str = "", local: bool = True, notebook: bool = False) -> str:  # noqa: ARG002
        """Return the whole document; the arguments are those of pyvis and change nothing.

        Raises:
            KGError: the installed pyvis has another vis-network file than the one this package was checked with.
        """
        style, library, script = plain_style(asset("kg.view", "app.css")), vis_network(), _script()
        environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        document = environment.from_string(asset("kg.view", "template.html")).render(
            page=self.records,
            printed=self.printed,
            policy=policy(style, [library, script], images="data: blob:"),
            style=Markup(style),  # noqa: S704  # the package's own file
            library=Markup(library),  # noqa: S704  # checked by hash
            script=Markup(script),  # noqa: S704  # the package's own file
            data=Markup(script_json(self.records)),  # noqa: S704  # escaped by script_json
        )
        self.html = plain_markup(document)
        return self.html


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
    return plain_script(content.decode("utf-8").replace("\r\n", "\n").partition("//# sourceMappingURL")[0])


def _script() -> str:
    """Return the page's own script, its parts in one scope of their own."""
    parts = "\n".join(asset("kg.view", name) for name in SCRIPTS)
    return plain_script(f'"use strict";\n(() => {{\n{parts}}})();\n')


def _drawn_nodes(records: Record) -> list[Record]:
    """Return the nodes as vis-network takes them, each at its place; how they look, the page's script decides."""
    nodes, texts = records["nodes"], records["texts"]
    shapes = [kind["shape"] for kind in records["nodeKinds"]]
    return [
        {"id": at, "label": texts[label] if isinstance(label, int) else label, "shape": shapes[kind], "x": x, "y": y}
        for at, (label, kind, x, y) in enumerate(
            zip(nodes["label"], nodes["kind"], nodes["x"], nodes["y"], strict=True)
        )
    ]


def _drawn_edges(records: Record) -> list[Record]:
    """Return the edges as vis-network takes them."""
    ends = zip(records["edges"]["source"], records["edges"]["target"], strict=True)
    return [{"id": at, "from": source, "to": target, "arrows": "to"} for at, (source, target) in enumerate(ends)]
