"""Apache Spark: extraction and blast radius over more documents and edges than one machine should hold.

Extraction is a function of a document alone, so it runs in `mapInArrow` over packed documents, and gives the same records and
quads as the local engine. A build takes what Spark extracted into a store as if it had been read here. The blast radius is a
frontier joined with the table of statements that `kg export --to parquet` writes, tier by tier.

Workers need this package and pyarrow; nothing else is shipped to them.
"""

from __future__ import annotations

import json
import os
import pickle
import sys
import zlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.checks import depth_of
from kg.errors import DocumentError, MissingExtraError
from kg.extract import check_format, choose, extracted
from kg.extract.reading import Found, find, read
from kg.extract.records import as_json
from kg.graph import KnowledgeGraph
from kg.model import Defect, Document
from kg.rdf import evidence_graph
from kg.store import open_store
from kg.store.build import Options
from kg.store.build import build as build_store
from kg.store.durable import failures
from kg.store.intake import Taken, taken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.extract.mapped.extractor import MappingExtractor

    Engine = Callable[[list[Found], str | None, MappingExtractor | None], Iterator[Taken]]

_PACK: Final = 4 * 1024 * 1024
"""Characters of documents in a pack: a file, or what a build hands to Spark at a time; what comes back is larger, and
passes through the driver's heap."""
_BATCH: Final = 64
"""Documents in a row group, and so the least that one task works on."""
_PACKED: Final = "place long, name string, location string, named boolean, digest string, text string"
_TAKEN: Final = "place long, taken binary"
_NOT_DENIED: Final = "NOT certainty <=> 'denied'"
"""Also of a statement without claims, whose certainty is null."""
_EVIDENCE: Final = (
    "name string, digest string, kind string, version string, graph string, incidents long, claims long, records string, "
    "nquads string, quarantine string, error string"
)


def session(master: str | None = None) -> Any:
    """Return the Spark session of this process: of `spark-submit` as it says, else one on all processors of this machine.

    Raises:
        MissingExtraError: pyspark or pyarrow is not installed.
    """
    try:
        import pyarrow  # noqa: F401, ICN001, PLC0415 - optional
        from pyspark.sql import SparkSession  # noqa: PLC0415 - optional
    except ImportError as error:
        raise MissingExtraError("Spark needs pyspark and pyarrow: pip install 'breachkg[spark]'") from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("breachkg").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", str(_BATCH))
    # The evidence of a document takes 100 kB and more; of the 4,096 rows that Spark would read at once, no heap is large enough.
    builder = builder.config("spark.sql.parquet.columnarReaderBatchSize", str(4 * _BATCH))
    return (builder.master(master) if master else builder).getOrCreate()


def build(
    inputs: Iterable[str | Path], into: str | Path = "breaches.kg", *, spark: Any = None, **options: Any
) -> KnowledgeGraph:
    """Read documents into a store with Spark and return its graph: the graph that `kg.build` makes, quad for quad.

    Args:
        inputs: files, folders or patterns.
        into: the store folder; made where there is none.
        spark: the session; `session()` if None.
        options: as for `kg.store.build.Options`.

    Raises:
        DocumentError: a file that was named cannot be used; the store is left as it was.
        StoreError: the store cannot be written, is locked, or is no store.
    """
    report = build_store(inputs, into, Options(engine=engine(spark or session()), **options))
    return KnowledgeGraph(open_store(into), report)


def engine(spark: Any) -> Engine:
    """Return what reads documents in a build (`kg.store.build.Options`) with a Spark session."""

    def run(documents: list[Found], input_format: str | None, mapping: MappingExtractor | None) -> Iterator[Taken]:
        for part in _packs(documents):
            yield from _taken(spark, part, partial(_take, input_format=input_format, mapping=mapping))

    return run


def _taken(spark: Any, part: list[tuple[Found, Document | DocumentError]], take: Any) -> Iterator[Taken]:
    """What becomes of a part of the documents, in their order."""
    done: dict[int, bytes] = {}
    if len(packed := _table(part)):
        frame = spark.createDataFrame(packed).repartition(spark.sparkContext.defaultParallelism)
        done = {row.place: bytes(row.taken) for row in frame.mapInArrow(take, _TAKEN).collect()}
    for at, (found, told) in enumerate(part):
        if isinstance(told, DocumentError):
            yield Taken(found, error=told)
        else:
            yield pickle.loads(zlib.decompress(done[at]))  # noqa: S301 - from workers that this process started


