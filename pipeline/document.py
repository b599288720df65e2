"""From the bytes that were fetched to one parsed tree, whatever the outlet says its charset is."""

from __future__ import annotations

import codecs
import re
import zlib
from contextlib import suppress

from charset_normalizer import from_bytes
from lxml import etree, html

MAX_BYTES = 20_000_000
"""No more of a body is decoded."""
MAX_LENGTH = 5_000_000
"""Documents are cut there, in bytes: twice the largest news page seen (2.2 MB)."""
MAX_TAGS = 40_000
"""And after so many tags: the time of extraction grows with their square."""
MAX_DEPTH = 250
"""What is nested deeper is flattened; real pages go to 51."""
MAX_TAG = 20_000
"""Tags of more bytes lose their attributes: 100,000 attributes take 40 seconds."""

_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HTTP_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_UNFIT = bytes(set(range(32)) - set(b"\t\n\r"))
_NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_BULK = re.compile(rb"<(script|style)\b[^>]*>.{100000,}?</\1\s*>", re.IGNORECASE | re.DOTALL)
_BLOATED = re.compile(rb"<([a-zA-Z][\w-]*)\s[^<>]{20000,}>")
_REFERENCE = re.compile(
    rb"&#(?:x0*(?:[0-8bcef]|1[0-9a-f])(?![0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01])(?!\d));?",
    re.IGNORECASE,
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b\x00"))
_BINARY = 0.02
_MOSTLY = 0.5
_FEW = 0.002
_SAMPLE = 20_000
_SELF_CLOSED_HTML = re.compile(rb"(<html[^>]*?)\s*/>", re.IGNORECASE)
_DOCTYPE = re.compile(rb"^\s*<\s*!\s*doctype[^>]*>", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PARSER = html.HTMLParser(
    encoding="utf-8",
    remove_comments=True,
    remove_pis=True,
    collect_ids=False,
    default_doctype=False,
    huge_tree=True,
)
# Elements of one class only: lxml.html's own look-up asks Python for every element it meets.
_PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
_DEEP = etree.XPath("/*" * MAX_DEPTH)
_UNREAD = (
    "script", "style", "noscript", "template", "svg", "iframe", "canvas", "object", "embed", "map",
    "button", "select", "textarea", "input", "nav",
)  # fmt: skip
# The web reads these names as supersets of themselves (WHATWG Encoding, 4.2).
_WIDER = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "utf8": "utf-8",
    "x-user-defined": "cp1252",
}


def decode(body: bytes, headers: tuple[tuple[str, str], ...] = ()) -> tuple[str, str]:
    """Return the text of a page and the charset it was read in.

    Byte order mark, then UTF-8 where it fits, then HTTP, then ``<meta>``, then detection. Wrong
    bytes become U+FFFD. A page with more right sequences of UTF-8 than wrong ones is UTF-8,
    whatever it says: other charsets do not make such sequences by chance.
    """
    if body[:3] == b"\x1f\x8b\x08":
        body = _unpacked(body)
    body = body[:MAX_BYTES]
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return body.decode(charset, "replace").lstrip("\ufeff"), charset
    with suppress(UnicodeDecodeError):
        return body.decode("utf-8", "surrogatepass"), "utf-8"
    text = body.decode("utf-8", "replace")
    if text.count("\ufffd") <= _MOSTLY * (len(text) - _ascii(text)):
        return text, "utf-8"
    for charset in _claimed(body, headers):
        try:
            claimed = body.decode(charset, "replace")
        except (LookupError, UnicodeError):
            continue
        if claimed.count("\ufffd") <= _FEW * len(claimed):
            return claimed, charset
    guess = from_bytes(body[:_SAMPLE]).best()
    if guess is not None:
        return body.decode(guess.encoding, "replace"), guess.encoding
    return text, "utf-8"


def is_binary(body: bytes) -> bool:
    """Whether a body is no text at all, by the control characters at its beginning."""
    if body.startswith((b"\x1f\x8b\x08", *(mark for mark, _ in _BOMS))):
        return False
    start = body[:4096]
    return len(start) - len(start.translate(None, _CONTROLS)) > _BINARY * len(start)


def parse(text: str) -> html.HtmlElement | None:
    """Return the tree of a page, or None when there is nothing in it.

    Cuts what no reader would reach the end of (:data:`MAX_TAGS`), and flattens what is nested
    deeper than :data:`MAX_DEPTH`, so that the time of what follows stays bounded.
    """
    source = _opened(_bounded(_cleaned(text)))
    if not source or source.isspace() or b"<" not in source:
        return None
    try:
        tree = html.document_fromstring(source, parser=_PARSER)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    _flatten(tree)
    return tree


def strip(tree: html.HtmlElement) -> None:
    """Take out what no reader of text looks at: the copies made later cost a third less."""
    etree.strip_elements(tree, *_UNREAD, with_tail=False)


def _claimed(body: bytes, headers: tuple[tuple[str, str], ...]) -> list[str]:
    """Return the charsets that HTTP and the page itself claim, as the web reads their names."""
    names = [
        found[1]
        for header, value in headers
        if header.lower() == "content-type" and (found := _HTTP_CHARSET.search(value))
    ]
    if meta := _META_CHARSET.search(body[:65_536]):
        names.append(meta[1].decode("ascii", "replace"))
    known = (_WIDER.get(name.lower(), name.lower()) for name in names)
    return [name for name in dict.fromkeys(known) if name != "utf-8"]


def _ascii(text: str) -> int:
    return len(text.encode("ascii", "ignore"))


def _unpacked(body: bytes) -> bytes:
    """Unpack a gzip body that the server sent without saying so, even when it was cut short."""
    try:
        return zlib.decompressobj(31).decompress(body, MAX_BYTES)
    except zlib.error:
        return body


def _cleaned(text: str) -> bytes:
    """Return a page without the characters that lxml refuses; bytes are quicker to clean.

    Lone surrogates fall out as it is encoded.
    """
    source = text.encode("utf-8", "ignore").translate(None, _UNFIT)
    if b"\xef\xbf" in source:
        for unfit in _NONCHARACTERS:
            source = source.replace(unfit, b"")
    return _REFERENCE.sub(b"", source) if b"&#" in source else source


def _bounded(source: bytes) -> bytes:
    """Return as much of a page as will be read."""
    if len(source) > MAX_LENGTH:
        source = _BULK.sub(b"", source)[:MAX_LENGTH]
    if _may_be_bloated(source):
        source = _BLOATED.sub(rb"<\1>", source)
    return _cut(source) if source.count(b"<") > MAX_TAGS else source


def _opened(source: bytes) -> bytes:
    """Return a page without its doctype, its root element open."""
    head = source[:4096]
    if b"/>" in head and (closed := _SELF_CLOSED_HTML.search(head)):
        source = b"%b%b>%b" % (source[: closed.start()], closed[1], source[closed.end() :])
    doctype = _DOCTYPE.match(head)
    return source[doctype.end() :] if doctype else source


def _may_be_bloated(source: bytes) -> bool:
    """Whether some stretch has no bracket for so long that a bloated tag may lie around it."""
    step = MAX_TAG // 2
    return any(
        source.find(b"<", start, start + step) < 0 and source.find(b">", start, start + step) < 0
        for start in range(0, len(source) - step, step)
    )


def _cut(source: bytes) -> bytes:
    at = -1
    for _ in range(MAX_TAGS):
        at = source.find(b"<", at + 1)
    return source[:at]


def _flatten(tree: html.HtmlElement) -> None:
    """Take out the elements below :data:`MAX_DEPTH`, keeping their text."""
    deep = _DEEP(tree.getroottree())
    for element in deep:
        words = " ".join(" ".join(element.itertext()).split())
        for child in list(element):
            element.remove(child)
        element.text = words
