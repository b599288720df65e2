"""The search endpoints that come with Newsdesk, as data; none of them is depended on.

``{query}`` is filled with a topic's terms. An operator's own stand beside them in newsdesk.toml as
``[search.NAME]``, which also switches a shipped one off (``enabled = false``) or points its name
elsewhere. Outlets' own searches need no entry: they are read from the outlets' pages.
"""

from __future__ import annotations

SHIPPED: dict[str, str] = {
    "gdelt": (
        "https://api.gdeltproject.org/api/v2/doc/doc"
        "?query={query}&mode=artlist&maxrecords=75&sort=datedesc&format=rss"
    ),
    "bing-news": "https://www.bing.com/news/search?q={query}&format=rss",
}
"""Name and template of each."""
