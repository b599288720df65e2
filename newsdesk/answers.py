"""Answers to a search as JSON: articles, facets, and what may be missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdesk.shapes import moment

if TYPE_CHECKING:
    from stories.archive.asking import Headline
    from stories.archive.completeness import Completeness
    from stories.archive.survey import Survey


def headline(one: Headline, sentence: str, score: float | None = None) -> dict[str, object]:
    """What a list shows of an article, with the sentence that answered."""
    return {
        "id": one.id,
        "title": one.title,
        "outlet": one.outlet,
        "url": one.url,
        "language": one.language,
        "published": moment(one.published),
        "seen": moment(one.seen),
        "story": one.story or None,
        "sentence": sentence or None,
        "score": score,
    }


def facets(one: Survey) -> dict[str, list[dict[str, object]]]:
    """How the answers are spread: for each facet its values, the most first; days in order."""
    return {
        name: [{"value": value, "count": many} for value, many in values]
        for name, values in one.facets.items()
    }


def completeness(one: Completeness) -> dict[str, object]:
    """What may be missing from an answer."""
    return {
        "since": moment(one.since),
        "until": moment(one.until),
        "sources": one.sources,
        "sentence": one.sentence(),
        "lacking": [
            {
                "source": lack.source,
                "outlet": lack.outlet,
                "polls": lack.polls,
                "failed": lack.failed,
                "blocked": lack.blocked,
                "gaps": lack.gaps,
                "new": lack.new,
                "usual": lack.usual,
                "down": lack.down,
                "quiet": lack.quiet,
            }
            for lack in one.lacking
        ],
    }
