"""Findings: one thing that a check found at one node, and the report of all of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kg.query import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

VIOLATION, WARNING = "violation", "warning"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is asked of the graph.

    Attributes:
        name: the shape's name, without its namespace.
        severity: "violation" or "warning".
        message: what is wrong where it fails, or what should be.
        path: from the node to what is checked, in the syntax of SPARQL, or "".
    """

    name: str
    severity: str
    message: str
    path: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """One failure as an engine tells it: name of the check, IRI of the node, and the value at fault or ""."""

    check: str
    node: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node is told: the document's name, the record or field in it, and the quote with its span.

    What is not known is "" or None.
    """

    document: str = ""
    place: str = ""
    span: tuple[int, int] | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One failure of one check.

    Attributes:
        severity: "violation" or "warning".
        shape: name of the shape, or of the check that stands beside the shapes.
        message: what the shape asks for.
        node: IRI of the node at fault.
        label: what the node is called.
        path: from the node to what was checked, in the syntax of SPARQL, or "".
        value: the value at fault, or "".
        graph: the store or file that was validated.
        document: name of the document that tells of the node, or "".
        place: the record, row or field in the document, or "".
        span: first and one-past-last character of the quote in the document's text, or None.
        quote: the words of the document, or "".
    """

    severity: str
    shape: str
    message: str
    node: str
    label: str
    path: str
    value: str
    graph: str
    document: str
    place: str
    span: tuple[int, int] | None
    quote: str

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as JSON values."""
        return asdict(self) | {"span": list(self.span) if self.span else None}


@dataclass(frozen=True, slots=True)
class Count:
    """How often a check failed in one graph, those findings included that a limit left out."""

    check: Check
    graph: str
    found: int
    shown: int


@dataclass(frozen=True, slots=True)
class Validation:
    """What a validation found.

    Attributes:
        engine: the SHACL engine that ran.
        findings: violations first, then by shape and node; no more of a shape than the limit.
        counts: one for every check that failed, in the same order.
        unchecked: documents whose text is not at hand, or has changed, so that no quote was held against it.
    """

    engine: str
    findings: tuple[Finding, ...]
    counts: tuple[Count, ...]
    unchecked: tuple[str, ...] = ()

    @property
    def violations(self) -> int:
        """How many violations there are, shown or not."""
        return sum(count.found for count in self.counts if count.check.severity == VIOLATION)

    @property
    def warnings(self) -> int:
        """How many warnings there are, shown or not."""
        return sum(count.found for count in self.counts if count.check.severity == WARNING)

    def conforms(self, *, strict: bool = False) -> bool:
        """Return whether there is no violation; with `strict`, no warning either."""
        return not (self.violations or (strict and self.warnings))

    def left_out(self) -> list[Count]:
        """Return the counts of the checks of which a limit left findings out."""
        return [count for count in self.counts if count.found > count.shown]

    def as_dict(self) -> dict[str, Any]:
        """Return the validation as JSON values."""
        return {
            "engine": self.engine,
            "violations": self.violations,
            "warnings": self.warnings,
            "shapes": [
                asdict(count.check) | {"graph": count.graph, "count": count.found, "shown": count.shown}
                for count in self.counts
            ],
            "findings": [finding.as_dict() for finding in self.findings],
            "unchecked": list(self.unchecked),
        }

    def table(self) -> Table:
        """Return one row a finding; where no document is known, the graph stands in its place."""
        columns = ("severity", "shape", "document", "place", "characters", "label", "value", "message", "path", "node")
        return Table(
            columns,
            [
                (f.severity, f.shape, f.document or f.graph, f.place, "-".join(map(str, f.span or ())), f.label, f.value,
                 f.message, f.path, f.node)
                for f in self.findings
            ],
        )  # fmt: skip


def joined(validations: Iterable[Validation]) -> Validation:
    """Return what several validations found as one, violations first."""
    given = list(validations)
    return Validation(
        ", ".join(dict.fromkeys(one.engine for one in given)),
        tuple(sorted((f for one in given for f in one.findings), key=lambda finding: finding.severity)),
        tuple(sorted((c for one in given for c in one.counts), key=lambda count: count.check.severity)),
        tuple(name for one in given for name in one.unchecked),
    )
