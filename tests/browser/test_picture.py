"""The picture in the README shows the page as it is; `python tests/picture.py` takes it anew."""

from __future__ import annotations

import picture
import pytest

pytestmark = pytest.mark.browser


def test_the_picture_shows_what_the_page_shows(browser, tmp_path):
    _, digest = picture.taken(browser, picture.shown(tmp_path))
    kept = picture.PICTURE.read_bytes()
    assert len(kept) <= picture.MOST_BYTES
    assert picture.known(kept) == {"size": (1280, 800), "digest": digest}, "run python tests/picture.py"


def test_a_picture_of_something_else_is_told_apart(browser, tmp_path):
    address = picture.shown(tmp_path)
    png, digest = picture.taken(browser, address)
    assert picture.known(picture.packed(png, digest))["digest"] == digest
    assert picture.taken(browser, address)[1] == digest
    page = tmp_path / "page.html"
    page.write_text(page.read_text("utf-8").replace("Scale AI", "Scale BI"), encoding="utf-8")
    assert picture.taken(browser, address)[1] != digest
