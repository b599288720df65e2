"""An invented press in twelve languages: as many articles as wanted, the same ones for a seed.

Words come in the frequencies of their languages (wordfreq; its lists are CC BY-SA 4.0 and are not
part of Newsdesk), texts are about 3 kB of UTF-8 (log-normal), 500 outlets and 200 topics are
distributed as Zipf found, over 730 days in order of arrival.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from wordfreq import get_frequency_dict

from stories.model import Article, Citation, Instant, Precision, Topic
from stories.words import words

SEED = 6
DAYS = 730
START = datetime(2024, 11, 1, tzinfo=UTC)
TOPICS = 200
OUTLETS = 500
PART = 1 << 16
"""Articles that are made together: each part can be made without those before it."""

# Language, share of the articles, words a text on average, top-level domain.
LANGUAGES = (
    ("en", 0.34, 480, "com"),
    ("de", 0.12, 410, "de"),
    ("fr", 0.10, 460, "fr"),
    ("es", 0.10, 470, "es"),
    ("it", 0.06, 450, "it"),
    ("pt", 0.06, 460, "pt"),
    ("nl", 0.04, 460, "nl"),
    ("ru", 0.06, 230, "ru"),
    ("ar", 0.04, 270, "eg"),
    ("zh", 0.03, 600, "cn"),
    ("ja", 0.03, 480, "jp"),
    ("ko", 0.02, 330, "kr"),
)
UNSPACED = {"zh", "ja"}


@dataclass(frozen=True, slots=True)
class Made:
    """An article with its number, the number of its story, and whether it repeats that one's."""

    number: int
    article: Article
    story: int
    copied: bool


class Tongue:
    """The words of a language, drawn as often as people use them."""

    def __init__(self, code: str) -> None:
        found = sorted(
            get_frequency_dict(code, "best").items(), key=lambda pair: (-pair[1], pair[0])
        )
        self.words = np.array([word for word, _ in found], object)
        weights = np.array([weight for _, weight in found])
        self._upto = np.cumsum(weights / weights.sum())
        self.space = "" if code in UNSPACED else " "

    def draw(self, rng: np.random.Generator, count: int) -> list[str]:
        """So many words."""
        at = np.searchsorted(self._upto, rng.random(count))
        drawn: list[str] = self.words[np.minimum(at, len(self.words) - 1)].tolist()
        return drawn

    def text(self, words: list[str]) -> str:
        """The words as sentences and paragraphs."""
        sentences = [
            self.space.join(words[at : at + 17]).capitalize() + ("。" if not self.space else ".")
            for at in range(0, len(words), 17)
        ]
        return "\n".join(
            self.space.join(sentences[at : at + 4]) for at in range(0, len(sentences), 4)
        )


