"""Every way in which a fetch ends without a page, as one exception with a verdict in it."""

from __future__ import annotations

from datetime import UTC, datetime

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    UnsupportedURLSchemeError,
)

from stories.model import Outcome


class UnfetchedError(IgnoreRequest):
    """A fetch that gave no page: refused by us, deferred, or failed on the way.

    `reason` starts with a countable word: ``guard``, ``robots``, ``scheme``, ``size``,
    ``redirects``, ``dns``, ``connect``, ``tls``, ``timeout``, ``http-404``, ``retry-after``.
    An IgnoreRequest, so that Scrapy does not log it as an error of ours.
    """

    def __init__(
        self,
        outcome: Outcome,
        reason: str,
        detail: str = "",
        *,
        retry_at: datetime | None = None,
        status: int | None = None,
    ) -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.outcome = outcome
        self.reason = reason
        self.detail = detail
        self.retry_at = retry_at
        self.status = status


def refused(reason: str, detail: str = "") -> UnfetchedError:
    """What must not be fetched: an address, a scheme, a size, a rule of the outlet."""
    return UnfetchedError(Outcome.REFUSED, reason, detail)


def failed(reason: str, detail: str = "", *, status: int | None = None) -> UnfetchedError:
    """What was tried and did not work."""
    return UnfetchedError(Outcome.FAILED, reason, detail, status=status)


def deferred(
    reason: str, detail: str = "", *, until: datetime | None = None, status: int | None = None
) -> UnfetchedError:
    """What is to be tried later, because the outlet says so or because we are stopping."""
    return UnfetchedError(Outcome.DEFERRED, reason, detail, retry_at=until, status=status)


def shutdown() -> UnfetchedError:
    """What a stop leaves undone: it is taken up by the next crawl."""
    now = datetime.now(UTC)
    return deferred("shutdown", "the crawl was stopped", until=now)


_SCRAPYS: tuple[tuple[type[Exception], str], ...] = (
    (CannotResolveHostError, "dns"),
    (DownloadConnectionRefusedError, "connect"),
    (DownloadTimeoutError, "timeout"),
    (UnsupportedURLSchemeError, "scheme"),
    (DownloadFailedError, "connection"),
    (OSError, "connection"),
)


def unfetched(error: BaseException) -> UnfetchedError | None:
    """Give the verdict in an error of a download; None for an error that is a bug of ours."""
    if isinstance(error, UnfetchedError):
        return error
    for kind, reason in _SCRAPYS:
        if isinstance(error, kind):
            outcome = Outcome.REFUSED if reason == "scheme" else Outcome.FAILED
            return UnfetchedError(outcome, reason, str(error))
    return None
