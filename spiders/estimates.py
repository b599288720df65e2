"""First estimates for the way outward: what ways are expected to bring before any was followed.

They were measured on invented presses (bench/coverage.py) and stand only until ways of the same
class have been followed: then what those brought counts, see :meth:`spiders.promise.Promise`.
"""

from __future__ import annotations

from collections.abc import Mapping

from stories.ways import WayKind

SURE, LIKELY = 3, 2
"""The evidence from which a line leaves hardly any doubt, or little (pipeline.likeness)."""

PAGES: Mapping[str, tuple[float, float, float, float]] = {
    # A link in a text of the topic. Silent ones mostly lead astray once headings are known.
    "citation": (0.15, 0.3, 0.75, 0.97),
    # The same, where its words are what the outlet is called: as it wrote.
    "named": (0.4, 0.5, 0.75, 0.97),
    # The same, where neither its words nor its address could say anything.
    "blind": (0.35, 0.4, 0.8, 0.97),
    # A link beside a text.
    "related": (0.05, 0.15, 0.5, 0.8),
    # A heading in a list of an outlet, in the answer of a search endpoint.
    "listed": (0.01, 0.06, 0.6, 0.93),
    "search": (0.02, 0.05, 0.55, 0.93),
    # What a search endpoint or an outlet's own search answered, though its heading says little:
    # by what it was asked for as well.
    "hit": (0.02, 0.03, 0.05, 0.12),
    # What an outlet has filed under a name of the topic, though its heading says little.
    "tagged": (0.1, 0.3, 0.5, 0.7),
    # A heading that is known already, offered by somebody who never had coverage of his own.
    "repeated": (0.02, 0.03, 0.05, 0.05),
    # A link on a page that is not of the topic.
    "elsewhere": (0.0, 0.05, 0.1, 0.2),
}
"""How likely a page is coverage that was not found yet, by how it was met, by evidence (0-3)."""

HOW_PAGES, MOST_SURE = 3.0, 0.97
"""Expected finds for which these stand against all that was met in the same way, and the most that
is thought of any page."""

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

LIES = 0.4
"""What is left for each page of a host that had nothing of what its heading promised."""

PASSES = 0.3
"""What is left of a host's lists for each page there that lies at another: it only sends on."""

AT_FIRST, KNOWN = 2, 2.0
"""So many pages of a class are asked for at a time, until so many have told what such pages are."""

HOPE = 0.6
"""Likelihood from which a page that waits at a host counts for another that is asked for there: one
robots.txt will do for both."""

HERE = 1.0
"""New pages of coverage that the first list shows of an outlet that has covered the topic."""

NAMED: Mapping[str, tuple[float, float, float, float]] = {
    "credit": (0.8, 0.8, 1.0, 1.2),
    "neighbour": (0.7, 0.9, 1.1, 1.2),
    # Linked to from pages that are not of the topic, or beside a text.
    "seen": (0.5, 0.5, 0.5, 0.5),
    "beside": (0.1, 0.1, 0.1, 0.1),
}
"""The same for an outlet that pages credit, or link to, by how many do."""

SHOWN = 0.35
"""What is left of that where a search endpoint knows the outlet: it has shown the best of it."""

STRANGER = 0.35
"""And for an outlet of which nothing was found and that nobody names."""

KINDS: Mapping[WayKind, float] = {
    WayKind.FEED: 1.0,
    WayKind.SECTION: 1.0,
    WayKind.SEARCH: 0.9,
    WayKind.SITEMAP: 0.7,
}
"""What a list shows against others, by its kind: most sitemaps tell no headlines."""

KIND_PAGES, FIRST_PAGES = 4.0, 4.0
"""Imagined pages for which that stands, and for which all these estimates of first lists do."""

SEARCHED, DRY, WANES = 1.7, 0.6, 0.7
"""New pages that a question to a search endpoint shows; what is left after one that shows none; and
what an answer counts after each later one: the first show more."""

MOST_SEARCHED, MOST_LED = 8.0, 4.0
"""New pages of one answer, and of one list, that count: the first ones show more than any after."""

VAGUE, MOST_VAGUE = 0.2, 3
"""Pages more for each link to the outlet of which hardly anything is known, up to so many."""

TAGS, TAG_PAGES = (0.0, 0.1, 0.35, 0.5), 2.0
"""New pages that the list shows which an outlet has on a subject, by what its words say (0-3); and
imagined pages for which that stands: where outlets have one article each there are never any."""

FURTHER, CONTINUED = 0.06, 0.4
"""New pages that a second list of an outlet shows, where nothing says how far back the first one
went; and the continuation of one that showed some."""

BEYOND = 0.8
"""And what it shows of the coverage that is older than the first list went back."""

AGAIN_DRY, AGAIN = 0.3, 0.9
"""What is left when the same list is read again, after it had brought nothing, or something."""

FIRST_LISTS, SOONER = 4, 1.3
"""Lists teach how headings go around here: so many are read sooner."""

FADES = 0.93
"""What an earlier try counts after each later one: what is said of pages is ever better weighed."""

PAGE_TRIES, LIST_TRIES = 3.0, 4.0
"""Imagined tries for which these estimates stand."""
