"""What outlets are called, as the archive and the configuration know it."""

from __future__ import annotations

from pipeline.well_known import folded
from spiders.outlets import Outlets, host_of
from stories.archive import Transaction
from stories.config import Config


def known_outlets(config: Config, tx: Transaction) -> Outlets:
    """From a name in a credit to a host: what sources and pages say first, then the world's."""
    names = tx.coverage.names()
    hosts = set()
    for state in tx.sources.all():
        host = host_of(state.source.url)
        hosts.add(host)
        names.setdefault(folded(state.source.outlet), (state.source.outlet, host))
    for one in config.sources.values():
        if one.outlet:
            names.setdefault(folded(one.outlet), (one.outlet, host_of(one.url)))
    hosts |= {outlet for outlet in tx.coverage.outlets() if "." in outlet}
    return Outlets(names, hosts)