def _take(batches: Iterable[Any], input_format: str | None, mapping: MappingExtractor | None) -> Iterator[Any]:
    """In a worker: packed documents -> what becomes of them."""
    import pyarrow as pa  # noqa: PLC0415 - optional

    for batch in batches:
        told = [
            {
                "place": row["place"],
                "taken": zlib.compress(pickle.dumps(taken(*_unpacked(row), input_format, mapping)), 1),
            }
            for row in batch.to_pylist()
        ]
        yield pa.RecordBatch.from_pylist(told, schema=_schema(_TAKEN))


def pack(inputs: Iterable[str | Path], folder: str | Path) -> list[dict[str, str]]:
    """Write documents as Parquet files into a folder, for `extract`, and return those that cannot be read with the reason.

    Many small files are slow to read for Spark; packs are about 4 MB each.

    Raises:
        UnreadableError: an input is missing.
        StoreError: the folder cannot be written.
    """
    import pyarrow.parquet as pq  # noqa: PLC0415 - optional

    folder, refused = Path(folder), []
    with failures(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for number, part in enumerate(_packs(list(find(inputs)))):
            refused += [{"document": e.document, "reason": e.reason} for _, e in part if isinstance(e, DocumentError)]
            pq.write_table(_table(part), folder / f"pack-{number:05}.parquet", row_group_size=_BATCH)
    return refused


def _packs(documents: list[Found]) -> Iterator[list[tuple[Found, Document | DocumentError]]]:
    """Documents as read, or why they cannot be, in parts of about `_PACK` characters."""
    part: list[tuple[Found, Document | DocumentError]] = []
    size = 0
    for found in documents:
        try:
            document: Document | DocumentError = read(found)
        except DocumentError as error:
            document = error
        part.append((found, document))
        size += len(document.text) if isinstance(document, Document) else 0
        if size > _PACK:
            yield part
            part, size = [], 0
    if part:
        yield part


def _table(part: list[tuple[Found, Document | DocumentError]]) -> Any:
    """The documents of a part that could be read, each with its place in it."""
    import pyarrow as pa  # noqa: PLC0415 - optional

    packed = [
        {
            "place": at, "name": found.name, "location": document.location if found.path else "", "named": found.named,
            "digest": document.digest, "text": document.text,
        }
        for at, (found, document) in enumerate(part)
        if isinstance(document, Document)
    ]  # fmt: skip
    return pa.Table.from_pylist(packed, schema=_schema(_PACKED))


def _schema(columns: str) -> Any:
    """What Arrow calls the columns that Spark calls so."""
    import pyarrow as pa  # noqa: PLC0415 - optional

    kinds = {"long": pa.int64(), "string": pa.large_string(), "boolean": pa.bool_(), "binary": pa.binary()}
    return pa.schema([(name, kinds[kind]) for name, kind in map(str.split, columns.split(", "))])


def _unpacked(row: dict[str, Any]) -> tuple[Found, Document]:
    path = Path(row["location"]) if row["location"] else None
    return Found(row["name"], path, row["named"]), Document(row["name"], row["text"], row["digest"], row["location"])


def extract(spark: Any, packs: str | Path, folder: str | Path, input_format: str | None = None) -> Any:
    """Extract packed documents and return a DataFrame with one row a document, as it was written.

    The folder gets `evidence/` (Parquet: name, digest, kind, version, graph, counts, the records as `kg extract` prints
    them, the evidence graph as N-Quads, what was set aside, or the error) and `nquads/`: shards for a bulk loader.

    Args:
        spark: the session.
        packs: the folder that `pack` filled.
        folder: where to write; a path of any file system that Spark knows, absent before.
        input_format: name of the extractor to use instead of choosing by content.

    Raises:
        KGError: there is no such format.
    """
    check_format(input_format)
    evidence, shards = f"{folder}/evidence", f"{folder}/nquads"
    packed = spark.read.schema(_PACKED).parquet(str(packs))
    packed.mapInArrow(partial(_evidence, input_format=input_format), _EVIDENCE).write.parquet(evidence)
    told = spark.read.parquet(evidence)
    told.where("nquads <> ''").select("nquads").write.text(shards)
    return told


def _evidence(batches: Iterable[Any], input_format: str | None) -> Iterator[Any]:
    """In a worker: packed documents -> rows of evidence."""
    import pyarrow as pa  # noqa: PLC0415 - optional

    for batch in batches:
        told = [_told(document, found.named, input_format) for found, document in map(_unpacked, batch.to_pylist())]
        yield pa.RecordBatch.from_pylist(told, schema=_schema(_EVIDENCE))


def _told(document: Document, named: bool, input_format: str | None) -> dict[str, Any]:
    row = {"name": document.name, "digest": document.digest, "nquads": ""}
    try:
        extractor = choose(document, input_format, None, named=named)
        items = list(extracted(extractor, document))
    except DocumentError as error:
        return row | {"error": error.reason}
    graph = evidence_graph(document, extractor.name, extractor.version, items)
    records = (as_json(document.name, item) for item in items if not isinstance(item, Defect))
    return row | {
        "kind": extractor.name,
        "version": extractor.version,
        "graph": graph.iri[1:-1],
        "incidents": graph.incidents,
        "claims": graph.claims,
        "records": "\n".join(json.dumps(record, ensure_ascii=False) for record in records),
        "nquads": "\n".join(graph.lines()),
        "quarantine": json.dumps([[defect.place, defect.reason] for defect in graph.defects], ensure_ascii=False),
    }


def blast_radii(spark: Any, statements: str | Path, vendors: Iterable[str], depth: int = 3) -> Any:
    """Return a DataFrame of who is exposed through vendors: vendor, organization, label, kind, tier, exposure.

    It holds what `KnowledgeGraph.blast_radius` answers for each; unnamed groups have the kind "group", and who is said not
    to have been affected is left out.

    Args:
        spark: the session.
        statements: Parquet as `kg export --to parquet` writes it; a file or a folder of them.
        vendors: IRIs.
        depth: the deepest tier.

    Raises:
        KGError: depth is below 1.
    """
    depth_of(depth)
    told = spark.read.parquet(str(statements))
    uses = told.where(f"type = 'usesVendor' AND {_NOT_DENIED}")
    uses = uses.selectExpr("source AS node", "target AS supplier").distinct().cache()
    seen = spark.createDataFrame(
        [(iri, iri, 0) for iri in sorted(set(vendors))], "vendor string, node string, tier int"
    )
    frontier = seen
    for tier in range(1, int(depth) + 1):
        reached = (
            frontier.selectExpr("vendor", "node AS supplier").join(uses, "supplier").select("vendor", "node").distinct()
        )
        # Without a checkpoint every tier would be computed anew for the next.
        frontier = (
            reached.join(seen, ["vendor", "node"], "left_anti").selectExpr("*", f"{tier} AS tier").localCheckpoint()
        )
        seen = seen.unionByName(frontier)
    return _exposed(told, seen.where("tier > 0"))


def _exposed(told: Any, reached: Any) -> Any:
    """Those reached, with their names and whether a document confirms that an incident at the vendor harmed them."""
    at = told.where("type = 'breached'").selectExpr("target AS vendor", "source AS incident")
    spared = told.where("type = 'customer_unaffected'").selectExpr("source AS incident", "target AS node")
    harmed = (
        told.where(f"type = 'affectsDownstream' AND {_NOT_DENIED}")
        .selectExpr("source AS incident", "target AS node", "certainty")
        .join(spared, ["incident", "node"], "left_anti")
        .join(at, "incident")
    )
    harm = (
        harmed.where("certainty = 'confirmed'")
        .select("vendor", "node")
        .distinct()
        .selectExpr("*", "'confirmed' AS harm")
    )
    names = told.selectExpr("source AS node", "source_label AS label", "source_type AS kind").distinct()
    left = at.join(spared, "incident").select("vendor", "node").distinct().join(harmed, ["vendor", "node"], "left_anti")
    found = (
        reached.join(left, ["vendor", "node"], "left_anti").join(names, "node").join(harm, ["vendor", "node"], "left")
    )
    return found.selectExpr(
        "vendor", "node AS organization", "label", "kind", "tier", "coalesce(harm, 'potential') AS exposure"
    )
