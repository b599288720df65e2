"""Articles for the tests: what matters is said, the rest is filled in."""

from __future__ import annotations

from datetime import UTC, datetime

from stories.model import Article

NOW = datetime(2026, 11, 22, 23, 17, tzinfo=UTC)


def article(key: str = "courier.test/a", **said: object) -> Article:
    facts: dict[str, object] = {
        "url": f"https://{key}",
        "raw_url": f"https://www.{key}?utm_source=feed",
        "key": key,
        "outlet": "The Example Courier",
        "title": "An embassy opens",
        "text": "The campaign opened its embassy on Sunday.",
        "seen": NOW,
        "fetched": NOW,
    }
    return Article(**(facts | said))  # type: ignore[arg-type] # the test says what it means
