"""The page to ask from: an editor, the prefixes, the competency questions as examples, the rows, downloads."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from markupsafe import Markup
from starlette.responses import Response

from kg.competency import example, questions
from kg.view.safe import script_json
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from jinja2 import Template
    from starlette.requests import Request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)


def page(request: Request, store: str) -> Response:
    """Return the page of a server that serves a store of that name."""
    told = _template().render(
        store=store,
        address=str(request.url_for("sparql")),
        prefixes=PREFIXES,
        questions=_examples(),
        given=Markup(script_json({"prefixes": PREFIXES, "examples": _examples()})),  # noqa: S704 - escaped by it
    )
    return Response(told, media_type="text/html", headers={"Content-Security-Policy": POLICY})


@cache
def _template() -> Template:
    text = (files("kg.serve") / "page.html").read_text("utf-8")
    return Environment(autoescape=True).from_string(text)


@cache
def _examples() -> tuple[dict[str, Any], ...]:
    """Number, title, description and text of every question that a query alone can ask."""
    return tuple(
        {"id": one.id, "title": one.title, "description": one.description, "text": example(one)}
        for one in questions()
        if one.state_at is None
    )
