"""The three ways out for a page: a string, a file, a notebook frame."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from kg.view.files import write_text

if TYPE_CHECKING:
    from pathlib import Path

    from kg.view.page import Page

NOTEBOOK_HEIGHT: Final = 680


def render(page: Page) -> str:
    """Return the whole HTML document: no request, no clock, the same bytes for the same page.

    Raises:
        KGError: an id is used twice, an edge or the focus names a node that is not there, or the installed pyvis is
            not the one this package was checked with.
    """
    # pyvis pulls IPython, hundreds of modules: only a user who wants a page pays for it.
    from kg.view.network import PageNetwork  # noqa: PLC0415

    return PageNetwork(page).generate_html()


def write(page: Page, path: Path) -> None:
    """Write the page to a file, in UTF-8; a failure leaves whatever was at the path untouched.

    Raises:
        KGError: as for `render`, or the file cannot be written.
    """
    write_text(render(page), path)


def notebook(page: Page) -> str:
    """Return an iframe with the page inside: its scripts run, but in an origin of their own, away from the notebook.

    Raises:
        KGError: as for `render`.
    """
    title, document = escape(page.title), escape(render(page))
    return (
        f'<iframe sandbox="allow-scripts" title="{title}" width="100%" height="{NOTEBOOK_HEIGHT}" '
        f'frameborder="0" srcdoc="{document}"></iframe>'
    )
