"""OPML in and out."""

from __future__ import annotations

import pytest

from stories.opml import OPMLError, Outline, read, write

EXPORTED = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0">
  <head><title>My feeds</title></head>
  <body>
    <outline text="News">
      <outline type="rss" text="Courier" title="The Courier" xmlUrl=" https://courier.test/rss "
        htmlUrl="https://courier.test/"/>
      <outline text="Gazette" XMLURL="https://gazette.test/rss"/>
      <outline text="again" xmlUrl="https://courier.test/rss"/>
    </outline>
    <outline text="A folder without anything"/>
    <outline text="Only a page" htmlUrl="https://page.test/"/>
  </body>
</opml>"""


def test_what_other_readers_write() -> None:
    assert read(EXPORTED) == [
        Outline(
            title="The Courier",
            url="https://courier.test/rss",
            kind="feed",
            page="https://courier.test/",
        ),
        Outline(title="Gazette", url="https://gazette.test/rss", kind="feed"),
        Outline(title="Only a page", url="https://page.test/"),
    ]


def test_out_and_in_again() -> None:
    outlines = [
        Outline(title='A & "B" <c> 大使館', url="https://a.test/?x=1&y=2", kind="feed"),
        Outline(title="Map", url="https://a.test/map.xml", kind="sitemap", page="https://a.test/"),
        Outline(title="Front", url="https://b.test/", kind="section"),
        Outline(title="Home", url="https://c.test/"),
    ]
    text = write(outlines)
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">')
    assert 'type="rss"' in text
    assert read(text.encode()) == outlines


def test_what_xml_cannot_hold_is_left_out() -> None:
    text = write([Outline(title="a\0b\x1b\ud800", url="https://a.test/", kind="feed")])
    assert [one.title for one in read(text.encode())] == ["ab"]


FILE = b"""<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<opml><outline xmlUrl='https://a.test/' text='&x;'/></opml>"""
BOMB = (
    b'<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><opml><body><outline text='&j;' xmlUrl='https://a.test/'/></body></opml>"
)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not xml",
        b"<rss/>",
        b"<opml>",
        b'<?xml version="1.0" encoding="nowhere"?><opml/>',
        FILE,
        BOMB,
    ],
)
def test_what_is_no_opml(content: bytes) -> None:
    with pytest.raises(OPMLError):
        read(content)
