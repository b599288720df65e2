"""What is gained by learning what each outlet repeats: invented outlets, read and filed.

    python bench/furniture.py [--pages 40]

Each frame of tests/pipeline/systems/ is an outlet. On every page of it stand three lines of its own
that no rule of shape knows; a refrain stands on three pages, a paragraph on two. Printed: what
share of these lines is left in the text, by how many pages the outlet had before, and how many
true lines were taken out.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from corpus import table
from invented import Press

from pipeline.file import Filer, Read
from pipeline.read import read
from stories.archive import Archive, open_archive
from stories.model import Article, Page, Sighting

FRAMES = Path(__file__).parents[1] / "tests" / "pipeline" / "systems"
AT = datetime(2026, 5, 9, 12, tzinfo=UTC)
STEPS = (0, 4, 8, 16, 1_000_000)
"""Pages that the outlet had before: the columns of the table."""
SENTENCES = 6
COMMON = Press().words[:4_000]


class Outlet:
    """One invented outlet: a frame, a voice, and what it repeats."""

    def __init__(self, frame: Path, chance: Random) -> None:
        """Give it its lines."""
        self.name = frame.stem.replace("_", "-")
        self.frame = frame.read_text(encoding="utf-8")
        self.chance = chance
        self.own = [self.sentence() for _ in range(3)]
        self.refrain, self.twice = self.sentence(), self.sentence()

    def sentence(self) -> str:
        """A line that no other has."""
        return (
            " ".join(self.chance.choices(COMMON, k=self.chance.randint(12, 24))).capitalize() + "."
        )

    def page(self, number: int) -> tuple[Page, list[str]]:
        """A page, and the lines that are its text."""
        text = [self.sentence() for _ in range(SENTENCES)]
        text += [self.refrain] * (number in {5, 12, 19}) + [self.twice] * (number in {7, 8})
        self.chance.shuffle(text)
        lines = [self.own[0], *text[:3], self.own[1], *text[3:], self.own[2]]
        html = self.frame.replace("{TEXT}", "".join(f"<p>{line}</p>" for line in lines))
        for place, filling in (
            ("{LINES}", "</p><p class=pw-post-body-paragraph>".join(lines)),
            ("{TITLE}", f"Report {number} of the {self.name}"),
            ("{AT}", AT.isoformat()),
        ):
            html = html.replace(place, filling)
        url = f"https://{self.name}.example/2026/05/09/report-{number}-of-the-{self.name}"
        seen = Sighting(url=url, source=self.name, seen=AT)
        return (
            Page(
                url=url,
                answered=url,
                status=200,
                headers=(("Content-Type", "text/html; charset=utf-8"),),
                body=html.encode(),
                fetched=AT,
                sighting=seen,
            ),
            text,
        )


def main() -> None:
    """Read, file, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=40)
    asked = parser.parse_args()
    left, stood, lost, true = Counter[int](), Counter[int](), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        archive = open_archive(f"sqlite:///{folder}/furniture.db")
        for frame in sorted(FRAMES.glob("*.html")):
            outlet = Outlet(frame, Random(frame.stem))
            made = [outlet.page(number) for number in range(asked.pages)]
            filed = file(archive, [read(page) for page, _ in made])
            for number, (article, (_, text)) in enumerate(zip(filed, made, strict=True)):
                step = next(i for i, upto in enumerate(STEPS) if number <= upto)
                lines = set(article.text.split("\n"))
                left[step] += len(lines & set(outlet.own))
                stood[step] += len(outlet.own)
                lost += len(set(text) - lines)
                true += len(text)
        archive.close()
    rows: list[tuple[str, str, str, bool | None]] = [
        (
            f"lines of the outlet left, {before}",
            f"{left[step] / stood[step]:.1%}",
            "100 % without",
            None,
        )
        for step, before in enumerate(
            ("first page", "2nd to 5th page", "6th to 9th", "10th to 17th", "later")
        )
    ]
    table([*rows, (f"of {true} true lines taken out", str(lost), "0", lost == 0)])


def file(archive: Archive, articles: list[Article]) -> list[Article]:
    """File articles as a run does; as they are kept, in the order given."""
    with archive.writing() as tx:
        filer = Filer(archive, tx.runs.start("bench", AT).id)
    numbers = [one.article for one in filer.file([Read(article=one) for one in articles])]
    with archive.reading() as tx:
        kept = tx.articles.get_many([number for number in numbers if number])
    return [kept[number].article for number in numbers if number]


if __name__ == "__main__":
    main()
