"""Which addresses the operator means, and what they are to be called."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsdesk.misuse import Misuse
from stories.declare import name_for
from stories.model import SourceKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from stories.config import SourceConfig


def read_bytes(file: Path) -> bytes:
    """The bytes of a file, or of stdin for ``-``. Raises Misuse when it cannot be read."""
    try:
        return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise Misuse(f"{file} cannot be read: {error.strerror}.") from error


def read_text(file: Path) -> str:
    """The same as text in UTF-8."""
    try:
        return read_bytes(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Misuse(f"{file} is not text in UTF-8.", "Save it as UTF-8 and try again.") from error


def check_kind(kind: str | None) -> None:
    """Raise Misuse unless `kind` is one of those that a source may have, or None."""
    if kind is not None and kind not in list(SourceKind):
        raise Misuse(f"{kind} is no kind of source.", f"Allowed: {', '.join(SourceKind)}.")


def wanted(urls: Sequence[str], file: Path | None) -> list[str]:
    """The addresses given and those of a list, each once, with a scheme.

    In a list, empty lines and what follows ``#`` at the start of a line or after a blank are
    skipped. Raises Misuse, naming every one that is no web address.
    """
    told = list(urls)
    if file is not None:
        lines = (re.split(r"(?:^|\s)#", line)[0].strip() for line in read_text(file).splitlines())
        told.extend(line for line in lines if line)
    if not told:
        raise Misuse("No address was given.", "newsdesk source add URL ... or --file LIST.")
    whole = {one: one if "://" in one else f"https://{one}" for one in told}
    wrong = [one for one, url in whole.items() if not is_web_address(url)]
    if wrong:
        raise Misuse(
            f"Not a web address: {', '.join(wrong)}", "Write it as https://www.example-courier.com/"
        )
    return list({_same(url): url for url in reversed(whole.values())}.values())[::-1]


def named(
    urls: Iterable[str],
    there: Mapping[str, SourceConfig],
    *,
    name: str | None = None,
) -> tuple[dict[str, str], dict[str, str]]:
    """Names for the addresses that are new, and the names of those that are declared already.

    Raises Misuse for a name that is taken, or one name for several addresses.
    """
    known = {_same(one.url): key for key, one in there.items()}
    new = [url for url in urls if _same(url) not in known]
    again = {url: known[_same(url)] for url in urls if _same(url) in known}
    if name is None:
        return names_for(new, there), again
    if len(new) > 1:
        raise Misuse(f"--name {name} is for one address, and {len(new)} were given.")
    if new and name in there:
        raise Misuse(
            f"There is a source called {name} already: {there[name].url}",
            "Choose another --name, or newsdesk source remove it first.",
        )
    return dict(zip([name], new, strict=False)), again


def names_for(urls: Iterable[str], taken: Collection[str]) -> dict[str, str]:
    """Name to address, each named after its host and none like another."""
    names: dict[str, str] = {}
    for url in urls:
        names[name_for(url, lambda name: name in taken or name in names)] = url
    return names


def _same(url: str) -> str:
    """Two addresses with one of these are one source."""
    return re.sub(r"^https?://(www\.)?", "", url).rstrip("/").casefold()


def is_web_address(url: str) -> bool:
    """Whether `url` is one that can be asked: http or https, with a host."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in url
    except ValueError:
        return False
