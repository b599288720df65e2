"""Does an archive of one day keep apart what has nothing in common?

    NEWSDESK_PRESS=... python bench/young.py [--check]

Files the pages of the corpus, nearly all of them on different events, into an empty archive: by
their dates, and in three orders at random. No labels are needed for two things that are wrong for
sure: reports in one story that are a month or more apart, and reports in two languages. The stories
of several articles are printed to be looked at.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from random import Random

from corpus import articles, folder
from labelled import asked, verdict

from pipeline.file import Filer, Read
from stories.archive import open_archive
from stories.model import Article

ORDERS = 4
LONG = timedelta(days=30)
MOST_APART, MOST_TONGUES = 6.0, 0.0
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def grouped(some: Sequence[Article]) -> list[list[Article]]:
    """The stories of several articles that filing makes of these, in this order."""
    with (
        tempfile.TemporaryDirectory() as home,
        open_archive(f"sqlite:///{Path(home) / 'young.db'}") as archive,
    ):
        filed = Filer(archive).file([Read(article=one) for one in some])
        with archive.reading() as tx:
            there = tx.articles.get_many([one.article or 0 for one in filed])
    stories: dict[int, list[Article]] = {}
    for one in there.values():
        stories.setdefault(one.story, []).append(one.article)
    return [members for members in stories.values() if len(members) > 1]


def main() -> None:
    """Print the stories of each order, and the means beside their bars."""
    check = asked(__doc__)
    every = articles(folder("NEWSDESK_PRESS"), NOW)
    pairs = apart = tongues = 0
    for order in range(ORDERS):
        some = sorted(every, key=lambda one: one.when)
        if order:
            Random(order).shuffle(some)
        for members in grouped(some):
            if not order:
                print(" | ".join(f"{one.outlet}: {one.title[:40]}" for one in members))
            for one, other in combinations(members, 2):
                pairs += 1
                apart += abs(one.when - other.when) >= LONG
                tongues += (one.language or "")[:2] != (other.language or "")[:2]
    rows = [
        ("pairs in one story", "", pairs / ORDERS, True),
        (
            "  a month or more apart",
            f"<= {MOST_APART}",
            apart / ORDERS,
            apart <= MOST_APART * ORDERS,
        ),
        (
            "  in two languages",
            f"<= {MOST_TONGUES}",
            tongues / ORDERS,
            tongues <= MOST_TONGUES * ORDERS,
        ),
    ]
    verdict(rows, check)


if __name__ == "__main__":
    main()
