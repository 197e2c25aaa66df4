"""The picture in the README shows the page as it is; `python tests/browser/picture.py` takes it anew."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def picture():
    spec = importlib.util.spec_from_file_location("picture", Path(__file__).with_name("picture.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_picture_shows_what_the_page_shows(picture, browser, tmp_path):
    _, digest = picture.taken(browser, picture.shown(tmp_path))
    kept = picture.PICTURE.read_bytes()
    assert len(kept) <= picture.MOST_BYTES
    assert picture.known(kept) == {"size": (1280, 800), "digest": digest}, "run python tests/browser/picture.py"


def test_a_picture_of_something_else_is_told_apart(picture, browser, tmp_path):
    address = picture.shown(tmp_path)
    png, digest = picture.taken(browser, address)
    assert picture.known(picture.packed(png, digest))["digest"] == digest
    assert picture.taken(browser, address)[1] == digest
    page = tmp_path / "page.html"
    page.write_text(page.read_text("utf-8").replace("Scale AI", "Scale BI"), encoding="utf-8")
    assert picture.taken(browser, address)[1] != digest
