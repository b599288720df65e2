"""What is found out about a story as JSON: spread, news, originals, rulings, changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdesk.shapes import moment
from stories.row import row_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsdesk.spread import Spread
    from pipeline.lineage import Tie
    from pipeline.regroup import Change
    from stories.archive.kin import AlsoCovered
    from stories.archive.rulings import Ruling
    from stories.model import FiledArticle


def report(one: FiledArticle, new: Sequence[str]) -> dict[str, object]:
    """An article of a story: a row of an export, and the sentences that are new in it."""
    evidence = list(one.copy.evidence) if one.copy else None
    return {**row_of(one), "new": list(new), "original_because": evidence}


def spread(one: Spread) -> dict[str, object]:
    """How many articles came when."""
    return {
        "hours": one.step.total_seconds() / 3600,
        "bars": [{"start": moment(bar.start), "articles": bar.articles} for bar in one.bars],
    }


def tie(one: Tie) -> dict[str, object]:
    """What an article owes to another one, or to an outlet that is not in the story."""
    return {
        "article": one.article,
        "how": one.how,
        "of": one.of,
        "outlet": one.outlet,
        "words": one.words or None,
    }


def also_covered(one: AlsoCovered) -> dict[str, object]:
    """A story in another language that seems to report the same event."""
    return {
        "story": one.story,
        "title": one.title,
        "languages": list(one.languages),
        "score": one.score,
        "shared": list(one.shared),
    }


def ruling(one: Ruling) -> dict[str, object]:
    """A decision of the operator."""
    return {
        "id": one.id,
        "at": moment(one.at),
        "what": one.what.value,
        "article": one.article,
        "other": one.other,
    }


def change(one: Change) -> dict[str, object]:
    """What regrouping changes of an article."""
    before, after = one.copy_before, one.copy_after
    return {
        "article": one.article,
        "url": one.url,
        "copy_before": before and {"of": before.of, "kind": before.kind.value},
        "copy_after": after and {"of": after.of, "kind": after.kind.value},
        "story_before": one.story_before,
        "story_after": one.story_after,
    }
