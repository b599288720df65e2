"""What the operator's configuration means to Scrapy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.settings import Settings

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

    from stories.config import Config

TUNED = "NEWSDESK_TUNED"


def tuned(config: Config) -> Settings:
    """Give the settings of a crawl under this configuration."""
    settings = Settings()
    settings.setmodule("spiders.settings", priority="project")
    tune(settings, config, priority="cmdline")
    return settings


def tune(settings: BaseSettings, config: Config, priority: str = "spider") -> None:
    """Put an operator's configuration into Scrapy's settings."""
    fetch = config.fetch
    for name, value in {
        "USER_AGENT": fetch.user_agent,
        "DOWNLOAD_TIMEOUT": fetch.timeout,
        "DOWNLOAD_MAXSIZE": fetch.max_bytes,
        "CONCURRENT_REQUESTS": fetch.concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": fetch.per_host,
        "DOWNLOAD_DELAY": fetch.delay,
        "DOWNLOAD_DELAY_JITTER": 0.25,
        "ROBOTS": fetch.robots,
        "ROBOTS_FOLDER": str(config.data / "robots"),
        "ALLOW_PRIVATE": list(fetch.allow_private),
        TUNED: True,
    }.items():
        settings.set(name, value, priority=priority)