class World:
    """Outlets, topics and what they are made of; then articles, in parts of PART."""

    def __init__(self, articles: int, seed: int = SEED) -> None:
        self.articles = articles
        self._seed = seed
        rng = np.random.default_rng(seed)
        self.tongues = {code: Tongue(code) for code, *_ in LANGUAGES}
        shares = np.array([share for _, share, _, _ in LANGUAGES])
        self.spoken = rng.choice(len(LANGUAGES), OUTLETS, p=shares / shares.sum())
        self.spoken[: len(LANGUAGES)] = np.arange(len(LANGUAGES))
        zipf = 1 / np.arange(1, OUTLETS + 1) ** 0.8
        weights = np.zeros(OUTLETS)
        for number, share in enumerate(shares):
            mine = self.spoken == number
            weights[mine] = share * zipf[mine] / zipf[mine].sum()
        self._outlets = weights / weights.sum()
        self.names = [
            f"{'The ' if at % 2 else ''}{self.tongues['en'].words[3000 + 7 * at].title()}"
            f" {('Courier', 'Post', 'Herald', 'Wire', 'Chronicle')[at % 5]}"
            for at in range(OUTLETS)
        ]
        self.hosts = [
            f"news{at}.example.{LANGUAGES[int(self.spoken[at])][3]}" for at in range(OUTLETS)
        ]
        self._topics = 1 / np.arange(1, TOPICS + 1) ** 0.9
        self._topics /= self._topics.sum()
        self._tilts: dict[tuple[int, str], tuple[list[str], str]] = {}

    def tilt(self, topic: int, code: str) -> tuple[list[str], str]:
        """The forty words and the phrase of a topic in a language."""
        if (topic, code) not in self._tilts:
            words = self.tongues[code].words
            rng = np.random.default_rng([SEED, topic, len(code), ord(code[0]), ord(code[1])])
            ranks = rng.integers(800, min(20_000, len(words)), 42)
            mine: list[str] = words[ranks].tolist()
            self._tilts[topic, code] = (mine[:40], f"{mine[40]} {mine[41]}")
        return self._tilts[topic, code]

    def topic(self, number: int) -> Topic:
        """A topic: its phrase or two of its words together, in four languages."""
        parts = []
        for code in ("en", "de", "es", "ru"):
            mine, phrase = self.tilt(number, code)
            first, second = [word for word in mine if words(word)][:2]
            parts.append(f'"{phrase}" OR ("{first}" AND "{second}")')
        return Topic(name=f"topic-{number}", query=" OR ".join(parts))

    def make(self) -> Iterator[Made]:
        """All articles."""
        for part in range(self.parts()):
            yield from self.part(part)

    def parts(self) -> int:
        """How many parts the articles are made in."""
        return -(-self.articles // PART)

    def part(self, part: int) -> Iterator[Made]:
        """The articles of one part."""
        rng = np.random.default_rng([self._seed, part])
        story, left = 0, 0
        drawn: list[int] = []
        for number in range(part * PART + 1, min((part + 1) * PART, self.articles) + 1):
            if not drawn:
                drawn = rng.choice(OUTLETS, 64, p=self._outlets).tolist()
            if not left:
                story, left = number, int(rng.geometric(0.4))
            left -= 1
            one = self._article(rng, number, drawn.pop())
            yield Made(number, one, story, story != number and number % 3 == 0)

    def _article(self, rng: np.random.Generator, number: int, outlet: int) -> Article:
        code = LANGUAGES[int(self.spoken[outlet])][0]
        tongue = self.tongues[code]
        seen = START + timedelta(days=DAYS) / self.articles * number
        published = seen - timedelta(minutes=int(rng.integers(1, 360)))
        host = self.hosts[outlet]
        slug = "-".join(f"{one:x}" for one in rng.integers(0, 1 << 20, 4).tolist())
        path = f"{host}/{published:%Y/%m/%d}/{slug}-{number}"
        author = " ".join(self.tongues["en"].draw(rng, 2)).title()
        text = tongue.text(self._told(rng, code))
        dated = Instant(at=published, precision=Precision.MINUTE, evidence="json-ld datePublished")
        return Article(
            url=f"https://{path}",
            raw_url=f"https://{path}?src=rss",
            key=path,
            outlet=self.names[outlet],
            title=tongue.space.join(tongue.draw(rng, 8)).capitalize(),
            text=text,
            roles="p" * (text.count("\n") + 1),
            byline=f"By {author}",
            authors=(author,),
            language=code,
            published=dated if rng.random() > 0.03 else None,
            seen=seen,
            fetched=seen + timedelta(seconds=20),
            image=f"https://{host}/images/{number}.jpg",
            source=f"{host}/feed",
            cites=(Citation(url=f"https://{host}/{number // 2}", how="link"),),
            evidence={"title": "json-ld headline", "published": "json-ld datePublished"},
            facts={},
        )

    def _told(self, rng: np.random.Generator, code: str) -> list[str]:
        """The words of a text: of its language, and some of a topic or two."""
        length = next(length for one, _, length, _ in LANGUAGES if one == code)
        count = max(40, int(rng.lognormal(np.log(length) - 0.125, 0.5)))
        told = self.tongues[code].draw(rng, count)
        drawn = rng.random(1 + int(rng.random() < 0.4))
        for topic in np.searchsorted(np.cumsum(self._topics), drawn).tolist():
            mine, phrase = self.tilt(min(topic, TOPICS - 1), code)
            places = rng.integers(0, count, 12).tolist()
            for at, pick in zip(places, rng.integers(0, 40, 12).tolist(), strict=True):
                told[at] = mine[pick]
            if rng.random() < 0.5:
                told[int(rng.integers(0, count))] = phrase
        return told
