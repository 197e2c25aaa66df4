"""A text read by a model: asked, taken apart, looked up, with all that went wrong on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import MissingExtraError
from kg.extract.llm.service import ServiceError
from kg.model import Defect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.extract.llm.service import Service
    from kg.model import Evidence, Incident, Span


def pointed_at(
    text: str, stretches: Iterable[Span], prove: Callable[[int, int], Evidence], service: Service
) -> tuple[list[Incident], list[Defect]]:
    """Return the incidents that a model points at in a text, numbered, and what of its answers could not be used.

    Args:
        text: the text.
        stretches: first and one-past-last characters of what is sent at a time.
        prove: gives the evidence for characters of the text.
        service: who is asked.

    Raises:
        MissingExtraError: the libraries of the extra are not installed.
    """
    try:
        from kg.extract.llm.answer import parse  # noqa: PLC0415 - needs the extra
    except ImportError as error:
        raise MissingExtraError("a model at an endpoint needs pydantic: pip install 'breachkg[llm]'") from error
    from kg.extract.llm.quoting import Quoting  # noqa: PLC0415 - the base package has no use for it

    found: list[Incident] = []
    defects: list[Defect] = []
    for start, end in stretches:
        if not text[start:end].strip():
            continue
        try:
            told, wrong = parse(service.ask(text[start:end]))
        except ServiceError as error:
            defects.append(Defect(f"the model {service.model}", str(error)))
            continue
        quoting = Quoting(text[start:end], lambda a, b, at=start: prove(at + a, at + b), service.model)  # type: ignore[misc]
        for incident in told:
            record = quoting.incident(incident, len(found) + 1)
            if record is not None:
                found.append(record)
        defects += [Defect(f"the model {service.model}, {d.place}", d.reason) for d in (*wrong, *quoting.defects)]
    return found, defects
