"""Building a generation: documents in, evidence, referents and canonical graph out.

A document whose bytes, extractor and extractor version are known is not read again, and a build that changes
nothing writes nothing. The clock is kept in the manifest, outside every graph.
"""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import DocumentError, KGError, UnknownFormatError, UnreadableError
from kg.extract import check_format, extractors
from kg.extract.mapped.extractor import MappingExtractor
from kg.extract.reading import covers, digest_of, find, is_there
from kg.store.durable import failures
from kg.store.generation import write_generation
from kg.store.history import moment
from kg.store.intake import intake
from kg.store.judged import doubts, resolver_of
from kg.store.layout import KEPT_GENERATIONS, Layout
from kg.store.spool import Spool
from kg.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from kg.extract.reading import Found
    from kg.resolve.resolver import JudgedResolver
    from kg.store.intake import Taken


@dataclass(slots=True)
class Report:
    """What a build did: counts over all documents of the store, and every record that was set aside.

    `incidents` and `claims` are those that documents tell, before any are joined: what two of them tell alike counts twice.
    `quarantined` counts, beside the records of `by_kind`, documents that cannot be read, and relationships that
    resolution left out because both their ends are one organization.
    `judgements` tells of those that contradict each other, or name an incident that is not there.
    `documents` counts those read or known from before; `changed` and `removed` those that this build touched.
    `resolved` tells whether organizations were resolved anew, because judgements or the table of names are others than before.
    """

    documents: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    resolved: bool = False
    skipped: int = 0
    incidents: int = 0
    claims: int = 0
    quads: int = 0
    quarantined: int = 0
    seconds: float = 0.0
    by_kind: dict[str, dict[str, int]] = field(default_factory=dict)
    quarantine: list[dict[str, str]] = field(default_factory=list)
    skipped_documents: list[dict[str, str]] = field(default_factory=list)
    guessed_encodings: list[dict[str, str]] = field(default_factory=list)
    judgements: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain JSON values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Options:
    """How a build is done.

    Attributes:
        input_format: name of the extractor to use for every document instead of choosing by content.
        mapping: the extractor of a mapping file, for the documents that fit it.
        prune: retract documents under the inputs that are no longer there; with "-" all that came from standard input before.
        jobs: processes that read documents; as many as there are processors if None.
        known_on: the day on which the documents were known, for those that are filled in later; now if None.
        wait: wait for another build to end instead of failing.
        keep: generations that stay, the new one included.
        engine: what reads documents, in place of processes of this machine; it yields them in their order.
    """

    input_format: str | None = None
    mapping: MappingExtractor | None = None
    prune: bool = False
    jobs: int | None = None
    known_on: date | None = None
    wait: bool = False
    keep: int = KEPT_GENERATIONS
    engine: Callable[[list[Found], str | None, MappingExtractor | None], Iterator[Taken]] | None = None


