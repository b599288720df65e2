"""Makes the press: outlets, articles with their links and credits, and the traps around them."""

from __future__ import annotations

import random
import re
import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.coverage.press.variety import Variety, told_anew, variety
from tests.coverage.press.words import (
    CREDITED,
    LINKED,
    Topic,
    capital,
    chosen,
    opener,
    sentence,
)  # fmt: skip

HERE = Path(__file__).parent
DAYS = 24
TAGS = 3
"""Names under which an article is filed at most: its topic's, and whom it speaks of."""


@dataclass(slots=True, kw_only=True)
class Outlet:
    """One outlet: where it answers, what it calls itself, how it lets itself be found.

    `tags` is whether it files its articles under names and lists what it has under each.
    """

    name: str
    host: str
    language: str
    ways: str
    platform: int = 0
    forbids: bool = False
    tags: bool = False

    @property
    def home(self) -> str:
        """The address of its front page."""
        return f"http://{self.host}/"


@dataclass(slots=True, kw_only=True)
class Piece:
    """One article. `links` are pairs of words and address, put into `paragraphs` at ``{n}``.

    `tags` are the names under which its outlet files it, if it does.
    """

    number: int
    topic: str
    outlet: Outlet
    title: str
    slug: str
    at: datetime
    paragraphs: list[str]
    links: list[tuple[str, str]] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        """Where it lies at its outlet."""
        style = self.outlet.platform or self.number % 3
        number = 10_000 + self.number
        match style:
            case 0:
                return f"/{self.at:%Y/%m/%d}/{self.slug}.html"
            case 1:
                return f"/news/{self.slug}-{number}"
            case 2:
                return f"/{self.slug}"
            case 3:
                return f"/article/{number}"
            case _:
                return f"/?p={number}"

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://{self.outlet.host}{self.path}"


