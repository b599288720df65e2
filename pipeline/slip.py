"""One article on its way through the filers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pipeline.counting import Worded
from pipeline.fingerprint import Fingerprint, hashes
from stories.model import Article, Copy, Outcome, Precision, Step


@dataclass(slots=True, kw_only=True)
class Slip:
    """One article on its way through the filers, and what they decided.

    `key` is that of the address at which it was seen, which may lead to an article that has
    another. `number` is the id of the article that it is, or is a new state of. `heir_of` is the
    article in whose place it became the original of a group.
    """

    article: Article
    key: str
    steps: list[Step]
    at: datetime
    fingerprint: Fingerprint
    number: int = 0
    outcome: Outcome = Outcome.FILED
    reason: str = ""
    copy: Copy | None = None
    heir_of: int = 0
    quoted: dict[int, float] = field(default_factory=dict)
    story: int = 0

    @property
    def when(self) -> datetime:
        """When the article was published, or else first seen."""
        return self.article.when

    @property
    def surely_by(self) -> datetime:
        """The latest instant at which it can have been published, by what it says."""
        said = self.article.published
        if said is None or said.precision in {Precision.SECOND, Precision.MINUTE}:
            return self.when
        return said.at + timedelta(days=1 if said.precision is Precision.DAY else 31)

    def note(self, what: str) -> None:
        """Add a step to the way of this address."""
        self.steps.append(Step(at=self.at, what=what))

    def worded(self) -> Worded:
        """The words of the article, hashed."""
        article = self.article
        return Worded(
            title=hashes(article.title),
            text=self.fingerprint.words,
            language=article.language,
            outlet=article.outlet,
        )
