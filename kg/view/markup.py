"""Templates that escape whatever they are given, and the policies of the pages made from them."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from kg.patterns import regex
from kg.view.safe import Cleaner, source_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

_BEYOND: Final = regex(r"[^\x00-\x7f]")


def templates(package: str) -> Environment:
    """Return an environment with the folder `templates` of a package: text is escaped, hidden characters are taken out."""
    folder = files(package) / "templates"
    return Environment(
        loader=DictLoader({one.name: asset(package, f"templates/{one.name}") for one in folder.iterdir()}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=clean,
    )


@cache
def asset(package: str, name: str) -> str:
    """Return one of the files that come with a package, its lines ended by LF."""
    return files(package).joinpath(*name.split("/")).read_text(encoding="utf-8").replace("\r\n", "\n")


def plain_script(text: str) -> str:
    """Return a script in ASCII alone; its other characters, which may stand in literals and comments only, are escaped.

    A browser keeps a document of ASCII in half the memory, and has read and compiled it a seventh sooner.
    """
    return _BEYOND.sub(lambda found: json.dumps(found[0])[1:-1], text)


def plain_style(text: str) -> str:
    """Return a style sheet in ASCII alone; its other characters, which may stand in strings only, are escaped."""
    # The blank ends the escape, and belongs to it.
    return _BEYOND.sub(lambda found: f"\\{ord(found[0]):x} ", text)


def plain_markup(text: str) -> str:
    """Return a document in ASCII alone, its other characters as references.

    Args:
        text: the document; what is in its scripts and styles is in ASCII already.
    """
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii")


def clean(value: Any) -> Any:
    """Return a value fit to be printed: hidden characters are taken out of text."""
    return Cleaner()(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def policy(style: str, scripts: Sequence[str] = (), *, images: str = "") -> str:
    """Return the content security policy that lets exactly these inline scripts and this inline style in.

    Args:
        style: the text of the style element.
        scripts: the texts of the script elements that run.
        images: the sources of images ("data:"); without it, there are none.
    """
    running = " ".join(map(source_hash, scripts))
    rules = [
        "default-src 'none'",
        *([f"script-src {running}"] if scripts else []),
        f"style-src {source_hash(style)}",
        *([f"img-src {images}"] if images else []),
        "base-uri 'none'",
        "form-action 'none'",
        *(["require-trusted-types-for 'script'"] if scripts else []),
    ]
    return "; ".join(rules)
