from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest


def _pages():
    spec = importlib.util.spec_from_file_location("view_pages", Path(__file__).with_name("pages.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def pages():
    return _pages()


@pytest.fixture(scope="session")
def demo(pages):
    return pages.demo_page()


@pytest.fixture(scope="session")
def hostile(pages):
    return pages.hostile_page()
