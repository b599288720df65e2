"""The Scrapy settings that differ from its defaults; what the operator sets comes from tuning."""

from __future__ import annotations

from importlib.util import find_spec

BOT_NAME = "newsdesk"
SPIDER_MODULES = ["spiders.round"]

# The loop: asyncio on uvloop with our guarded aiohttp handler fetches 1.6 times as many pages a
# CPU second as the stock one.
TWISTED_REACTOR_ENABLED = False  # plain asyncio: as fast, and a process may start it again
ASYNCIO_EVENT_LOOP = "uvloop.Loop" if find_spec("uvloop") else None

# Nothing but the web, and the web only through the guard.
DOWNLOAD_HANDLERS = {
    "http": "spiders.guard.Guard",
    "https": "spiders.guard.Guard",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
DOWNLOAD_VERIFY_CERTIFICATES = True

# Two middlewares and one pipeline do everything; each of the stock ones costs CPU a request.
DOWNLOADER_MIDDLEWARES_BASE = {
    "spiders.polite.Polite": 100,
    "spiders.proxies.Proxies": 200,
}
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}
ITEM_PIPELINES = {"spiders.handoff.HandOff": 100}
EXTENSIONS_BASE: dict[str, int] = {}
STATS_CLASS = "scrapy.statscollectors.DummyStatsCollector"
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
COOKIES_ENABLED = False
RETRY_ENABLED = False
ROBOTSTXT_OBEY = False  # Polite obeys: Scrapy reads a robots.txt of 503 as "all allowed"
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
AUTOTHROTTLE_ENABLED = False

# Scrapy starts so many tasks for each answer, whether it has one item or none.
CONCURRENT_ITEMS = 1

# Pages wait here for the readers and the filer: past this many bytes (some 100 pages) nothing more
# is fetched. Less than a batch of the filer would make it wait for pages that cannot come.
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 24_000_000
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"

LOG_LEVEL = "WARNING"
LOG_VERSIONS: list[str] = []
