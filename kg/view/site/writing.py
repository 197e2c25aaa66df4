"""From the library to the files of a site: templates filled, one page at a time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from kg.dates import date_words
from kg.view.markup import asset, policy, templates
from kg.view.rendering import render
from kg.view.safe import link, script_json
from kg.view.site.dossiers import Library
from kg.view.site.folder import write_folder
from kg.view.site.index import index_of
from kg.view.site.naming import GRAPH, WITH_PAGES, in_graph
from kg.view.site.records import NO_TIER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.evidence import Evidence
    from kg.exposure.projection import Projection
    from kg.store import GraphStore
    from kg.view.page import Page
    from kg.view.site.records import Dossier

MOST: Final = 200
"""Rows of one table."""
FEW: Final = 12
"""Statements up to which a page shows all quotes unfolded."""
_PACKAGE: Final = "kg.view.site"


def write_site(folder: Path, projection: Projection, page: Page, store: GraphStore, evidence: Evidence) -> Path:
    """Write a site of the whole graph and return its first page; what an earlier call wrote there is replaced.

    `index.html`, a page for every vendor (`vendor/`) and incident (`incident/`), and the interactive `graph.html`.

    Args:
        folder: where it is to stand: nothing, an empty folder, or an earlier site.
        projection: the nodes and edges.
        page: the page of the whole graph; its title is the site's.
        store: the graph.
        evidence: its claims.

    Raises:
        KGError: the folder holds something else, or it cannot be written; it is as it was before.
    """
    write_folder(folder, site(Library(projection, page, store, evidence)), WITH_PAGES)
    return folder / "index.html"


def site(library: Library) -> Iterator[tuple[str, str]]:
    """Yield the path within the folder and the text of every file of a site."""
    printer = _Printer(library)
    yield "index.html", printer.index()
    for kind, told in (("vendor", library.vendor), ("incident", library.incident)):
        for node in library.of_kind(kind):
            yield library.addresses.pages[node.iri], printer.dossier(f"{kind}.html", told(node))
    yield GRAPH, render(library.page)


def theme() -> str:
    """Return the colours of the interactive page: the rules for `:root` at the head of its style sheet."""
    return asset("kg.view", "app.css").partition("\n\n")[0]


class _Printer:
    """Fills the templates."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._style = re.sub(r"\n\s*", "\n", f"{theme()}\n{asset(_PACKAGE, 'templates/site.css')}")
        self._environment = templates(_PACKAGE)
        self._environment.filters |= {"link": link, "pairs": dict, "tier": _tier, "dated": date_words}
        self._environment.globals |= {
            "library": library,
            "title": library.page.title,
            "style": Markup(self._style),  # noqa: S704  # the package's own files
            "most": MOST,
            "few": FEW,
            "arrow": " → ",
        }

    def index(self) -> str:
        """Return the first page."""
        found = index_of(self._library)
        script = asset(_PACKAGE, "templates/search.js")
        return self._filled(
            "index.html",
            root="",
            here=GRAPH,
            self_iri="",
            policy=policy(self._style, [script], images="data:"),
            index=found,
            documents=self._library.page.generated_from,
            data=Markup(script_json(found.search)),  # noqa: S704  # escaped by script_json
            script=Markup(script),  # noqa: S704  # the package's own file
        )

    def dossier(self, template: str, told: Dossier) -> str:
        """Return the page of a vendor or an incident."""
        statements = sum(map(len, told.statements.values()))
        return self._filled(
            template,
            root="../",
            here=in_graph(told.node.iri) if told.picture else GRAPH,
            self_iri=told.node.iri,
            policy=policy(self._style, images="data:"),
            dossier=told,
            address=told.node.printed("url"),
            unfolded=statements <= FEW,
        )

    def _filled(self, template: str, **values: Any) -> str:
        return self._environment.get_template(template).render(**values)


def _tier(tier: int) -> str:
    """A tier as the heading of its rows."""
    known = {1: "Tier 1: direct customers", 2: "Tier 2: customers of those", NO_TIER: "No path of supply is told"}
    return known.get(tier, f"Tier {tier}")
