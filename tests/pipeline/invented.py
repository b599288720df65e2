"""Invented articles: words without meaning, but with the shape of news."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from pipeline.address import key
from pipeline.file import Read
from stories.archive import Archive
from stories.model import Article, Instant, Precision

DAY = datetime(2026, 3, 1, 8, tzinfo=UTC)
_SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "je",
    "ki",
    "lo",
    "mu",
    "na",
    "pe",
    "ri",
    "so",
    "tu",
    "va",
    "we",
    "xi",
    "yo",
    "zu",
]
_LITTLE = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "is",
    "that",
    "for",
    "it",
    "on",
    "as",
    "with",
    "was",
    "by",
    "at",
    "from",
]


def vocabulary(chance: Random, words: int) -> list[str]:
    """So many words that the language does not have."""
    return ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(words)]


def sentences(subject: int, length: int, seed: int = 0) -> list[str]:
    """Sentences about a subject: its own names and numbers among words that all articles use."""
    names = vocabulary(Random(subject), 12)
    common = vocabulary(Random(-1), 3000)
    chance = Random(f"{subject}/{seed}")
    made = []
    for _ in range(length):
        words = [
            chance.choice(
                _LITTLE if chance.random() < 0.4 else names if chance.random() < 0.3 else common
            )
            for _ in range(chance.randint(9, 18))
        ]
        made.append(" ".join(words).capitalize() + ".")
    return made


def paragraphs(some: list[str], each: int = 2) -> str:
    """The sentences as a text of paragraphs, a line each."""
    return "\n".join(" ".join(some[at : at + each]) for at in range(0, len(some), each))


def read(
    url: str, title: str, text: str, *, hours: float = 0, roles: str = "", **more: object
) -> Read:
    """An article as the readers hand it over, published so many hours after `DAY`."""
    at = DAY + timedelta(hours=hours)
    facts: dict[str, object] = {
        "url": url,
        "raw_url": url,
        "key": key(url),
        "outlet": url.split("/")[2],
        "language": "en",
        "published": Instant(at=at, precision=Precision.SECOND, evidence="test"),
        "seen": DAY + timedelta(days=400),
        "fetched": DAY + timedelta(days=400),
    }
    return Read(article=Article(title=title, text=text, roles=roles, **(facts | more)))  # type: ignore[arg-type]


def stream() -> list[Read]:
    """A few events as outlets report, copy, cut and quote them, out of order, some edited."""
    chance = Random(7)
    made = []
    for event in range(10, 22):
        report = sentences(event, 24)
        for outlet in range(chance.randint(1, 5)):
            text = chance.choice(
                [
                    report,
                    report[: chance.randint(8, 20)],
                    sentences(event, 20, seed=outlet + 1),
                    sentences(event, 8, seed=outlet + 1) + report[3:12],
                ]
            )
            url = f"https://outlet-{outlet}.example/{event}/{chance.randint(1, 2)}"
            made.append(
                read(url, text[0], paragraphs(text), hours=event * 30 + chance.randint(0, 60))
            )
    chance.shuffle(made)
    return made


def outcome_of(archive: Archive) -> object:
    """All that was filed, what it quotes, and its stories."""
    with archive.reading() as tx:
        filed = tx.articles.after(0, 10_000)
        quoted = tx.copies.quoted([one.id for one in filed])
        stories = tx.events.stories(sorted({one.story for one in filed}))
    return filed, quoted, stories
