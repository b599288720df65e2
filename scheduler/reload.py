"""Notices that newsdesk.toml has changed, and judges it before it comes into force."""

from __future__ import annotations

import logging

from scheduler.timetable import timetables
from stories.config import Config, ConfigError, load
from stories.cron import CronError

_log = logging.getLogger(__name__)


class Watch:
    """Looks at newsdesk.toml. `mistake` says what is wrong with it, while something is."""

    def __init__(self, config: Config) -> None:
        self.mistake = ""
        self._config = config
        self._seen = self._stamp()
        self._pending: Config | None = None

    def look(self) -> Config | None:
        """Give the configuration as it is now, if it has changed and is right.

        It is given again at every look until :meth:`taken`, so that a failure to bring it into
        force is made good. A mistake is logged once, and what was right before stays in force.
        """
        stamp = self._stamp()
        if stamp != self._seen:
            self._seen = stamp
            self._pending = self._judged()
        return self._pending

    def taken(self, config: Config) -> None:
        """The configuration is in force."""
        self._config = config
        self._pending = None

    def _judged(self) -> Config | None:
        try:
            config = load(self._config.home)
            timetables(config)
        except (ConfigError, CronError, OSError) as error:
            self.mistake = f"newsdesk.toml is wrong, the old one stays in force: {error}"
            _log.error("%s", self.mistake)  # the operator's, so no traceback
            return None
        if config.database != self._config.database:
            self.mistake = "another database comes into force when newsdesk run is started again"
            _log.warning("%s", self.mistake)
            return None
        self.mistake = ""
        return config if config != self._config else None

    def _stamp(self) -> tuple[int, int, int] | None:
        try:
            found = (self._config.home / "newsdesk.toml").stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino
