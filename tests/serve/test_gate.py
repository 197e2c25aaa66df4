"""Who may ask, and what every response carries."""

from __future__ import annotations

import base64
import os
import subprocess
import sys

import pytest
from served import SITE, TOKEN, served

from kg.errors import KGError
from kg.serve import Settings
from kg.serve.settings import is_loopback

ASK = {"query": "ASK {}"}


def test_every_response_is_guarded(server):
    for path in (
        "",
        "sparql",
        "sparql?query=ASK{}",
        "sparql?query=x",
        "healthz",
        "metrics",
        "query.js",
        "none",
        "view?hops=x",
    ):
        headers = server.client.get(server.url + path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert not [name for name in headers if name.startswith("access-control")]
        assert "server" not in headers


def test_the_page_allows_nothing_from_elsewhere(server):
    page = server.client.get(server.url)
    policy = dict(part.strip().split(" ", 1) for part in page.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert {policy["script-src"], policy["style-src"], policy["connect-src"]} == {"'self'"}
    assert "<script>" not in page.text
    assert "onclick" not in page.text
    for line in page.text.splitlines():
        assert ("src=" not in line and "<link" not in line) or "http" not in line


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST:80", "localhost:65535"])
def test_names_of_this_machine(server, host):
    assert server.client.get(server.endpoint, params=ASK, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("rebound.example", 421),
        ("rebound.example:8000", 421),
        ("localhost.example", 421),
        ("127.0.0.1.example", 421),
        ("localhost:80@evil.example", 400),
        ("localhost:x", 400),
        ("a b", 400),
        ("", 400),
    ],
)
def test_a_name_that_stands_for_this_machine_by_ill_will(server, host, status):
    """DNS rebinding: the page's own name, made to stand for 127.0.0.1, is what its browser sends."""
    for path in ("sparql?query=ASK{}", "", "metrics", "healthz"):
        assert server.client.get(server.url + path, headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
    ],
)
def test_another_web_site_may_not_ask(server, headers):
    assert server.client.get(server.endpoint, params=ASK, headers=headers).status_code == 403
    told = server.client.post(server.endpoint, data=ASK, headers=headers)
    assert told.status_code == 403
    assert "access-control-allow-origin" not in told.headers


def test_a_link_may_be_followed_and_the_own_page_may_ask(server):
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert server.client.get(server.url, headers=link).status_code == 200
    assert server.client.post(server.endpoint, data=ASK, headers=link).status_code == 403
    own = {"Origin": server.url.rstrip("/"), "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}
    assert server.client.post(server.endpoint, data=ASK, headers=own).status_code == 200


def basic(user, password):
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": f"Bearer {TOKEN}"}, 200),
        ({"Authorization": f"bearer  {TOKEN}"}, 200),
        (basic("anybody", TOKEN), 200),
        (basic("", TOKEN), 200),
        ({"Authorization": f"Bearer {TOKEN}x"}, 401),
        ({"Authorization": f"Bearer {TOKEN[:-1]}"}, 401),
        ({"Authorization": "Bearer"}, 401),
        ({"Authorization": TOKEN}, 401),
        (basic(TOKEN, ""), 401),
        ({"Authorization": "Basic !!!"}, 401),
        ({"Authorization": "Basic w7/DvzrDvw=="}, 401),
        ({"Authorization": b"Bearer \xff\xfe"}, 401),
    ],
)
def test_the_token(guarded, headers, status):
    for path in ("sparql?query=ASK{}", "", "metrics"):
        told = guarded.client.get(guarded.url + path, headers=headers)
        assert told.status_code == status
        assert ("www-authenticate" in told.headers) == (status == 401)
    assert guarded.client.get(f"{guarded.url}healthz", headers=headers).status_code == 200


def test_another_name(guarded):
    shown = {"Authorization": f"Bearer {TOKEN}"}
    for host, status in (("graph.example", 200), ("Graph.Example:443", 200), ("localhost", 200), ("x.example", 421)):
        assert guarded.client.get(guarded.endpoint, params=ASK, headers=shown | {"Host": host}).status_code == status


def test_a_web_site_that_may_ask(guarded):
    shown = {"Authorization": f"Bearer {TOKEN}", "Origin": SITE, "Sec-Fetch-Site": "cross-site"}
    told = guarded.client.post(guarded.endpoint, data=ASK, headers=shown)
    assert (told.status_code, told.headers["access-control-allow-origin"]) == (200, SITE)
    assert "Origin" in told.headers["vary"]
    asks = {"Origin": SITE, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    before = guarded.client.options(guarded.endpoint, headers=asks)
    assert (before.status_code, before.headers["access-control-allow-origin"]) == (204, SITE)
    assert "authorization" in before.headers["access-control-allow-headers"].lower()
    other = guarded.client.options(guarded.endpoint, headers=asks | {"Origin": "https://evil.example"})
    assert (other.status_code, "access-control-allow-origin" in other.headers) == (403, False)
    assert guarded.client.post(guarded.endpoint, data=ASK, headers={"Origin": SITE}).status_code == 401


def command(*words, **environment):
    kept = {name: value for name, value in os.environ.items() if name != "KG_TOKEN"}
    line = [sys.executable, "-m", "kg", "serve", "--port", "0", *map(str, words)]
    return subprocess.run(line, capture_output=True, text=True, check=False, timeout=60, env=kept | environment)


def test_others_are_served_with_a_token_only(demo_store, tmp_path):
    told = command("--store", demo_store, "--host", "0.0.0.0")
    assert (told.returncode, told.stdout, len(told.stderr.splitlines())) == (1, "", 1)
    assert "--token-file" in told.stderr
    short = tmp_path / "short"
    short.write_text("secret\n")
    told = command("--store", demo_store, "--host", "0.0.0.0", "--token-file", short)
    assert (told.returncode, "16 or more" in told.stderr, "secret" in told.stderr) == (1, True, False)
    (tmp_path / "token").write_text(TOKEN + "\n")
    with served(demo_store, "--host", "0.0.0.0", "--token-file", tmp_path / "token") as running:
        address = f"http://127.0.0.1:{running.place[1]}/sparql"
        assert running.client.get(address, params=ASK).status_code == 401
        assert running.client.get(address, params=ASK, auth=("me", TOKEN)).json()["boolean"] is True


@pytest.mark.parametrize(
    "words",
    [
        ["--store", "nothing.kg"],
        ["--host", "no.such.host.invalid"],
        ["--token-file", "nothing"],
        ["--store", "http://127.0.0.1:1/sparql"],
    ],
)
def test_what_cannot_be_served_is_said_in_one_line(demo_store, words):
    told = command("--store", demo_store, *words, KG_TOKEN="x" * 20)
    assert (told.returncode, told.stdout, len(told.stderr.splitlines())) == (1, "", 1)


def test_a_port_that_is_taken(demo_store, server):
    told = command("--store", demo_store, "--port", server.place[1])
    assert (told.returncode, "in use" in told.stderr) == (1, True)


@pytest.mark.parametrize(
    "wrong", [{"body": 0}, {"patience": 0}, {"concurrent": 2000}, {"token": "with a blank in it, and long"}]
)
def test_settings_that_make_no_sense(wrong):
    with pytest.raises(KGError):
        Settings(**wrong)


def test_the_token_is_not_shown():
    assert TOKEN not in repr(Settings(token=TOKEN))


@pytest.mark.parametrize(
    ("host", "only_here"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("localhost", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("::", False),
        ("127.0.0.1.example", False),
        ("", False),
    ],
)
def test_addresses_that_only_this_machine_reaches(host, only_here):
    assert is_loopback(host) == only_here
