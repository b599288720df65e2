"""What outlets are called: from a name in a credit to the host that answers for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from pipeline.address import site
from pipeline.well_known import folded, well_known
from stories.hosts import bare_host
from stories.words import words

SHORTEST = 5
"""Letters of a name that may be recognised in a host."""

PART = 3
"""Letters of a host or a name that may be recognised within the other."""


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
        for label in labels(host):
            if len(label) >= SHORTEST:
                self._labels.setdefault(label, host)

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
        if self.has_right(name, host):
            self._names[folded(name)] = host

    def has_right(self, name: str, host: str, held: tuple[str, str] | None = None) -> bool:
        """Whether a host that calls itself so has more right to it than who was known by it.

        A mirror calls itself as what it mirrors does, but its host is called otherwise, or not
        quite so. `held` is who else is about to be known by it.
        """
        known = held[1] if held else self._names.get(folded(name))
        return known is None or self.fits(host, name) > self.fits(known, name)

    def named(self, name: str) -> str | None:
        """The host that calls itself so on its own pages; look-alikes do not count."""
        return self._names.get(folded(name))

    def spelt(self, name: str) -> str | None:
        """The host that is spelt like a name, with its article or without."""
        return self._labels.get(folded(name)) or self._labels.get("".join(words(name)))

    @classmethod
    def calls(cls, host: str, name: str) -> bool:
        """Whether a host is spelt like a name, or one of them like a part of the other."""
        return cls.fits(host, name) > 0

    @staticmethod
    def fits(host: str, name: str) -> int:
        """How well a host is spelt like a name: 2 just so, 1 one is a part of the other, 0 not."""
        key = folded(name)
        if not key:
            return 0
        spelt = labels(host)
        if key in spelt:
            return 2
        parts = (min(len(one), len(key)) >= PART and (one in key or key in one) for one in spelt)
        return int(any(parts))

    def __call__(self, name: str) -> str | None:
        """The host of an outlet by what it is called, or None: names before look-alikes."""
        key = folded(name)
        return self._names.get(key) or self._labels.get(key) or well_known().get(key)


def labels(host: str) -> tuple[str, ...]:
    """The words of a host that may be a name, folded as names are; umlauts also as one letter."""
    found: dict[str, None] = {}
    for label in (host.partition(".")[0], site(host).partition(".")[0]):
        parted = label.replace("-", " ").replace("_", " ")
        plain = parted.replace(" ", "")
        bare = plain.replace("ae", "a").replace("oe", "o").replace("ue", "u")
        for spelt in (plain, bare, parted):
            if key := folded(spelt):
                found[key] = None
    return tuple(found)


def host_of(url: str) -> str:
    """The host that stands for an outlet."""
    return bare_host(url)
