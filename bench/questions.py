"""The 40 questions of issue 6: words rare and common, phrases, NEAR, facets, pages, relevance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from world import DAYS, START

from stories.archive import Question, Transaction

END = START + timedelta(days=DAYS)

# Name, what is asked. A plain string is a query, its newest 50.
Ask = Callable[[Transaction], Any]


def newest(
    query: str | None = None, *, topic: str | None = None, days: int = 0, offset: int = 0
) -> Ask:
    """The first page, or one further back, the newest first."""
    question = Question(
        query=query, topic=topic, since=END - timedelta(days=days) if days else None
    )

    def ask(tx: Transaction) -> object:
        return tx.asking.headlines(tx.asking.newest(question, 50, offset))

    return ask


def best(query: str, days: int = 0) -> Ask:
    """The first page by relevance."""
    question = Question(query=query, since=END - timedelta(days=days) if days else None)

    def ask(tx: Transaction) -> object:
        return tx.asking.headlines(tx.asking.relevant(question, END).ids)

    return ask


def facets(query: str | None, *names: str, topic: str | None = None, days: int = 0) -> Ask:
    """Counts by facet."""
    question = Question(
        query=query, topic=topic, since=END - timedelta(days=days) if days else None
    )
    return lambda tx: tx.asking.survey(question, names)


TEN = (
    "(government OR minister OR president) (war OR peace OR treaty) NOT football"
    " NOT film (money OR bank)"
)
TEN_OR = (
    "zeppelin OR archipelago OR volcano OR glacier OR submarine OR orchestra OR marathon"
    " OR vaccine OR satellite OR harvest"
)

QUERIES: dict[str, Ask] = {
    "rare word": newest("zeppelin"),
    "rare word, exactly": newest("=archipelago"),
    "rare word in another script": newest("вулкан"),
    "word of medium frequency": newest("parliament"),
    "common word": newest("government"),
    "commonest word": newest("the"),
    "commonest word, exactly": newest("=the"),
    "common German word": newest("Regierung"),
    "Chinese word": newest("政府"),
    "Japanese word": newest("世界"),
    "Korean word": newest("사람"),
    "Arabic word": newest("العالم"),
    "word with accents": newest("économie"),
    "phrase of commonest words": newest('"of the"'),
    "phrase of common words": newest('"right now"'),
    "phrase of common words, rare": newest('"money house night"'),
    "phrase of rare words": newest('"volcano glacier"'),
    "long phrase": newest('"one of the most"'),
    "phrase of a topic": newest("@phrase"),
    "NEAR, common words": newest("government NEAR/5 people"),
    "NEAR, rare words": newest("volcano NEAR/10 glacier"),
    "NEAR, ordered": newest("prime ONEAR/3 minister"),
    "prefix": newest("govern*"),
    "wide prefix": newest("inter*"),
    "in the title": newest("title:government"),
    "in the lead": newest("lead:(government election)"),
    "ten clauses": newest(TEN),
    "ten words, any": newest(TEN_OR),
    "rare and common": newest("zeppelin AND the"),
    "common without common": newest("people NOT government"),
    "outlet, language and word": newest("language:de site:de Regierung"),
    "topic": newest(topic="topic-3"),
    "topic of 7 days": newest(topic="topic-3", days=7),
    "topic, phrase, 30 days": newest('"right now"', topic="topic-0", days=30),
    "topic and word in a past year": newest(
        "government published:[2025-01 TO 2025-12]", topic="topic-0"
    ),
    "originals only": newest("kind:original government"),
    "deep page": newest("government", offset=10_000),
    "facets of a common word": facets("government", "outlet", "language", "day"),
    "timeline of a topic, 90 days": facets(None, "day", topic="topic-0", days=90),
    "relevance, common word": best("government"),
}
