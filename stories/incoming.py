"""Lines of an export, or of elsewhere, as articles to be filed; a bad line is said, not fatal."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from stories.hosts import bare_host
from stories.model import Article, Citation, Instant, Precision

EVIDENCE = "import"
LONGEST_TITLE = 120

_LENGTHS = {7: Precision.MONTH, 10: Precision.DAY}


@dataclass(frozen=True, slots=True, kw_only=True)
class BadLine:
    """A line that is no article: its number, from 1, and why."""

    number: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.number}: {self.reason}"


def articles(
    lines: Iterable[str | bytes], key: Callable[[str], str], at: datetime
) -> Iterator[Article | BadLine]:
    """An article or a BadLine for each line that is not empty.

    `key` gives the key of an address; `at` is when those without `seen` or `fetched` were. All but
    `url` and `text` may be missing; `id`, `story`, `copy_of` and `topics` are found out anew when
    the article is filed.
    """
    for number, line in enumerate(lines, 1):
        try:
            text = line if isinstance(line, str) else line.decode("utf-8-sig")
            if text.strip():
                yield _article(json.loads(text), key, at)
        except UnicodeDecodeError:
            yield BadLine(number=number, reason="not UTF-8")
        except json.JSONDecodeError as error:
            yield BadLine(number=number, reason=f"not JSON: {error.msg} at {error.pos + 1}")
        except RecursionError:
            yield BadLine(number=number, reason="nested too deeply")
        except _Wrong as error:
            yield BadLine(number=number, reason=str(error))


class _Wrong(Exception):  # noqa: N818 - a reason, caught above
    pass


def _article(row: object, key: Callable[[str], str], at: datetime) -> Article:
    if not isinstance(row, dict):
        raise _Wrong("not an object")
    url = _text(row, "url")
    text = _text(row, "text")
    if not url or not bare_host(url):
        raise _Wrong("url is missing, or no web address")
    if not text or not text.strip():
        raise _Wrong("text is missing")
    title = _text(row, "title")
    return Article(
        url=url,
        raw_url=_text(row, "raw_url") or url,
        key=key(url),
        outlet=_text(row, "outlet") or bare_host(url),
        title=title or _headline(text),
        text=text,
        byline=_text(row, "byline"),
        authors=_texts(row, "authors"),
        language=_text(row, "language"),
        published=_instant(row),
        seen=_moment(row, "seen") or at,
        fetched=_moment(row, "fetched") or at,
        image=_text(row, "image"),
        source=_text(row, "source"),
        cites=_cites(row),
        evidence={"title": EVIDENCE if title else "first line of the text"},
    )


def _headline(text: str) -> str:
    first = text.strip().split("\n", 1)[0]
    if len(first) <= LONGEST_TITLE:
        return first
    return first[:LONGEST_TITLE].rsplit(" ", 1)[0] + " …"


def _text(row: dict[str, Any], name: str) -> str | None:
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise _Wrong(f"{name} is not text")
    return value or None


def _texts(row: dict[str, Any], name: str) -> tuple[str, ...]:
    value = row.get(name) or []
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _Wrong(f"{name} is not a list of texts")
    return tuple(value)


def _moment(row: dict[str, Any], name: str) -> datetime | None:
    value = _text(row, name)
    if value is None:
        return None
    try:
        at = datetime.fromisoformat(f"{value}-01" if len(value) == 7 else value)  # noqa: PLR2004 - YYYY-MM
    except ValueError:
        raise _Wrong(f"{name} is not ISO 8601: {value[:40]}") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _instant(row: dict[str, Any]) -> Instant | None:
    at = _moment(row, "published")
    if at is None:
        return None
    named = _text(row, "published_precision")
    try:
        precision = Precision(named) if named else _precision(row["published"])
    except ValueError:
        raise _Wrong(f"published_precision is none of {', '.join(Precision)}") from None
    return Instant(at=at, precision=precision, evidence=EVIDENCE)


def _precision(written: str) -> Precision:
    if known := _LENGTHS.get(len(written)):
        return known
    return Precision.SECOND if written.count(":", 0, 19) > 1 else Precision.MINUTE


def _cites(row: dict[str, Any]) -> tuple[Citation, ...]:
    value = row.get("cites") or []
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise _Wrong("cites is not a list of objects")
    return tuple(
        Citation(url=url, how=_text(one, "how") or "link")
        for one in value
        if (url := _text(one, "url"))
    )
