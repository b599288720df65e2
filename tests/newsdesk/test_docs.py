"""What is not documented fails here: keys, commands, options, verdicts, fields, formats."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
import typer.main
from pydantic import BaseModel

from newsdesk.cli import app
from stories import formats
from stories.config import Config
from stories.model import CopyKind, Outcome, PollStatus, Precision
from stories.row import FIELDS

ROOT = Path(__file__).parents[2]
DOCS = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}


def _sections() -> dict[str, type[BaseModel]]:
    """The tables of newsdesk.toml by their headings, from the configuration itself."""
    found: dict[str, type[BaseModel]] = {}
    for name, field in Config.model_fields.items():
        table = get_args(field.annotation)[1] if get_args(field.annotation) else field.annotation
        if isinstance(table, type) and issubclass(table, BaseModel):
            found[f"[{name}]" if table is field.annotation else f"[{name}.NAME]"] = table
    return found


SECTIONS = _sections()


def test_sections_are_found() -> None:
    assert {"[fetch]", "[schedule]", "[topics.NAME]", "[sources.NAME]"} <= set(SECTIONS)


@pytest.mark.parametrize("heading", SECTIONS)
def test_the_table_of_a_section_is_what_the_code_says(heading: str) -> None:
    assert f"\n## `{heading}`\n" in DOCS["configuration"], f"{heading} is not documented"
    part = DOCS["configuration"].split(f"\n## `{heading}`\n")[1].split("\n## ")[0]
    rows = [
        tuple(cell.strip() for cell in line.strip("| ").split(" | "))
        for line in part.splitlines()
        if line.startswith("| `")
    ]
    assert rows == [
        (f"`{key}`", _shown(field.default), field.description)
        for key, field in SECTIONS[heading].model_fields.items()
    ]


def _shown(default: object) -> str:
    if default is None or default == "":
        return "-"
    if isinstance(default, int) and not isinstance(default, bool) and default > 9_999:
        return f"`{default:_}`"
    return f"`{json.dumps(list(default) if isinstance(default, tuple) else default)}`"


def _commands(command: object, path: str = "newsdesk") -> Iterator[tuple[str, object]]:
    for name, one in sorted(getattr(command, "commands", {}).items()):
        if getattr(one, "commands", None):
            yield from _commands(one, f"{path} {name}")
        else:
            yield f"{path} {name}", one


COMMANDS = dict(_commands(typer.main.get_command(app)))


def test_there_are_commands() -> None:
    assert len(COMMANDS) > 15


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented_and_has_its_sentence(name: str) -> None:
    heading = re.search(rf"^### `{name}[ `].*$", DOCS["commands"], re.MULTILINE)
    assert heading is not None, f"docs/commands.md has no heading for {name}"
    part = re.split(r"^##+ ", DOCS["commands"][heading.end() :], maxsplit=1, flags=re.MULTILINE)[0]
    command = COMMANDS[name]
    assert getattr(command, "help", None)
    for parameter in getattr(command, "params", ()):
        for option in parameter.opts:
            if option.startswith("--") and option not in ("--home", "--help"):
                assert option in part, f"docs/commands.md does not tell of {option} of {name}"
        assert getattr(parameter, "help", "x"), f"{name} {parameter.name} has no sentence"


def test_docs_name_no_command_that_is_not_there() -> None:
    told = re.findall(r"^### `(newsdesk(?: [a-z]+(?:-[a-z]+)*)+)", DOCS["commands"], re.MULTILINE)
    assert sorted(told) == sorted(COMMANDS)


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_of_the_export_is_documented(field: str) -> None:
    assert f"\n| `{field}` | " in DOCS["commands"].split("#### Fields of the export")[1]


def test_every_format_and_precision_is_documented() -> None:
    for word in (*formats.names(), *Precision):
        assert f"`{word}`" in DOCS["commands"]


@pytest.mark.parametrize("word", [*Outcome, *CopyKind, *PollStatus])
def test_every_outcome_is_documented(word: str) -> None:
    assert f"`{word}`" in DOCS["verdicts"]


VERDICTS = {"Dropped": 0, "refused": 0, "failed": 0, "deferred": 0, "UnfetchedError": 1}
TABLES = {"_SAYS", "_FAILURES", "_SCRAPYS"}
WORD = re.compile(r"[a-z]+(-[a-z0-9]+)*\Z")


def _reasons() -> set[str]:
    """The words that start a reason, as literals in the code of spiders and readers."""
    found: set[str] = set()
    for path in (*(ROOT / "pipeline").glob("*.py"), *(ROOT / "spiders").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id=name), args=args) if name in VERDICTS:
                    found |= _words(args[VERDICTS[name]])
                case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in TABLES:
                    found |= _words(value)
                case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value) if (
                    name in TABLES
                ):
                    found |= _words(value)
    return found


def _words(node: ast.expr) -> set[str]:
    parts: list[ast.AST]
    if isinstance(node, ast.Dict):
        parts = [key for key in node.keys if key is not None]
    elif isinstance(node, ast.IfExp):
        parts = [node.body, node.orelse]
    else:
        parts = [one for one in ast.walk(node) if not isinstance(node, ast.JoinedStr)]
    constants = {one.value for one in parts if isinstance(one, ast.Constant)}
    return {one for one in constants if isinstance(one, str) and WORD.match(one)}


REASONS = _reasons()


def test_reasons_are_found() -> None:
    assert {"consent", "stub", "robots", "guard", "timeout", "dns", "tls"} <= REASONS


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_every_reason_is_documented(reason: str) -> None:
    assert f"\n| `{reason}` | " in DOCS["verdicts"]


def test_the_readme_leads_to_every_document() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in sorted(DOCS) if f"(docs/{name}.md)" not in readme] == []


def test_links_between_documents_lead_somewhere() -> None:
    for path in (*(ROOT / "docs").glob("*.md"), *ROOT.glob("*.md")):
        for link in re.findall(r"\]\(([^)#:]+\.md)[^)]*\)", path.read_text(encoding="utf-8")):
            assert (path.parent / link).exists(), f"{path.name} links to {link}"
