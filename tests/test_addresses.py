from __future__ import annotations

from pathlib import Path

import pytest

from kg.addresses import shown


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://graphs.example/a@b?c=d@e", "https://graphs.example/a@b?c=d@e"),
        ("https://me@graphs.example/a@b", "https://graphs.example/a@b"),
        *((f"https://me:se@cr{mark}et@graphs.example/a", "https://…@graphs.example/a") for mark in "#/?"),
        ("https://me:se@cr\net@graphs.example/a", "https://graphs.example/a"),
        ("http://me:se@cr/e@t@127.0.0.1:1/x", "http://…@127.0.0.1:1/x"),
        ("http://me@firm.example:se?cret@127.0.0.1:1/x", "http://…@127.0.0.1:1/x"),
        ("http://me@graphs.example:8000/x@y", "http://graphs.example:8000/x@y"),
        ("http://[::1]:80/a@b", "http://[::1]:80/a@b"),
        ("http://me@[::1]:80", "http://[::1]:80"),
        ("http://me:s@cret@127.0.0.1:x", "http://127.0.0.1:x"),
        *((f"http://me:se{mark}cret@127.0.0.1:1/x", "http://…@127.0.0.1:1/x") for mark in "#/?"),
        ("http://graphs.example:80/x?e=a@b", "http://graphs.example:80/x?e=a@b"),
        (Path("a@b/c.kg"), "a@b/c.kg"),
    ],
)
def test_user_and_password_are_not_shown(address, told):
    assert shown(address) == told