class Press:
    """Everything that is published, the same for the same seed."""

    def __init__(self, seed: int = 5, now: datetime | None = None) -> None:
        self.dice = random.Random(seed)
        self.now = (now or datetime.now(UTC)).replace(minute=0, second=0, microsecond=0)
        outlets = tomllib.loads((HERE / "outlets.toml").read_text("utf-8"))["outlets"]
        number = sum(len(group["names"]) for group in outlets)
        first = (HERE / "topics.toml").read_text("utf-8")
        self.kind = variety(seed, tomllib.loads(first)["renamed"], number)
        text = first
        if self.kind.texts != "topics.toml":
            text = (HERE / self.kind.texts).read_text("utf-8")
            self.kind = variety(seed, tomllib.loads(text)["renamed"], number)
        told = tomllib.loads(told_anew(text, self.kind.renamed))
        self.shared: dict[str, list[str]] = told["shared"]
        self.topics = {name: _topic(name, one) for name, one in told["topics"].items()}
        self.outlets = _outlets(outlets, self.kind, told.get("languages", {}))
        self.pieces: list[Piece] = []
        for number, at in enumerate(self._times()):
            self.pieces.append(self._piece(number, at))

    def of(self, topic: str) -> list[Piece]:
        """The articles of a topic that anybody may fetch."""
        return [p for p in self.pieces if p.topic == topic and not p.outlet.forbids]

    @cached_property
    def by_key(self) -> dict[str, Piece]:
        """The articles by host, without ``www.``, and path."""
        return {f"{p.outlet.host.removeprefix('www.')}{p.path}": p for p in self.pieces}

    @cached_property
    def hosts(self) -> set[str]:
        """The hosts of outlets, without ``www.``."""
        return {outlet.host.removeprefix("www.") for outlet in self.outlets}

    def at(self, host: str) -> list[Piece]:
        """The articles of an outlet, newest first."""
        mine = [piece for piece in self.pieces if piece.outlet.host == host]
        return sorted(mine, key=lambda piece: piece.at, reverse=True)

    def _times(self) -> list[datetime]:
        start = self.now - timedelta(days=DAYS)
        hours = sorted(self.dice.uniform(0, (DAYS - 1) * 24) for _ in range(self.kind.articles))
        return [start + timedelta(hours=hour) for hour in hours]

    def _piece(self, number: int, at: datetime) -> Piece:
        dice = self.dice
        names = [n for n, w in zip(self.topics, self.kind.weights, strict=True) for _ in range(w)]
        topic = self.topics[names[number % len(names)]]
        outlet = dice.choice([o for o in self.outlets if o.language in topic.facts])
        language = outlet.language
        title = chosen(dice.choice(topic.headlines[language]), dice)
        piece = Piece(
            number=number,
            topic=topic.name,
            outlet=outlet,
            title=title,
            slug=f"{slug_of(title)}-{number}" if number % 2 else f"{slug_of(title)}",
            at=at.replace(microsecond=0),
            paragraphs=[],
        )
        taken = {p.path for p in self.pieces if p.outlet is outlet}
        if piece.path in taken:
            piece.slug += f"-{number}"
        self._write(piece, topic)
        said = " ".join(piece.paragraphs)
        piece.tags = [topic.names[0], *(name for name in topic.names[1:] if name in said)][:TAGS]
        return piece

    def _write(self, piece: Piece, topic: Topic) -> None:
        dice, language = self.dice, piece.outlet.language
        people = [*self.shared["people"], *topic.names[1:3]]
        facts = list(topic.facts[language])
        dice.shuffle(facts)
        most = 7 if language == "en" else 4
        chosen_facts = facts[: dice.randint(min(4, most - 1), min(most, len(facts)))]
        sentences = [sentence(fact, language, people, dice) for fact in chosen_facts]
        if language != "en":
            for text in dice.sample(self.shared[f"filler_{language}"], 6):
                told = capital(chosen(text, dice)) + "."
                sentences.insert(dice.randint(1, len(sentences)), told)
        else:
            for _ in range(dice.randint(2, 5)):
                text = capital(chosen(dice.choice(self.shared["filler"]), dice)) + "."
                sentences.insert(dice.randint(1, len(sentences)), text)
            for _ in range(dice.randint(1, 3)):
                sentences.insert(dice.randint(1, len(sentences)), opener(self.shared, dice))
            if dice.random() < self.kind.aside:
                other = self.topics[dice.choice([t for t in self.topics if t != piece.topic])]
                aside = chosen(dice.choice(other.facts["en"]), dice)
                sentences.append(f"All this while {aside}.")
        at = 0
        while at < len(sentences):
            size = dice.randint(1, 3)
            piece.paragraphs.append(" ".join(sentences[at : at + size]))
            at += size
        self._cite(piece)

    def _cite(self, piece: Piece) -> None:
        """Let it link to earlier articles, credit others in words, and name related ones."""
        dice, language = self.dice, piece.outlet.language
        open_to_all = [p for p in self.pieces if p.outlet is not piece.outlet]
        earlier = [p for p in open_to_all if p.topic == piece.topic]
        for _ in range(dice.choice(self.kind.links)):
            pool = earlier if dice.random() >= self.kind.stray else open_to_all
            if pool:
                cited = dice.choice(pool[-25:])
                words = chosen(dice.choice(LINKED[language]), dice).format(outlet=cited.outlet.name)
                place = dice.randrange(len(piece.paragraphs))
                piece.paragraphs[place] += f" ({{{len(piece.links)}}})"
                piece.links.append((words, cited.url))
        if earlier and dice.random() < self.kind.credit:
            credited = dice.choice(earlier[-25:])
            text = dice.choice(CREDITED[language]).format(outlet=credited.outlet.name)
            piece.paragraphs.insert(dice.randint(1, len(piece.paragraphs)), text)
        own = [p for p in self.pieces if p.outlet is piece.outlet]
        piece.related = [p.url for p in dice.sample(own, min(len(own), 3))]


def _topic(name: str, told: dict[str, list[str]]) -> Topic:
    def by_language(key: str) -> dict[str, tuple[str, ...]]:
        found = {"en": tuple(told[key])}
        found |= {
            c: tuple(told[f"{key}_{c}"]) for c in ("de", "es", "fr", "it") if f"{key}_{c}" in told
        }
        return found

    return Topic(name, tuple(told["names"]), by_language("facts"), by_language("headlines"))


def _outlets(told: list[dict[str, Any]], kind: Variety, languages: dict[str, str]) -> list[Outlet]:
    dice = random.Random(f"platforms {kind.ways}")
    files = random.Random(f"tags {kind.ways}")
    found: list[Outlet] = []
    for group in told:
        for place, given in enumerate(group["names"]):
            name = told_anew(given, kind.renamed)
            language = group.get("language", "en")
            found.append(
                Outlet(
                    name=name,
                    host=f"{'www.' if place % 4 == 1 else ''}{slug_of(name)}.example",
                    language=languages.get(language, language),
                    ways=kind.ways[len(found)] if kind.ways else group["ways"],
                    platform=dice.randrange(kind.platforms),
                    tags=files.random() < kind.tags,
                )
            )
    for number in kind.forbids:
        found[number].forbids = True
    return found


def slug_of(text: str) -> str:
    """A text as a part of an address."""
    plain = text.lower().replace("ü", "ue").replace("ó", "o").replace("í", "i").replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
