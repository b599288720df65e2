"""Writing newsdesk.toml: what the operator declares, with every comment of theirs left in place."""

from __future__ import annotations

import fcntl
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import tomlkit
from pydantic import BaseModel
from tomlkit.exceptions import NonExistentKey, ParseError
from tomlkit.items import Item

from stories.config import FILE, ConfigError, Mistake, judge
from stories.hosts import bare_host
from stories.sections import (
    ArchiveConfig,
    FetchConfig,
    FileConfig,
    OutwardConfig,
    ReadConfig,
    ScheduleConfig,
)

_OPENING = """\
# What Newsdesk watches, and how. `newsdesk check` says whether all is in order.
# A key that is commented out has the value shown. Variables of the environment win over this
# file: NEWSDESK_FETCH__TIMEOUT=10 is timeout below [fetch].
"""

_CLOSING = """
# [sources.courier]                       # as `newsdesk source add` writes it
# url = "https://www.example-courier.test/"
#
# [topics.calexit]                        # as `newsdesk topic add` writes it
# query = 'calexit OR "yes california"'
# schedule = "0 * * * *"
#
# [saved.embassies]                       # as `newsdesk saved add` writes it
# query = "embassy OR consulate"
"""

_SECTIONS: Mapping[str, type[BaseModel]] = {
    "archive": ArchiveConfig,
    "fetch": FetchConfig,
    "read": ReadConfig,
    "file": FileConfig,
    "schedule": ScheduleConfig,
    "outward": OutwardConfig,
}


def template() -> str:
    """A newsdesk.toml with every key of every section, commented out, with its sentence."""
    lines = [_OPENING]
    for name, section in _SECTIONS.items():
        lines.append(f"[{name}]")
        for key, field in section.model_fields.items():
            lines.append(f"# {field.description}")
            value = list(field.default) if isinstance(field.default, tuple) else field.default
            lines.append(f"# {key} = {json.dumps(value)}")
        lines.append("")
    return "\n".join(lines) + _CLOSING


def init(home: Path) -> bool:
    """Make the home folder, its data folder and a commented newsdesk.toml; False if it is there."""
    (home / "data").mkdir(parents=True, exist_ok=True)
    with _locked(home):
        if (home / FILE).exists():
            return False
        _replace(home / FILE, template())
    return True


def add_sources(home: Path, sources: Mapping[str, Mapping[str, object]]) -> None:
    """Declare sources: name to its keys (url, and if wanted kind, schedule, outlet, enabled).

    One reading, one writing, all or none. Raises ConfigError when a name is taken or the file
    would not be right.
    """
    _append(home, "sources", sources)


def add_topic(
    home: Path,
    name: str,
    query: str,
    *,
    schedule: str | None = None,
    time_zone: str | None = None,
    sources: Sequence[str] = (),
) -> None:
    """Declare a topic; raises ConfigError when the name is taken or the file would not be right."""
    keys: dict[str, object] = {"query": query}
    keys |= {"schedule": schedule} if schedule else {}
    keys |= {"time_zone": time_zone} if time_zone else {}
    keys |= {"sources": list(sources)} if sources else {}
    _append(home, "topics", {name: keys})


def change_query(home: Path, name: str, query: str) -> None:
    """Give a topic another query; raises ConfigError when it is not there or the query is none."""
    with _locked(home):
        try:
            document = tomlkit.parse(_read(home))
            document["topics"][name]["query"] = _item(query)
        except ParseError as error:
            raise ConfigError.one(FILE, "", str(error), "TOML") from None
        except NonExistentKey:
            raise ConfigError.one(
                FILE, f"topics.{name}", "not there", "a name that is declared"
            ) from None
        text = tomlkit.dumps(document).rstrip("\n") + "\n"
        judge(home, text, {})
        _replace(home / FILE, text)


def add_saved(
    home: Path,
    name: str,
    query: str,
    *,
    topic: str | None = None,
    days: int | None = None,
    order: str | None = None,
) -> None:
    """Keep a search by name; raises ConfigError when the name is taken or it would not be right."""
    keys: dict[str, object] = {"query": query, "topic": topic, "days": days, "order": order}
    _append(home, "saved", {name: keys})


def remove_saved(home: Path, name: str) -> None:
    """Take a saved search out of newsdesk.toml; raises ConfigError when it is not there."""
    _remove(home, "saved", [name])


def remove_sources(home: Path, names: Sequence[str]) -> None:
    """Take sources out of newsdesk.toml; raises ConfigError when one is not there."""
    _remove(home, "sources", names)


def remove_topic(home: Path, name: str) -> None:
    """Take a topic out of newsdesk.toml; raises ConfigError when it is not there."""
    _remove(home, "topics", [name])


def name_for(url: str, taken: Callable[[str], bool]) -> str:
    """A name for a source that has none: its host, with a number where that is taken."""
    plain = re.sub(r"[^\w-]+", "-", bare_host(url)).strip("-") or "source"
    name, number = plain, 2
    while taken(name):
        name, number = f"{plain}-{number}", number + 1
    return name


def _append(home: Path, table: str, entries: Mapping[str, Mapping[str, object]]) -> None:
    with _locked(home):
        text = _read(home)
        there = getattr(judge(home, text, {}), table)
        if double := [name for name in entries if name in there]:
            raise ConfigError(
                tuple(
                    Mistake(
                        file=FILE,
                        key=f"{table}.{name}",
                        found="there already",
                        allowed="a new name",
                    )
                    for name in double
                )
            )
        # New tables go to the end: what the operator wrote is not touched at all.
        added = tomlkit.document()
        tables = tomlkit.table(is_super_table=True)
        for name, keys in entries.items():
            one = tomlkit.table()
            for key, value in keys.items():
                if value is not None:
                    one.add(key, _item(value))
            tables.add(name, one)
        added.add(table, tables)
        text = text.rstrip("\n") + "\n\n" + tomlkit.dumps(added).strip("\n") + "\n"
        judge(home, text, {})
        _replace(home / FILE, text)


def _item(value: object) -> Item:
    """The value as TOML; a phrase's quotation marks are kept readable where that can be."""
    literal = isinstance(value, str) and '"' in value and "'" not in value and value.isprintable()
    return tomlkit.string(str(value), literal=True) if literal else tomlkit.item(value)


def _remove(home: Path, table: str, names: Sequence[str]) -> None:
    with _locked(home):
        try:
            document = tomlkit.parse(_read(home))
        except ParseError as error:
            raise ConfigError.one(FILE, "", str(error), "TOML") from None
        for name in names:
            try:
                del document[table][name]
            except (NonExistentKey, KeyError):
                raise ConfigError.one(
                    FILE, f"{table}.{name}", "not there", "a name that is declared"
                ) from None
        _replace(home / FILE, tomlkit.dumps(document).rstrip("\n") + "\n")


def _read(home: Path) -> str:
    try:
        return (home / FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ConfigError.one(
            str(home / FILE), "", "not there", "`newsdesk init` makes one"
        ) from None


@contextmanager
def _locked(home: Path) -> Iterator[None]:
    """One writer of the file at a time; nobody's addition is lost."""
    folder = os.open(home, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _replace(path: Path, text: str) -> None:
    """Write the file whole or not at all, whatever happens meanwhile."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        Path(draft).chmod(mode)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
