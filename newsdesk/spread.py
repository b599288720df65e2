"""How a story spread: its articles by hour, or by day where it went on for longer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from stories.model import Precision

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

    from stories.model import FiledArticle

HOURS = 60
"""A story that spread over no more hours is shown by hour."""

MOST = 60
"""No more bars than that: beyond it, days are taken together."""

BARS = "▁▂▃▄▅▆▇█"
NONE = "·"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """How many articles came in a stretch of time that begins at `start`."""

    start: datetime
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The articles of a story in stretches of equal length, the empty ones among them."""

    step: timedelta
    bars: tuple[Bar, ...]

    def __str__(self) -> str:
        most = max(bar.articles for bar in self.bars)
        top = len(BARS) - 1
        return "".join(
            BARS[round(top * bar.articles / most)] if bar.articles else NONE for bar in self.bars
        )


def spread(articles: Sequence[FiledArticle], zone: tzinfo) -> Spread:
    """The spread of a story that has articles; by day when some of them have a date only."""
    moments = sorted(one.article.when for one in articles)
    exact = all(_is_exact(one) for one in articles)
    first, last = moments[0].astimezone(zone), moments[-1].astimezone(zone)
    if exact and last - first < timedelta(hours=HOURS):
        step = timedelta(hours=1)
        start = first.replace(minute=0, second=0, microsecond=0)
    else:
        start = first.replace(hour=0, minute=0, second=0, microsecond=0)
        step = timedelta(days=1 + (last - start) // timedelta(days=MOST))
    counts = [0] * ((last - start) // step + 1)
    for moment in moments:
        counts[(moment - start) // step] += 1
    return Spread(
        step=step,
        bars=tuple(
            Bar(start=start + number * step, articles=count) for number, count in enumerate(counts)
        ),
    )


def _is_exact(one: FiledArticle) -> bool:
    said = one.article.published
    return said is None or said.precision in {Precision.SECOND, Precision.MINUTE}
