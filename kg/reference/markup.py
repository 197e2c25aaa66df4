"""Templates that escape whatever they are given, and the policy of the pages made from them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from kg.view.markup import asset, clean, policy, templates

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment() -> Environment:
    """Return an environment with the templates of this package: text is escaped, hidden characters are taken out."""
    made = templates("kg.reference")
    style = asset("kg.reference", "templates/style.css")
    made.globals["style"] = Markup(style)  # noqa: S704  # the package's own file
    # Nothing is loaded and nothing runs, only this style applies.
    made.globals["policy"] = policy(style)
    made.globals["anchor"] = anchor
    made.filters["prose"] = prose
    return made


def anchor(text: str) -> str:
    """Return a text as an id or file name: letters, digits, "-" and "_"; any other character as its code after a dot.

    Two different texts have two different anchors, and none starts like those of the sections of a page ("at.").
    """
    return re.sub(r"[^A-Za-z0-9_-]", lambda match: f".{ord(match[0]):X}.", text)


def prose(text: str) -> Markup:
    """Return a text with what stands between backquotes as code."""
    parts = [escape(clean(part)) for part in re.split(r"`([^`]+)`", text)]
    return Markup().join(Markup("<code>{}</code>").format(part) if at % 2 else part for at, part in enumerate(parts))
