"""Registries: their names, however long, and names that only begin like one."""

from __future__ import annotations

import pytest

from kg.extract.registries import is_registry


@pytest.mark.parametrize(
    "name",
    ["npm", "PyPI", "RubyGems.org", "Docker Hub", "Open VSX", "Chrome Web Store", "VS Code Marketplace", "Flathub"],
)
def test_a_registry(name):
    assert is_registry(name)


@pytest.mark.parametrize("name", ["", "npm-alder", "Alder npm", "Docker", "Chrome", "GitHub"])
def test_no_registry(name):
    assert not is_registry(name)
