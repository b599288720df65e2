"""First estimates for the way outward: what ways are expected to bring before any was followed.

They were measured on invented presses (bench/coverage.py) and stand only until ways of the same
class have been followed: then what those brought counts, see :meth:`spiders.promise.Promise`.
"""

from __future__ import annotations

from collections.abc import Mapping

from stories.archive.coverage import WayKind

SURE = 3
"""The evidence from which a line leaves hardly any doubt; see pipeline.likeness."""

PAGES: Mapping[str, tuple[float, float, float, float]] = {
    # A link in a text of the topic. Silent ones mostly lead astray once headings are known.
    "citation": (0.15, 0.3, 0.75, 0.97),
    # The same, where neither its words nor its address could say anything.
    "blind": (0.35, 0.4, 0.8, 0.97),
    # A link beside a text.
    "related": (0.05, 0.15, 0.5, 0.8),
    # A heading in a list of an outlet, in the answer of a search endpoint.
    "listed": (0.02, 0.05, 0.5, 0.93),
    "search": (0.02, 0.05, 0.4, 0.93),
    # A heading that is known already, offered by somebody who never had coverage of his own.
    "repeated": (0.02, 0.03, 0.05, 0.05),
    # A link on a page that is not of the topic.
    "elsewhere": (0.0, 0.05, 0.1, 0.2),
}
"""How likely a page is coverage that was not found yet, by how it was met, by evidence (0-3)."""

ORIGINAL = 0.95
"""The same for the page that a copy names as its original."""

UNSETTLED = 0.6
"""Before the topic's pages can be told from others, a line that is not sure is worth less."""

WAITS_FOR_LIST = 0.6
"""And less while its outlet has a list that nobody has read: the list would tell."""

BESIDE = 0.2
"""A link beside a text to an outlet of which nothing was found mostly leads into a trap."""

CARRIES, STRAYS = 0.4, 0.5
"""Who carried what others report, or twice nothing of the topic, will do so again."""

LISTS: Mapping[WayKind, float] = {
    WayKind.FEED: 0.7,
    WayKind.SECTION: 0.7,
    WayKind.SEARCH: 0.5,
    WayKind.SITEMAP: 0.35,
}
"""New pages of coverage that a first list shows of an outlet that has covered the topic."""

CREDITED = (0.5, 0.8, 1.0, 1.2)
"""That the front page shows of an outlet which pages of the topic credit, by how many do."""

NEIGHBOUR, NEIGHBOUR_SHOWN, SHOWN = 1.0, 0.3, 0.4
"""That the front page shows of an outlet which pages of the topic link to; the same where a search
endpoint knows the outlet and has shown the best of it already; and what is left there to lists of
outlets that have covered the topic."""

STRANGER = 0.35
"""What is left of that for an outlet of which nothing was found and that nobody credits."""

SEARCHED, DRY = 1.7, 0.6
"""New pages that a question to a search endpoint shows; what is left after one that shows none."""

VAGUE, MOST_VAGUE = 0.2, 3
"""Pages more for each link to the outlet of which hardly anything is known, up to so many."""

FURTHER = (0.03, 0.12, 0.4)
"""What is left for a second list of an outlet, by how many pages the first has shown."""

AGAIN_DRY, AGAIN = 0.3, 0.9
"""What is left when the same list is read again, after it had brought nothing, or something."""

FIRST_LISTS, SOONER = 4, 1.3
"""Lists teach how headings go around here: so many are read sooner."""

PAGE_TRIES, LIST_TRIES = 3.0, 2.0
"""Imagined tries for which these estimates stand."""
