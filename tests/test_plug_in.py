"""The extractor of the README as a package of its own, installed for real, found, and built with."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def block(kind, word):
    """The block of the README of a kind that holds a word."""
    (text,) = [
        match[2]
        for match in BLOCK.finditer((ROOT / "README.md").read_text("utf-8"))
        if match[1] == kind and word in match[2]
    ]
    return text


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A function that runs `kg` with the package beside it."""
    project, place = tmp_path_factory.mktemp("project"), tmp_path_factory.mktemp("place")
    (project / "pyproject.toml").write_text(block("toml", "kg.extractors"), "utf-8")
    (project / "my_package.py").write_text(block("python", "LineExtractor"), "utf-8")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-index",
        "--no-deps",
        "--no-build-isolation",
        "--target",
        place,
        project,
    ]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    environment = {**os.environ, "PYTHONPATH": str(place)}

    def run(*arguments):
        command = [sys.executable, "-m", "kg", *map(str, arguments)]
        done = subprocess.run(command, env=environment, cwd=project, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_it_has_about_eighteen_lines():
    lines = [line for line in block("python", "LineExtractor").splitlines() if line.strip()]
    assert 15 <= len(lines) <= 18


def test_it_is_listed_among_the_formats(installed):
    rows = json.loads(installed("formats", "--format", "json"))
    assert {"format": "lines", "version": "1", "reads": "One breached organization a line."} in rows
    assert len(rows) > 5


def test_it_is_built_with_and_its_words_are_evidence(installed, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "news.txt").write_text("breached: Acme\nbreached: Globex\n", "utf-8")
    (tmp_path / "in" / "suppliers.csv").write_text("customer,supplier\nHooli,Acme\n", "utf-8")
    store = tmp_path / "s.kg"
    assert installed("build", tmp_path / "in", "--store", store).startswith(
        "2 documents (2 read, 0 unchanged, 0 removed): 2 incidents"
    )
    told = json.loads(installed("exposure", "Hooli", "--store", store, "--format", "json"))
    assert [found["vendor"]["label"] for found in told["exposures"]] == ["Acme"]
    asked = "SELECT ?quote ?name { ?c a bkg:Claim ; bkg:quote ?quote ; rdf:predicate bkg:breached ; rdf:object/rdfs:label ?name }"
    rows = json.loads(installed("query", asked, "--store", store, "--format", "json"))["results"]["bindings"]
    assert sorted((row["name"]["value"], row["quote"]["value"]) for row in rows) == [
        ("Acme", "breached: Acme"), ("Globex", "breached: Globex"),
    ]  # fmt: skip
