"""Unpack gzip and deflate as it comes in, and stop at a size or a ratio no honest page has."""

from __future__ import annotations

import zlib

from spiders.unfetched import failed, refused

# Text seldom packs better than 30 : 1. Small answers may (a page of blanks), so the ratio counts
# only past a megabyte.
MAX_RATIO = 100
RATIO_FROM = 1_000_000
_STEP = 65_536
_GZIP = b"\x1f\x8b"
_AUTO = 32 + zlib.MAX_WBITS
"""zlib's own detection of gzip and zlib headers."""


class Unpacker:
    """One stream's unpacking: feed it chunks, ask for the body.

    Args:
        encoding: the Content-Encoding header; ``gzip``, ``x-gzip``, ``deflate``, ``identity``
            or nothing.
        limit: the most bytes the unpacked body may have.

    Raises:
        UnfetchedError: ``encoding`` for any other coding (we never ask for one, nested ones
            among them), ``size`` past the limit or the ratio, ``encoding`` for a broken stream.

    """

    def __init__(self, encoding: str, limit: int) -> None:
        name = encoding.strip().lower()
        if name not in {"", "identity", "gzip", "x-gzip", "deflate"}:
            raise failed("encoding", f"not asked for: {name[:60]}")
        self._limit = limit
        self._packed = name not in {"", "identity"}
        self._raw = name == "deflate"
        self._head = b""
        self._engine: zlib._Decompress | None = None
        self._chunks: list[bytes] = []
        self.sent = 0
        self.size = 0

    def feed(self, chunk: bytes) -> None:
        """Take up one chunk as it was sent."""
        self.sent += len(chunk)
        if self.sent > self._limit:
            raise refused("size", f"more than {self._limit} bytes sent")
        if self._packed and self._engine is None:
            chunk, self._head = self._head + chunk, b""
            if len(chunk) < len(_GZIP):
                self._head = chunk
                return
            self._engine = self._engine_for(chunk)
        if self._engine is None:
            self._keep(chunk)
        else:
            self._unpack(chunk, self._engine)

    def body(self) -> bytes:
        """Everything unpacked so far."""
        return self._chunks[0] if len(self._chunks) == 1 else b"".join(self._chunks)

    def _engine_for(self, start: bytes) -> zlib._Decompress | None:
        """Choose by what it is, not by what it is said to be; None for what is not packed."""
        if start.startswith(_GZIP):
            return zlib.decompressobj(_AUTO)
        if not self._raw:
            self._packed = False
            return None
        zlibs_own = start[0] & 0x0F == zlib.DEFLATED and int.from_bytes(start[:2]) % 31 == 0
        return zlib.decompressobj(_AUTO if zlibs_own else -zlib.MAX_WBITS)

    def _unpack(self, data: bytes, engine: zlib._Decompress) -> None:
        while True:
            if engine.eof:
                # A gzip file may have several members; anything else after the end is padding.
                data, self._head = self._head + data, b""
                if not data.startswith(_GZIP):
                    self._head = data if data == _GZIP[:1] else b""
                    return
                engine = self._engine = zlib.decompressobj(_AUTO)
            try:
                out = engine.decompress(data, _STEP)
            except zlib.error as error:
                raise failed("encoding", f"a broken stream: {error}") from error
            self._keep(out)
            data = engine.unconsumed_tail or engine.unused_data
            # A full step may leave more output within the engine, though all input is taken.
            if not data and len(out) < _STEP:
                return

    def _keep(self, data: bytes) -> None:
        self.size += len(data)
        if self.size > self._limit:
            raise refused("size", f"unpacks to more than {self._limit} bytes")
        if self.size > RATIO_FROM and self.size > MAX_RATIO * self.sent:
            raise refused("size", f"unpacks more than {MAX_RATIO} : 1")
        if data:
            self._chunks.append(data)


def unpack(data: bytes, limit: int) -> bytes:
    """Unpack a whole gzip file, as sitemaps are stored.

    Raises:
        UnfetchedError: as :class:`Unpacker` does.

    """
    unpacker = Unpacker("gzip", limit)
    unpacker.feed(data)
    return unpacker.body()
