"""Where others publish: what they publish there may be harmful without the registry having been broken into."""

from __future__ import annotations

import re

from kg.patterns import regex

HOSTS = frozenset("github gitlab bitbucket sourceforge".split())
"""Where others keep their code."""
REGISTRIES = (
    r"(?:npm(?:js(?:\.com|\.org)?)?|pypi(?:\.org)?|python package index|pip|gem|rubygems?(?:\.org)?|maven(?: central)?|nuget(?:\.org)?|packagist(?:\.org)?|pear|crates\.io|cocoapods|docker ?hub|aur|bintray|jcenter"
    r"|(?:jfrog )?artifactory|(?:ana)?conda|homebrew|chocolatey|snap(?:craft)?|flathub|cpan|cran|hackage|hex(?:\.pm)?|open ?vsx|hugging ?face"
    r"|(?:google )?play store|google play|(?:apple )?app store|chrome web store|(?:vs ?code|visual studio(?: code)?) marketplace)"
)
"""A pattern of the names of registries, and of stores of apps and extensions."""
_REGISTRY = regex(REGISTRIES, re.IGNORECASE)


def is_registry(name: str) -> bool:
    """Return whether a name is that of a registry."""
    return _REGISTRY.fullmatch(name) is not None
