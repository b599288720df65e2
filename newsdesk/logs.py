"""The log of a running desk: lines on stderr, whatever an outlet put into them disarmed."""

from __future__ import annotations

import logging
import sys
import time

from newsdesk.terminal import harmless


class _Lines(logging.Handler):
    """Writes to stderr as it is at the moment: a status line may stand there and make room."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        try:
            sys.stderr.write(harmless(self.format(record)) + "\n")
            sys.stderr.flush()
        except BrokenPipeError:
            logging.getLogger().removeHandler(self)


def log(level: int, *, times: bool) -> None:
    """Log from `level` on to stderr; with `times` each line has its time in UTC and its level."""
    handler = _Lines()
    shape = "%(asctime)s %(levelname)s %(message)s" if times else "%(message)s"
    formatter = logging.Formatter(shape, datefmt="%Y-%m-%dT%H:%M:%S+00:00")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    logging.basicConfig(level=level, handlers=[handler], force=True)
