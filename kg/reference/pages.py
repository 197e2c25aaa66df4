"""The documentation of the ontology as a folder of HTML pages that need nothing but themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from kg.errors import KGError
from kg.reference.diagram import drawing
from kg.reference.library import Library, concept_anchor, library, scheme_page
from kg.reference.markup import environment
from kg.reference.terms import CLASS, DATA, OBJECT
from kg.view.files import write_text
from kg.vocabulary import ontology_dir

if TYPE_CHECKING:
    from pathlib import Path


def write_docs(folder: Path, ontology: Path | None = None) -> list[Path]:
    """Write the documentation of the ontology; return the files, `index.html` first and the others by name.

    The same ontology gives the same bytes. Files of that name are replaced, others are left alone.

    Args:
        folder: where to write; it is made when it is not there.
        ontology: the folder of the ontology; the packaged one when not given.

    Raises:
        KGError: the ontology cannot be read, or a file cannot be written.
    """
    texts = pages(ontology or ontology_dir())
    written = []
    for name in sorted(texts, key=lambda one: (one != "index.html", one)):
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise KGError(f"{path.parent}: the folder cannot be made: {error.strerror or error}") from error
        write_text(texts[name], path)
        written.append(path)
    return written


def pages(ontology: Path) -> dict[str, str]:
    """Return the pages of the documentation: their paths within its folder, and their HTML.

    Raises:
        KGError: the ontology cannot be read.
    """
    found = library(ontology)
    # The diagram is made by a template that escapes what it is given.
    diagram = Markup(drawing(found.terms, links=True))  # noqa: S704
    texts = {
        "index.html": _page("index.html", found, diagram=diagram, kinds=(CLASS, OBJECT, DATA)),
        "shapes.html": _page("shapes.html", found),
    }
    if found.questions:
        texts["questions.html"] = _page("questions.html", found)
    for scheme in (*found.schemes, *found.listings):
        texts[scheme_page(scheme)] = _page("scheme.html", found, root="../", scheme=scheme)
    return texts


def _page(template: str, found: Library, *, root: str = "", **more: Any) -> str:
    """One page."""
    made = environment().get_template(template)
    return made.render(library=found, about=found.about, root=root, concept_anchor=concept_anchor, **more)
