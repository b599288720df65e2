"""What may still be asked on the way outward: requests are counted as the servers count them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from stories.config import Config

PAYS, PAYS_WELL, PAYS_BACK = 0.33, 0.4, 0.85
"""Articles a request from which a way pays for itself, and from which it is worth a loan; and how
likely a page must be of the topic to be asked for without one: it pays back what is owed."""

LENT, REPAID = 16, 0.115
"""Requests that are lent at the beginning, where a list that shows three articles pays for itself
later; with each request so much less, so that nothing is owed in the end."""
OWED, DUE = 14, 0.05
"""Requests that may be owed by who found little with the first ones, when a page is asked for that
is worth a loan; and with each request so much less."""
REPAYS, MOST_OWED, MOST_AT_FIRST = 0.6, 0.015, 0.12
"""How much may be owed for what promises more than an article may cost: the first part of all
requests, for each article a request that it promises beyond, and never more than the second, or the
third where the first requests found little. What it brings pays that back."""

MEAGRE, LOWER, HOPELESS = 0.28, 0.7, 0.04
"""From which it is followed out of savings: at first, by how much less each time when nothing
better is left, and in the end; savings are not for what comes first."""

POOR, SPARE = 0.13, 0.95
"""What promises less than the first is followed as long as no more than that part is spent of what
may be: most of it brings nothing."""

AT_LEISURE = 3
"""Ways that are followed at once out of savings: what they teach may point to better ones."""

START = 120
"""Requests that may be made whatever was found: what a story costs that hardly anybody covers."""

PAID_BACK = 0.2
"""Requests less for each article that is found after the first ones brought too little."""


@dataclass(slots=True)
class Budget:
    """The account of one topic; `requests` and `found` are those of all its rounds.

    `this_hour` and `by_host` are the requests of the hour, `under_way` what the ways cost that are
    being asked, `at_start` what was found when the first requests were spent.
    """

    config: Config
    requests: int = 0
    found: int = 0
    this_hour: int = 0
    least: float = MEAGRE
    at_start: int | None = None
    by_host: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    under_way: dict[str, int] = field(default_factory=dict)

    def spend(self, requests: Mapping[str, int]) -> None:
        """Count requests, by host."""
        for name, number in requests.items():
            self.requests += number
            self.this_hour += number
            self.by_host[name] += number

    def may(self, cost: int, promise: float, *, is_page: bool) -> bool:
        """Whether so many requests may be made now for what each of them promises."""
        sure = is_page and cost * promise >= PAYS_BACK
        outward = self.config.outward
        cost += sum(self.under_way.values())
        if promise < self.least or self.this_hour + cost > outward.requests:
            return False
        allowed = self._allowed()
        if promise < POOR and self.requests + cost > SPARE * allowed:
            return False
        owed = self.requests + cost - allowed
        if owed > 0:
            lent = LENT - REPAID * self.requests
            unlucky = outward.per_article * (self.at_start or 0) < START
            if is_page and unlucky:
                lent = max(lent, OWED - DUE * self.requests)
            beyond = promise - 1 / outward.per_article
            most = MOST_AT_FIRST if unlucky else MOST_OWED
            if owed <= min(REPAYS * beyond, most) * self.requests:
                return True
            return sure or (promise >= PAYS_WELL and owed <= lent)
        return promise >= PAYS or len(self.under_way) < AT_LEISURE

    def _allowed(self) -> float:
        """Requests that may have been made by now.

        Who has found little with the first ones is not held to what an article may cost from the
        beginning, but from there on, and pays a part back with each: else nothing that is found
        pays any more.
        """
        each = self.config.outward.per_article
        if self.requests < START:
            return max(START, each * self.found)
        if self.at_start is None:
            self.at_start = self.found
        since = max(0, self.found - self.at_start)
        return max(START + (each - PAID_BACK) * since, each * self.found)

    def is_spent(self, host: str) -> bool:
        """Whether a host was asked as often as may be within the hour."""
        return self.by_host[host] >= self.config.outward.per_host

    def lower(self) -> bool:
        """Be content with less; False when there is no less to be content with."""
        self.least *= LOWER
        return self.least >= HOPELESS

    def why_stopped(self, left: int) -> str:
        """The sentence for what is left when nothing is followed any more."""
        outward = self.config.outward
        if self.this_hour >= outward.requests - 1:
            return (
                f"{left} ways left: the budget of {outward.requests} requests an hour is spent,"
                " the next hour's round goes on"
            )
        return f"{left} ways left that promise too little" if left else "no way left"
