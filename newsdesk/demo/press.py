"""The invented press: what each outlet has published by a given round."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files

PRESS = files("newsdesk.demo") / "press"
WEEKDAYS = ("Sunday", "Monday", "Tuesday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One outlet: where it answers and what with.

    `serves` maps a path to a file in ``press/pages``, `later` replaces entries of it from round
    two on, `page` is the file that its articles are rendered into.
    """

    host: str
    name: str
    language: str
    offset: str
    page: str
    serves: Mapping[str, str]
    later: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An article as its outlet serves it in one round.

    `path` is where the outlet announces it, `canonical` where it says that it belongs, and
    `paragraphs` are pairs of tag (``p`` or ``blockquote``) and text.
    """

    host: str
    path: str
    canonical: str
    page: str
    title: str
    byline: str
    published: datetime
    modified: datetime
    paragraphs: tuple[tuple[str, str], ...]


class Press:
    """All outlets and everything that they publish, on the latest Sunday to Tuesday."""

    def __init__(self, now: datetime | None = None) -> None:
        """Read the press from its files; `now` is when its days must be over."""
        told = tomllib.loads((PRESS / "press.toml").read_text("utf-8"))
        self._sunday = _latest_sunday(now or datetime.now(UTC))
        self._articles: list[dict[str, str]] = told["articles"]
        self._keys: dict[str, Outlet] = {
            key: Outlet(**{"later": {}, **facts}) for key, facts in told["outlets"].items()
        }
        self.outlets = {outlet.host: outlet for outlet in self._keys.values()}

    def items(self, host: str, in_round: int) -> list[Item]:
        """Everything that the outlet at `host` has published by `in_round`, newest first."""
        mine = (row for row in self._articles if self._keys[row["outlet"]].host == host)
        published = [
            self._item(row, in_round) for row in mine if int(row.get("round", 1)) <= in_round
        ]
        return sorted(published, key=lambda item: item.published, reverse=True)

    def _item(self, row: Mapping[str, object], in_round: int) -> Item:
        outlet = self._keys[str(row["outlet"])]
        edited = row.get("edited")
        now = {**row, **edited} if isinstance(edited, dict) and in_round > 1 else dict(row)
        published = self._instant(str(now["published"]), outlet.offset)
        modified = now.get("modified")
        return Item(
            host=outlet.host,
            path=str(now["path"]),
            canonical=str(row["path"]),
            page=str(now.get("page", outlet.page)),
            title=str(now["title"]),
            byline=str(now["byline"]),
            published=published,
            modified=self._instant(str(modified), outlet.offset) if modified else published,
            paragraphs=tuple(paragraphs(str(now["text"]))),
        )

    def _instant(self, told: str, offset: str) -> datetime:
        weekday, clock = told.split()
        day = self._sunday + timedelta(days=WEEKDAYS.index(weekday))
        return datetime.fromisoformat(f"{day:%Y-%m-%d}T{clock}:00{offset}")


def paragraphs(name: str) -> Iterator[tuple[str, str]]:
    """Each paragraph of ``texts/NAME.txt`` with its tag.

    A line ``@OTHER 2-5`` takes paragraphs of another text, ``>@OTHER 2-5`` quotes them.
    """
    for line in (PRESS / "texts" / f"{name}.txt").read_text("utf-8").splitlines():
        if not line:
            continue
        quoted, taken = line.startswith(">"), line.lstrip(">")
        if not taken.startswith("@"):
            yield ("blockquote" if quoted else "p", taken)
            continue
        other, _, numbers = taken[1:].partition(" ")
        first, _, last = numbers.partition("-")
        borrowed = [text for _, text in paragraphs(other)]
        for text in borrowed[int(first) - 1 : int(last or first)]:
            yield ("blockquote" if quoted else "p", text)


def _latest_sunday(now: datetime) -> datetime:
    """The Sunday whose Tuesday is over in every zone by `now`, so that nothing is dated ahead."""
    settled = now - timedelta(days=3, hours=14)
    return settled - timedelta(days=(settled.weekday() + 1) % 7)
