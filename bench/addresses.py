"""How many addresses a minute get their key, on one core?

    python bench/addresses.py [--count 200000] [--check]

The addresses are invented in the shapes that real ones have: sections, dates, slugs, numbers,
trackers, AMP and mobile hosts, in several scripts; no two are the same.
"""

from __future__ import annotations

import time
from random import Random

from labelled import verdict

from pipeline.address import key

A_MINUTE = 1_000_000
COUNT = 200_000

_HOSTS = (
    "www.courier-{}.example",
    "m.herald-{}.example",
    "amp.post-{}.example",
    "zeitung-{}.example",
)
_SHAPES = (
    "/{section}/{year}/{month:02}/{day:02}/{slug}.html",
    "/{section}/{slug}-{number}",
    "/{year}/{month:02}/{slug}/amp/",
    "/artikel/{number}/{slug}",
    "/news/{section}/article{number}.ece",
    "/index.php?id={number}&section={section}",
    "/{section}/straße-und-plätze-{number}/",
    "/story/{number}/{slug}/print",
)
_TRACKERS = (
    "",
    "",
    "?utm_source=feed&utm_medium=rss&utm_campaign=all",
    "?fbclid=IwAR0abc{number}",
    "?ref=home&cmp=share_btn_tw#comments",
)
_WORDS = "harbour bridge minister strike storm vote budget whale ferry border school court".split()  # noqa: SIM905 - a table of words reads better as words


def addresses(count: int) -> list[str]:
    """So many addresses, always the same ones."""
    chance = Random(1)
    made = []
    for number in range(count):
        facts = {
            "section": chance.choice(_WORDS),
            "year": chance.randint(2010, 2026),
            "month": chance.randint(1, 12),
            "day": chance.randint(1, 28),
            "slug": "-".join(chance.choices(_WORDS, k=6)),
            "number": 1_000_000 + number,
        }
        host = chance.choice(_HOSTS).format(chance.randint(1, 400))
        tail = chance.choice(_TRACKERS)
        shape = chance.choice(_SHAPES)
        if "?" in shape:
            tail = tail.replace("?", "&")
        made.append(f"https://{host}{shape}{tail}".format(**facts))
    return made


def main() -> None:
    """Time them by this process's CPU."""
    import argparse

    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=COUNT)
    asked.add_argument("--check", action="store_true")
    given = asked.parse_args()
    made = addresses(given.count)
    began = time.process_time()
    keys = {key(one) for one in made}
    minute = len(made) / (time.process_time() - began) * 60
    print(f"{len(made)} addresses, {len(keys)} keys")
    verdict([("addresses a minute", f">= {A_MINUTE}", minute, minute >= A_MINUTE)], given.check)


if __name__ == "__main__":
    main()