def build(
    inputs: Iterable[str | Path],
    into: str | Path,
    options: Options | None = None,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Read the inputs into the store and return what was done.

    Args:
        inputs: files, folders, patterns, or "-".
        into: the store folder; made where there is none.
        options: how; the defaults if None.
        progress: called with (documents done, documents in all).

    Raises:
        DocumentError: a file that was named cannot be used; nothing is written then.
        KGError: there is no such format; or a document that goes, or has changed, is known since a later day than `known_on`.
        StoreError: the store cannot be written, is locked, or is no store.
    """
    started = time.monotonic()
    options = options or Options()
    check_format(options.input_format, options.mapping)
    inputs = list(inputs)
    layout = Layout(Path(into))
    given = list(find(inputs))
    layout.create(VERSION)
    with layout.locked(wait=options.wait):
        made = _Build(layout, options, resolver_of(layout.path)).run(inputs, given, progress)
    made.seconds = round(time.monotonic() - started, 3)
    return made


class _Build:
    """One build under the lock."""

    def __init__(self, layout: Layout, options: Options, resolver: JudgedResolver) -> None:
        self.layout, self.options, self.resolver = layout, options, resolver
        self.manifest = layout.manifest(layout.current())
        self.documents: dict[str, dict[str, Any]] = dict(self.manifest["documents"])
        self.now = moment(options.known_on)
        self.report = Report()

    def run(self, inputs: list[str | Path], given: list[Found], progress: Callable[[int, int], None] | None) -> Report:
        with failures(self.layout.path):
            spool = Spool(self.layout.path)
        with closing(spool):
            touched = self._take(given, spool, progress)
            if self.options.prune:
                self._prune(inputs, touched)
            elif not touched:
                raise UnreadableError(", ".join(map(str, inputs)), self._nothing(len(given)))
            self._write(spool)
        return self._finish()

    def _write(self, spool: Spool) -> None:
        current = self.layout.current()
        self.report.resolved = current is not None and self.manifest.get("resolver") != self.resolver.fingerprint
        self._check_order()
        if self.report.changed or self.report.removed or current is None or self.report.resolved:
            self.manifest = write_generation(
                self.layout,
                self.manifest,
                self.documents,
                spool,
                self.resolver,
                now=self.now,
                keep=self.options.keep,
                more={"extractors": known_extractors()},
            )

    def _check_order(self) -> None:
        """Return if every document that goes was known before the day on which its successor is said to be."""
        for location, entry in self.manifest["documents"].items():
            same = self.documents.get(location, {}).get("digest") == entry["digest"]
            if self.options.known_on and entry["added"] > self.now and not same:
                raise KGError(
                    f"{entry['name']}: what it says is known since {entry['added'][:10]}, and cannot give way to what was known"
                    f" on {self.now[:10]}, before it: no day would show it any more"
                )

    def _take(self, given: list[Found], spool: Spool, progress: Callable[[int, int], None] | None) -> set[str]:
        """Read what is new or changed; the locations of the inputs' documents that the build now holds."""
        known = self.manifest.get("extractors") == known_extractors()
        touched: set[str] = set()
        fresh: list[Found] = []
        for found in given:
            if known and self._unchanged(found):
                touched.add(found.location)
            else:
                fresh.append(found)
        known_before = len(given) - len(fresh)
        for done, taken in enumerate(self._read(fresh), known_before + 1):
            if (location := self._hold(taken, spool)) is not None:
                touched.add(location)
            if progress:
                progress(done, len(given))
        return touched

    def _read(self, fresh: list[Found]) -> Iterator[Taken]:
        options = self.options
        read = options.engine or partial(intake, jobs=options.jobs)
        alike: dict[str | None, list[Found]] = {}
        for found in fresh:
            alike.setdefault(self._asked(found), []).append(found)
        for asked, documents in alike.items():
            yield from read(documents, asked, options.mapping)

    def _asked(self, found: Found) -> str | None:
        """The format that is asked for, or was when the document was read before; a mapping is asked for anew each time."""
        if self.options.input_format or self.options.mapping:
            return self.options.input_format
        before: str | None = self.documents.get(found.location, {}).get("asked")
        return before if before in extractors() else None

    def _unchanged(self, found: Found) -> bool:
        """Whether a document is known as it is, so that nobody need read it."""
        entry = self.documents.get(found.location)
        if entry is None or found.path is None or self.options.input_format not in (None, entry["kind"]):
            return False
        # Whether a document fits a mapping is not known before it is read.
        mapping = self.options.mapping
        by_mapping = (entry["kind"], entry["version"]) == (mapping.name, mapping.version) if mapping else False
        if by_mapping != (mapping is not None or entry["kind"] == MappingExtractor.name):
            return False
        same: bool = entry["name"] == found.name and entry["digest"] == digest_of(found)
        self.report.unchanged += same
        return same

    def _hold(self, taken: Taken, spool: Spool) -> str | None:
        """Take a document into the build; the location it is kept under, or None where it was set aside."""
        if taken.error is not None:
            if taken.found.named:
                raise taken.error
            return self._skip(taken.found, taken.error)
        assert taken.entry is not None and taken.parcel is not None  # noqa: PT018 - either an error or both
        held = self.documents.get(taken.location)
        if held and (held["graph"], held["name"]) == (taken.entry["graph"], taken.entry["name"]):
            self.report.unchanged += 1
            return taken.location
        with failures(self.layout.path):
            spool.add(taken.parcel)
        asked = self._asked(taken.found)
        # What is only read anew was not known before it was known.
        added = max(self.now, held["added"]) if held and held["digest"] == taken.entry["digest"] else self.now
        self.documents[taken.location] = taken.entry | {"added": added} | ({"asked": asked} if asked else {})
        self.report.changed += 1
        return taken.location

    def _skip(self, found: Found, error: DocumentError) -> str | None:
        """Set a document aside: skipped when nobody knows it, quarantined when two do or it cannot be read.

        One that could be read before keeps what it said then, and is quarantined whatever is wrong with it now.
        """
        kept = found.location in self.documents
        if isinstance(error, UnknownFormatError) and not kept:
            self.report.skipped_documents.append({"document": error.document, "reason": error.reason})
        else:
            reason = f"{error.reason}; its earlier reading is kept" if kept else error.reason
            self.report.quarantine.append({"document": error.document, "record": error.place, "reason": reason})
        return found.location if kept else None

    def _nothing(self, looked_at: int) -> str:
        """Why no document came in."""
        if not looked_at:
            return "holds no file"
        first = (self.report.quarantine + self.report.skipped_documents)[0]
        return f"holds no document that can be read (of {looked_at} looked at; {first['document']}: {first['reason']})"

    def _prune(self, inputs: list[str | Path], touched: set[str]) -> None:
        for location in list(self.documents):
            under = any(covers(given, location) for given in inputs)
            if under and location not in touched and not is_there(location):
                del self.documents[location]
                self.report.removed += 1

    def _finish(self) -> Report:
        report, entries = self.report, list(self.documents.values())
        report.documents = len(entries)
        report.skipped = len(report.skipped_documents)
        for entry in entries:
            kind = report.by_kind.setdefault(
                entry["kind"], {"documents": 0, "records": 0, "incidents": 0, "claims": 0, "quarantined": 0}
            )
            kind["documents"] += 1
            kind["quarantined"] += len(entry["quarantine"])
            for count in ("records", "incidents", "claims"):
                kind[count] += entry[count]
            report.quarantine += [
                {"document": entry["name"], "record": place, "reason": why} for place, why in entry["quarantine"]
            ]
        guessed = ((entry["name"], entry["guessed"]) for entry in entries if "guessed" in entry)
        report.guessed_encodings = [{"document": name, "encoding": encoding} for name, encoding in sorted(guessed)]
        report.quarantine += [
            {"document": entry["name"], "record": place, "reason": why}
            for entry in entries
            for place, why in self.manifest["loops"].get(entry["graph"], ())
        ]
        report.incidents = sum(kind["incidents"] for kind in report.by_kind.values())
        report.claims = sum(kind["claims"] for kind in report.by_kind.values())
        report.by_kind = dict(sorted(report.by_kind.items()))
        report.quarantine.sort(key=lambda row: (row["document"], row["record"], row["reason"]))
        report.quarantined = len(report.quarantine)
        report.quads = self.manifest.get("quads", 0)
        if (current := self.layout.current()) is not None:
            report.judgements = doubts(current, self.resolver)
        return report


def known_extractors() -> list[list[str]]:
    """Return name and version of every installed extractor: with others, a document may be read differently."""
    return [[extractor.name, extractor.version] for extractor in extractors().values()]
