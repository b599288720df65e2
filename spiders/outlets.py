"""What outlets are called: from a name in a credit to the host that answers for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from pipeline.address import site
from pipeline.well_known import folded, well_known
from stories.hosts import bare_host

SHORTEST = 5
"""Letters of a name that may be recognised in a host."""


class Outlets:
    """Names and hosts met so far, the sources' and those of the way outward."""

    def __init__(self, names: Mapping[str, tuple[str, str]], hosts: Iterable[str]) -> None:
        self._names = {key: host for key, (_, host) in names.items()}
        self._labels: dict[str, str] = {}
        self._places: dict[str, str] = {}
        for host in hosts:
            self.met(host)

    def met(self, host: str) -> None:
        """A host was seen in an address."""
        for label in (host.partition(".")[0], site(host).partition(".")[0]):
            key = label.replace("-", "").replace("_", "")
            for spelt in (key, key.replace("ae", "a").replace("oe", "o").replace("ue", "u")):
                if len(key) >= SHORTEST:
                    self._labels.setdefault(folded(spelt), host)

    def seen_at(self, url: str) -> None:
        """An address was seen: its host, and whether it is written with ``www.`` and its like."""
        host = host_of(url)
        self.met(host)
        self._places.setdefault(host, urlsplit(url).netloc.lower() or host)

    def place(self, host: str) -> str:
        """Where a host answers, as its addresses have it: asking elsewhere costs a redirect."""
        return self._places.get(host, host)

    def called(self, name: str, host: str) -> None:
        """A host calls itself so."""
        self._names.setdefault(folded(name), host)

    def __call__(self, name: str) -> str | None:
        """The host of an outlet by what it is called, or None: names before look-alikes."""
        key = folded(name)
        return self._names.get(key) or self._labels.get(key) or well_known().get(key)


def host_of(url: str) -> str:
    """The host that stands for an outlet."""
    return bare_host(url)
