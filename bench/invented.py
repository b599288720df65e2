"""An invented press of any size: events, their reports, copies and quotations, always the same."""

from __future__ import annotations

from bisect import bisect
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random

from pipeline.address import key
from pipeline.file import Read
from stories.model import Article, Instant, Precision

START = datetime(2026, 1, 1, tzinfo=UTC)
WORDS, OWN = 60_000, 14
OUTLETS = 400
PER_DAY = 5_000


class Press:
    """Articles in order of time, `PER_DAY` a day: half on running events, a tenth copied."""

    def __init__(self, seed: int = 1, first: int = 0) -> None:
        """The same seed gives the same press; `first` is how many articles went before."""
        self._chance = Random(seed)
        self._number = first
        letters = "etaoinshrdlucmfwypvbgk"
        heaps = list(accumulate(1.0 / rank for rank in range(1, 23)))
        self.words = [
            "".join(
                letters[bisect(heaps, self._chance.random() * heaps[-1]) % 22]
                for _ in range(2 + min(10, number.bit_length() // 2 + self._chance.randint(0, 3)))
            )
            for number in range(1, WORDS + 1)
        ]
        self._zipf = list(accumulate(1.0 / (rank + 2.7) for rank in range(WORDS)))
        if first:
            self._chance = Random(first)
        self._events: deque[list[str]] = deque(maxlen=3_000)
        self._recent: deque[tuple[str, list[list[str]], list[str]]] = deque(maxlen=500)

    def articles(self, count: int) -> Iterator[Read]:
        """The next articles, so many."""
        for _ in range(count):
            self._number += 1
            yield self._article(self._number)

    def _article(self, number: int) -> Read:
        chance = self._chance
        kind = chance.random()
        if kind < 0.1 and self._recent:
            title, paragraphs, own = chance.choice(self._recent)
            paragraphs = paragraphs[: chance.randint(len(paragraphs) // 3 + 1, len(paragraphs))]
        else:
            own = self._event(opens=kind > 0.55)
            title = " ".join([*chance.sample(own, 4), *self._some(3)])
            paragraphs = [self._paragraph(own) for _ in range(chance.randint(6, 14))]
            if kind < 0.13 and self._recent:
                paragraphs[2:2] = chance.choice(self._recent)[1][:4]
            self._recent.append((title, paragraphs, own))
        return _read(number, title, "\n".join(" ".join(one) for one in paragraphs))

    def _event(self, *, opens: bool) -> list[str]:
        if opens or not self._events:
            rare = [self.words[self._chance.randint(500, WORDS - 1)] for _ in range(OWN)]
            self._events.append(rare)
            return rare
        return self._events[-1 - int(len(self._events) * self._chance.random() ** 3)]

    def _paragraph(self, own: list[str]) -> list[str]:
        words = self._some(self._chance.randint(30, 60))
        for place in range(0, len(words), 9):
            words[place] = self._chance.choice(own)
        return words

    def _some(self, count: int) -> list[str]:
        return self._chance.choices(self.words, cum_weights=self._zipf, k=count)


def _read(number: int, title: str, text: str) -> Read:
    outlet = f"outlet-{number * 7919 % OUTLETS}.example"
    url = f"https://{outlet}/{number}"
    at = START + timedelta(days=number / PER_DAY)
    return Read(
        article=Article(
            url=url,
            raw_url=url,
            key=key(url),
            outlet=outlet,
            title=title,
            text=text,
            language="en",
            published=Instant(at=at, precision=Precision.SECOND, evidence="invented"),
            seen=at,
            fetched=at,
        )
    )
