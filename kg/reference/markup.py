"""Templates that escape whatever they are given, and the policy of the pages made from them."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape

from kg.view.safe import Cleaner


@cache
def environment() -> Environment:
    """Return an environment with the templates of this package: text is escaped, hidden characters are taken out."""
    made = Environment(
        loader=DictLoader({name: _asset(name) for name in _TEMPLATES}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_clean,
    )
    made.globals["anchor"] = anchor
    made.filters["prose"] = prose
    return made


def style() -> Markup:
    """Return the style sheet of every page."""
    return Markup(_asset("style.css"))  # noqa: S704  # the package's own file


def policy() -> str:
    """Return the content security policy of every page: nothing is loaded and nothing runs, only this style applies."""
    digest = b64encode(sha256(style().encode("utf-8")).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def anchor(text: str) -> str:
    """Return a text as an id or file name: letters, digits, "-" and "_"; any other character as its code after a dot.

    Two different texts have two different anchors, and none starts like those of the sections of a page ("at.").
    """
    return re.sub(r"[^A-Za-z0-9_-]", lambda match: f".{ord(match[0]):X}.", text)


def prose(text: str) -> Markup:
    """Return a text with what stands between backquotes as code."""
    parts = [escape(_clean(part)) for part in re.split(r"`([^`]+)`", text)]
    return Markup().join(Markup("<code>{}</code>").format(part) if at % 2 else part for at, part in enumerate(parts))


def _clean(value: Any) -> Any:
    return Cleaner()(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _asset(name: str) -> str:
    """One of the package's own files."""
    return (files("kg.reference") / "templates" / name).read_text(encoding="utf-8").replace("\r\n", "\n")


_TEMPLATES = ("diagram.svg", "index.html", "page.html", "parts.html", "questions.html", "scheme.html", "shapes.html")
