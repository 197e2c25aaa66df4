"""The competency questions: what the graph is there to answer, one SPARQL file each, with typed parameters.

A file of `ontology/queries` opens with comment lines: `# CQ04: title`, lines of description, one line for each
parameter, `# param NAME (KIND) = DEFAULT : what it is`, and `# state at the end of NAME` where the question is put to
the state of the store at the end of the day that a parameter gives.
Values never become query text: a VALUES clause with finished terms takes the place of the line `# bind`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from operator import index
from typing import TYPE_CHECKING, Protocol, TypeAlias

from kg.checks import worded
from kg.dates import as_day
from kg.errors import QueryError, UnknownNameError
from kg.patterns import regex
from kg.vocabulary import REUSED, VOCAB, concepts, ontology_dir, phrases

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.exposure.statements import Node
    from kg.query import Answer, Limits, Table

Value: TypeAlias = str | int | date
"""What a parameter may be given: a text, and what texts of its kind stand for."""
KINDS = ("organization", "vendor", "concept", "date", "text", "integer")
_TITLE = regex(r"# (CQ\d\d): (\S.*)\Z")
_PARAMETER = regex(
    rf"# param (?P<name>[a-z]\w*) \((?P<kind>{'|'.join(KINDS)})(?: (?P<scheme>[a-z-]+))?\)"
    r"(?: = (?P<default>\S.*?))? : (?P<meaning>\S.*)\Z"
)
_STATE = regex(r"# state at the end of (?P<name>[a-z]\w*)\Z")
_BIND = regex(r"^[ \t]*# bind[ \t]*$", re.MULTILINE)
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


class Asked(Protocol):
    """What a question is put to: an open graph that finds organizations by name, such as `kg.KnowledgeGraph`."""

    def find(self, name: str) -> Node:
        """Return the organization of that name."""

    def answer(self, text: str, limits: Limits | None = None) -> Answer:
        """Return the answer to a query, within limits."""

    def at(self, *, as_of: date | None = None) -> Asked:
        """Return what was known at the end of a day."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a question needs: its name (also of the variable), kind, scheme of a concept, default, meaning."""

    name: str
    kind: str
    scheme: str
    default: str | None
    meaning: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its number ("CQ04"), file name without ending, what it asks, and the file's text, which is SPARQL.

    `state_at` names the parameter, a day, whose state of the store is asked; None where that is the state at hand.
    """

    id: str
    slug: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str
    state_at: str | None = None


@cache
def questions() -> tuple[Question, ...]:
    """Return the questions of the ontology, by number.

    Raises:
        QueryError: a file does not keep to the form.
    """
    files = sorted((ontology_dir() / "queries").glob("*.rq"))
    return tuple(parsed(path.stem, path.read_text("utf-8")) for path in files)


def parsed(slug: str, text: str) -> Question:
    """Return the question that a file of that name holds.

    Raises:
        QueryError: it does not keep to the form that the module describes.
    """
    lines = text.splitlines()
    header = lines[: next((at for at, line in enumerate(lines) if not line.startswith("#")), None)]
    title = _TITLE.match(header[0]) if header else None
    if title is None or not slug.startswith(f"{title[1]}-"):
        raise QueryError(f"{slug}: the first line is not '# {slug[:4]}: title'")
    parameters = tuple(_parameter(slug, line) for line in header if line.startswith("# param"))
    states = [state["name"] for line in header if (state := _STATE.match(line))]
    told = [line for line in header[1:] if not line.startswith("# param") and not _STATE.match(line)]
    if not told or header[1 : 1 + len(told)] != told:
        raise QueryError(f"{slug}: a description follows the title, and parameters follow it")
    state_at = states[0] if states else None
    if states and [(p.name, p.kind) for p in parameters if p.name in states] != [(state_at, "date")]:
        raise QueryError(f"{slug}: the day of a state is a parameter of the kind date")
    if len(_BIND.findall(text)) != bool([parameter for parameter in parameters if parameter.name != state_at]):
        raise QueryError(f"{slug}: a question with parameters has one line '# bind', another has none")
    description = " ".join(line.removeprefix("#").strip() for line in told)
    return Question(title[1], slug, title[2], description, parameters, text, state_at)


def _parameter(slug: str, line: str) -> Parameter:
    told = _PARAMETER.match(line)
    if told is None or (told["kind"] == "concept") != bool(told["scheme"]):
        raise QueryError(f"{slug}: {line!r} is not '# param NAME (KIND) = DEFAULT : meaning'")
    return Parameter(told["name"], told["kind"], told["scheme"] or "", told["default"], told["meaning"])


def find(name: str) -> Question:
    """Return the question of that number ("CQ04", "cq4") or file name ("CQ04-named-by-no-source").

    Raises:
        QueryError: there is none; the nearest are told.
    """
    if not isinstance(name, str):
        raise QueryError(f"{name!r} is no name of a question: give a text")
    wanted = re.sub(r"\Acq0*(\d)\Z", r"cq0\1", name.strip().casefold().removesuffix(".rq"))
    names = {key.casefold(): one for one in questions() for key in (one.id, one.slug, one.slug[5:])}
    if wanted in names:
        return names[wanted]
    near = difflib.get_close_matches(wanted, names, 3)
    raise QueryError(f"there is no question {name!r}{_hint(names[key].slug for key in near)}")


def _hint(near: Iterable[str]) -> str:
    listed = ", ".join(dict.fromkeys(near))
    return f"; did you mean {listed}?" if listed else ""


def bound(graph: Asked, question: Question, params: Mapping[str, Value] | None = None) -> str:
    """Return the question's SPARQL text with its parameters bound; what is not given has its default.

    Raises:
        QueryError: a parameter is unknown, missing, or not of its kind.
        UnknownNameError: a name stands for no organization or concept, or for several.
    """
    given, defaults = _given(question, params), _defaults(question, params)
    terms = {}
    for parameter in question.parameters:
        name = parameter.name
        if name != question.state_at:
            try:
                terms[name] = _term(graph, parameter, given[name])
            except UnknownNameError as error:
                if name not in defaults:
                    raise
                raise UnknownNameError(
                    f"{name} is not given, and its example in {question.id} is not here: {error}"
                ) from error
    # One clause each: Virtuoso fails on a text and an IRI in one. Oxigraph begins with the first, so a file names first what holds of fewer.
    clause = " ".join(f"VALUES ?{name} {{ {term} }}" for name, term in terms.items())
    return _BIND.sub(lambda _: clause, question.text)


def example(question: Question) -> str:
    """Return the question's SPARQL text with its defaults, in which an organization is found by its name.

    It needs no graph at hand, and stays to be changed: a query to begin with, for a page or a manual.

    Raises:
        QueryError: the question is about an earlier state, which no text can ask for, or a parameter has no default.
    """
    if question.state_at is not None:
        raise QueryError(f"{question.id} is about an earlier state")
    given = _given(question, None)
    lines = []
    for parameter in question.parameters:
        name, text = parameter.name, given[parameter.name]
        if parameter.kind in ("organization", "vendor"):
            lines += [
                f"VALUES ?{name}_called {{ {_quoted(text)} }}",
                f"?{name} rdfs:label|skos:altLabel ?{name}_called .",
            ]
        else:
            lines.append(f"VALUES ?{name} {{ {_plain_term(parameter, text)} }}")
    return _BIND.sub(lambda found: "\n".join(found[0].replace("# bind", line) for line in lines), question.text)


def _defaults(question: Question, params: Mapping[str, Value] | None) -> dict[str, str]:
    """Name -> default of every parameter that is not given."""
    return {p.name: p.default for p in question.parameters if p.default is not None and p.name not in (params or {})}


def _given(question: Question, params: Mapping[str, Value] | None) -> dict[str, str]:
    """Name -> text of every parameter."""
    if not isinstance(params, Mapping | None):
        raise QueryError(f"{worded(params)} are no parameters: give values by name")
    given, known = dict(params or {}), [parameter.name for parameter in question.parameters]
    if unknown := sorted(given.keys() - known):
        raise QueryError(f"{question.id} has no parameter {unknown[0]!r}; it takes {', '.join(known) or 'none'}")
    texts: dict[str, str] = {}
    for parameter in question.parameters:
        value = given.get(parameter.name, parameter.default)
        if value is None:
            raise QueryError(f"{question.id} needs {parameter.name}: {parameter.meaning}")
        texts[parameter.name] = _text(parameter, value)
    return texts


def _text(parameter: Parameter, value: Value) -> str:
    """A value as a text, as it is given on the command line."""
    if parameter.kind == "date" and isinstance(value, date):
        return str(as_day(value))
    if isinstance(iri := getattr(value, "iri", None), str):
        return iri  # a node stands for its name
    if not isinstance(value, str) and hasattr(value, "__index__") and not isinstance(value, bool):
        return str(index(value))
    if not isinstance(value, str):
        raise QueryError(f"{parameter.name} is {value!r}, not a text{' or a day' if parameter.kind == 'date' else ''}")
    return value


def _term(graph: Asked, parameter: Parameter, text: str) -> str:
    """A value as a SPARQL term."""
    if parameter.kind in ("organization", "vendor"):
        return f"<{graph.find(text).iri}>"
    return _plain_term(parameter, text)


def _plain_term(parameter: Parameter, text: str) -> str:
    """A value that stands for no organization, as a SPARQL term."""
    if parameter.kind == "concept":
        return f"<{VOCAB}{parameter.scheme}/{_concept(parameter.scheme, text)}>"
    if parameter.kind == "text":
        return _quoted(text)
    if parameter.kind == "date":
        return f'"{_day(parameter.name, text)}"^^{REUSED["xsd:date"]}'
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", text.strip()):
        raise QueryError(f"{parameter.name} is {text!r}, not a whole number of at most 18 digits")
    return f'"{int(text)}"^^{REUSED["xsd:integer"]}'


def _quoted(text: str) -> str:
    # Some engines decode \u before all else: a "u" after a backslash is written as the code point it is.
    plain = text.encode("utf-8", "replace").decode("utf-8").translate(_ESCAPES)
    return '"' + re.sub(r"(?<=\\\\)[uU]", lambda match: f"\\U{ord(match[0]):08X}", plain) + '"'


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise QueryError(f"{name} is {text!r}, not a day (YYYY-MM-DD)") from error


def _concept(scheme: str, text: str) -> str:
    """The slug of the concept that a slug, IRI or label stands for."""
    slug = text.strip().strip("<>").removeprefix(f"{VOCAB}{scheme}/")
    labels = phrases(scheme)
    found = slug if slug in concepts(scheme) else labels.get(" ".join(text.casefold().split()))
    if found is None:
        near = (labels[label] for label in difflib.get_close_matches(text.casefold(), labels, 5, 0.6))
        raise UnknownNameError(f"{text!r} is no concept of the scheme {scheme}{_hint(near)}")
    return found


def answer(
    graph: Asked,
    question: Question | str,
    params: Mapping[str, Value] | None = None,
    limits: Limits | None = None,
) -> Answer:
    """Return the answer to a question, given as such or by its name; of one too long for the limits, the beginning.

    What is not given has its default, an example, which the answer tells.

    Raises:
        QueryError: as for `find` and `bound`, or the answer is over a limit of time or memory.
        UnknownNameError: as for `bound`.
        StoreError: the question is about an earlier state, and the graph is a file, which has none.
    """
    asked = question if isinstance(question, Question) else find(question)
    text = bound(graph, asked, params)
    if asked.state_at is not None:
        graph = graph.at(as_of=_day(asked.state_at, _given(asked, params)[asked.state_at]))
    return replace(graph.answer(text, limits), defaults=_defaults(asked, params))


def run(graph: Asked, question: Question | str, params: Mapping[str, Value] | None = None) -> Table:
    """Return the rows of `answer`, and raise what it raises."""
    table = answer(graph, question, params).table
    assert table is not None, "every question is a SELECT"
    return table
