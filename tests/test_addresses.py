from __future__ import annotations

from pathlib import Path

import pytest

from kg.addresses import shown


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://graphs.example/a@b?c=d@e", "https://graphs.example/a@b?c=d@e"),
        ("https://me:secret@graphs.example/a@b", "https://graphs.example/a@b"),
        ("http://me@[::1]:80", "http://[::1]:80"),
        ("http://me:s@cret@127.0.0.1:x", "http://127.0.0.1:x"),
        (Path("a@b/c.kg"), "a@b/c.kg"),
    ],
)
def test_user_and_password_are_not_shown(address, told):
    assert shown(address) == told
