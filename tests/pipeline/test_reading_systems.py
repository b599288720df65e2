"""Pages as the content systems of the press make them: title, instant, authors and text.

Each page of ``systems/`` is the frame that one system puts around the same article.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from pipeline.read import read
from tests.pipeline.reading import SENTENCES, page

TITLE = "Harbour bridge reopens after the storm"
AT = "2026-05-09T08:15:00+02:00"
FRAMES = {path.stem: path for path in Path(__file__).with_name("systems").glob("*.html")}


@pytest.mark.parametrize("system", sorted(FRAMES))
def test_a_page_is_read_whatever_made_it(system: str) -> None:
    html = FRAMES[system].read_text(encoding="utf-8")
    for place, filling in (
        ("{TITLE}", TITLE),
        ("{AT}", AT),
        ("{TEXT}", "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)),
        ("{LINES}", "</p><p class=pw-post-body-paragraph>".join(SENTENCES)),
    ):
        html = html.replace(place, filling)
    found = read(page(html, "https://www.courier.example/city/harbour-bridge-reopens-7"))
    assert found.title == TITLE
    assert found.text.split("\n") == list(SENTENCES)
    assert found.published is not None
    assert found.published.at == datetime.fromisoformat(AT)
    assert [name.lower() for name in found.authors][:1] == ["jane doe"]
    assert {name.lower() for name in found.authors} <= {"jane doe", "associated press"}
