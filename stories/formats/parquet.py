"""Parquet, by pyarrow: the fields of an export as typed columns, a group of rows at a time."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]  # has no types
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # has no types

from stories.formats import About
from stories.row import FIELDS, Row

BATCH = 500
GROUP = 1_000
"""Rows of a group: what is said of each group stays in memory until the file ends."""

_LISTS = {"authors", "topics"}
_REPEATED = ("outlet", "language", "published_precision", "source")
# Of these a reader may skip groups. The least and the greatest text of each group would be kept in
# memory until the file ends: 150 MiB for a million articles.
_SOUGHT = ("id", "published", "seen", "outlet", "language")
_SPECIAL = {
    "id": pa.int64(),
    "story": pa.int64(),
    "copy_of": pa.struct([("url", pa.string()), ("kind", pa.string()), ("score", pa.float64())]),
    "cites": pa.list_(pa.struct([("url", pa.string()), ("how", pa.string())])),
}
SCHEMA = pa.schema(
    [
        (name, _SPECIAL.get(name, pa.list_(pa.string()) if name in _LISTS else pa.string()))
        for name in FIELDS
    ]
)
"""Instants are ISO 8601 as in every format: they are as exact as they are known."""


def write(rows: Iterable[Row], about: About) -> Iterator[bytes]:
    """The file, a group of rows at a time."""
    pieces = _Pieces()
    facts = {name: str(value) for name, value in about.facts.items()}
    rows = iter(rows)
    # While Arrow packs one group, the rows of the next are read.
    with (
        pq.ParquetWriter(
            pieces,
            SCHEMA.with_metadata(facts),
            compression="zstd",
            use_dictionary=list(_REPEATED),
            write_statistics=list(_SOUGHT),
        ) as writer,
        ThreadPoolExecutor(1) as hand,
    ):
        packing: Future[None] | None = None
        while group := list(islice(_batches(rows), GROUP // BATCH)):
            table = pa.Table.from_batches(group, schema=SCHEMA)
            del group
            if packing is not None:
                packing.result()
                yield from pieces.taken()
            packing = hand.submit(writer.write_table, table, GROUP)
        if packing is not None:
            packing.result()
    yield from pieces.taken()


def table_of(rows: Iterable[Row]) -> Any:  # noqa: ANN401 - a pyarrow.Table
    """All rows in memory."""
    return pa.Table.from_batches(list(_batches(iter(rows))), schema=SCHEMA)


def _batches(rows: Iterator[Row]) -> Iterator[Any]:
    while batch := list(islice(rows, BATCH)):
        yield batch_of(batch)


def batch_of(rows: list[Row]) -> Any:  # noqa: ANN401 - a pyarrow.RecordBatch
    """Rows as a batch of Arrow's."""
    # Arrow's own pool keeps what is let go: 40 MiB of it over a long export.
    pool = pa.system_memory_pool()
    columns = [
        pa.array([row[name] for row in rows], type=SCHEMA.field(name).type, memory_pool=pool)
        for name in FIELDS
    ]
    return pa.RecordBatch.from_arrays(columns, schema=SCHEMA)


class _Pieces(io.RawIOBase):
    """A file that is given away while it is written."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:  # noqa: ANN401 - whatever has bytes
        self._pieces.append(bytes(data))
        self._size += len(self._pieces[-1])
        return len(self._pieces[-1])

    def tell(self) -> int:
        return self._size

    def taken(self) -> list[bytes]:
        """What was written since the last time."""
        pieces, self._pieces = self._pieces, []
        return pieces
