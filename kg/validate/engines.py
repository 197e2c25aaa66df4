"""SHACL engines: a file of triples in, failures out.

pyshacl is the reference and always there: pure Python, complete, kept up for years. shifty (the distribution
pyshifty, BSD-3) is an engine in Rust, several times as fast; it is an extra, for it is young, kept by one author, and
has no wheel for Macs with Intel processors. Where it is installed it is used, and tests hold its findings equal to
pyshacl's on every good and faulty graph and on changed ones. They part at one point only: of a malformed literal, which
both tell as such, shifty also says that it is not in order (`sh:lessThan`), as the standard has it. Neither opens a connection for what we give it.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from kg.errors import KGError, MissingExtraError
from kg.validate.findings import Result
from kg.vocabulary import NS, ontology_dir

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import rdflib
    import shifty

    Engine = Callable[[Path, bool], rdflib.Graph]

WHOLE_GRAPH = NS.rstrip("#")
"""The focus node of shapes that ask once about the whole graph; their value is the node at fault."""
_SHACL = "http://www.w3.org/ns/shacl#"
SHAPES = "https://w3id.org/breachkg/shapes#"
"""What the names of shapes begin with."""


def shape_files(*, warnings: bool = True) -> list[Path]:
    """Return the files of the shapes; without `warnings`, of those only whose failures are violations."""
    found = sorted((ontology_dir() / "shapes").glob("*.ttl"))
    return [path for path in found if warnings or path.stem != "warnings"]


def choose(name: str | None = None) -> str:
    """Return the name of the engine to use: the one that is asked for, else the fastest that is installed.

    Raises:
        KGError: there is no such engine.
        MissingExtraError: it is not installed.
    """
    if name is None:
        return "shifty" if find_spec("shifty") else "pyshacl"
    if name not in ENGINES:
        raise KGError(f"there is no engine {name!r} ({', '.join(ENGINES)})")
    if find_spec(name) is None:
        raise MissingExtraError(f"{name} is not installed (pip install 'breachkg[validate]')")
    return name


def run(engine: str, data: Path, *, warnings: bool = True) -> set[Result]:
    """Return what the shapes find in a file of N-Triples, which holds the vocabulary too.

    Args:
        engine: its name.
        data: the file.
        warnings: whether the shapes that warn are asked too.

    Raises:
        KGError: the engine cannot do it.
    """
    try:
        with _quiet():
            report = ENGINES[engine](data, warnings)
    except Exception as error:
        raise KGError(f"{engine} cannot validate the graph: {' '.join(str(error).split())}") from error
    return set(_results(report))


def _pyshacl(data: Path, warnings: bool) -> rdflib.Graph:
    import pyshacl  # noqa: PLC0415 - a second that only this engine pays
    import rdflib  # noqa: PLC0415

    graph = rdflib.Graph().parse(data, format="nt")
    _, report, text = pyshacl.validate(graph, shacl_graph=_shapes_graph(warnings), inference="none")
    if not isinstance(report, rdflib.Graph):
        raise KGError(text)
    return report


@cache
def _shapes_graph(warnings: bool) -> rdflib.Graph:
    import rdflib  # noqa: PLC0415

    graph = rdflib.Graph()
    for path in shape_files(warnings=warnings):
        graph.parse(path)
    return graph


def _shifty(data: Path, warnings: bool) -> rdflib.Graph:
    # "error": a shape that the engine does not know must not pass as one that finds nothing.
    _, report, _ = _prepared(warnings).validate(
        data, graph_mode="data", infer=False, sort_results=False, on_unsupported="error"
    )
    return report


@cache
def _prepared(warnings: bool) -> shifty.PreparedValidator:
    import shifty  # noqa: PLC0415 - an extra

    return shifty.PreparedValidator(tuple(shape_files(warnings=warnings)))


def _results(report: rdflib.Graph) -> Iterator[Result]:
    """The failures of a SHACL report; both engines may tell one more than once."""
    from rdflib import Namespace  # noqa: PLC0415

    sh = Namespace(_SHACL)
    for result, shape in report.subject_objects(sh.sourceShape):
        focus, value = (_text(report.value(result, name)) for name in (sh.focusNode, sh.value))
        if focus == WHOLE_GRAPH and value:
            focus, value = value, ""
        yield Result(_text(shape).removeprefix(SHAPES), focus, "" if value == focus else value)


def _text(term: rdflib.term.Node | None) -> str:
    """The text of a term; "[]" for a blank node, whose label every reader makes up anew."""
    from rdflib import BNode  # noqa: PLC0415

    return "[]" if isinstance(term, BNode) else "" if term is None else str(term)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep rdflib from logging a traceback for a literal that is not of its datatype: that is a finding."""
    logger = logging.getLogger("rdflib.term")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


ENGINES: dict[str, Engine] = {"pyshacl": _pyshacl, "shifty": _shifty}
"""Name of an engine, which is the module it is in -> what it makes of a file, with or without warnings: a SHACL report."""
