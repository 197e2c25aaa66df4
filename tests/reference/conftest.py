"""The documentation, written once, and its pages taken apart."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

import pytest
import rdflib

from kg.reference import write_docs
from kg.vocabulary import ontology_dir

VOID = {"meta", "rect", "polyline", "polygon", "path"}
ACTIVE = {"script", "img", "iframe", "object", "embed", "link", "form", "base", "audio", "video", "image"}


@dataclass
class Article:
    """One entry of a page: its text, and where it links to."""

    text: str = ""
    links: list[str] = field(default_factory=list)


class Taken(HTMLParser):
    """A page taken apart: elements with their attributes, the text, and the text of each article by its id."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.articles: dict[str, Article] = {}
        self.open: list[str] = []
        self.inside: str = ""
        self.style = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "article":
            self.inside = dict(attrs)["id"]
            self.articles[self.inside] = Article()
        if tag == "a" and self.inside:
            self.articles[self.inside].links.append(dict(attrs)["href"])

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        assert self.open.pop() == tag
        if tag == "article":
            self.inside = ""

    def handle_data(self, data):
        if self.open and self.open[-1] == "style":
            self.style += data
            return
        self.texts.append(data)
        if self.inside:
            self.articles[self.inside].text += data

    @property
    def text(self) -> str:
        return "".join(self.texts)

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    @property
    def links(self) -> list[str]:
        return [attributes["href"] for tag, attributes in self.elements if tag == "a"]

    def harmless(self) -> bool:
        """Whether the page has nothing that runs, loads or sends; shows what it has when used in an assert."""
        assert not {tag for tag, _ in self.elements} & ACTIVE
        for tag, attributes in self.elements:
            assert not {name for name in attributes if name.startswith("on") or name in {"src", "style", "xlink:href"}}
            if tag == "a":
                assert re.match(r"(https?://|[\w./#-]*\Z|[\w./-]*#)", attributes["href"])
            if "http-equiv" in attributes:
                assert attributes["http-equiv"] == "Content-Security-Policy"
        assert "url(" not in self.style
        assert "@import" not in self.style
        return True


class Pages(dict[str, Taken]):
    """The pages of a folder, taken apart, by path."""

    def target(self, page: str, href: str) -> str:
        """The path of the page that a link on a page leads to."""
        path, _, _ = href.partition("#")
        return os.path.normpath(PurePosixPath(page).parent / path) if path else page

    def resolves(self, page: str, href: str) -> bool:
        """Whether a link leads to a page of the folder, and to an id of it when it names one."""
        target, (_, _, fragment) = self.target(page, href), href.partition("#")
        return target in self and (not fragment or fragment in self[target].ids)


@pytest.fixture(scope="session")
def ontology() -> Path:
    return ontology_dir()


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("documentation")
    write_docs(folder)
    return folder


def taken(folder: Path) -> Pages:
    """The pages of a folder."""
    found = sorted(folder.rglob("*.html"))
    return Pages({path.relative_to(folder).as_posix(): Taken(path.read_text("utf-8")) for path in found})


@pytest.fixture(scope="session")
def take():
    return taken


@pytest.fixture(scope="session")
def pages(folder) -> Pages:
    return taken(folder)


@pytest.fixture(scope="session")
def terms(ontology) -> rdflib.Graph:
    return rdflib.Graph().parse(ontology / "breachkg.ttl")


@pytest.fixture(scope="session")
def vocabularies(ontology) -> rdflib.Graph:
    """Every scheme, those of other vocabularies too."""
    graph = rdflib.Graph()
    for path in [*(ontology / "vocab").rglob("*.ttl"), *(ontology / "alignments").glob("*.ttl")]:
        graph.parse(path)
    return graph


@pytest.fixture(scope="session")
def shapes(ontology) -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in (ontology / "shapes").glob("*.ttl"):
        graph.parse(path)
    return graph
