"""What outlets smuggle in does not reach the terminal, and nothing else is lost."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk import terminal

HOSTILE = [
    ("\x1b[31mred\x1b[0m", "red"),
    ("\x1b]0;owned\x07title", "title"),
    ("\x1b]8;;http://evil.test\x1b\\click\x1b]8;;\x1b\\", "click"),
    ("\x1b]52;c;cm0gLXJm\x07copied", "copied"),
    ("\x9b2Jgone", "gone"),
    ("\x1bPq#0\x1b\\sixel", "sixel"),
    ("evil \u202egnp.exe", "evil gnp.exe"),
    ("\u2066isolated\u2069", "isolated"),
    ("bell\x07, back\x08space, null\x00", "bell, backspace, null"),
    ("over\rwritten", "overwritten"),
    ("tags \U000e0041 hidden", "tags  hidden"),
    ("unfinished \x1b]0;title", "unfinished "),
    ("lone \ud800 surrogate", "lone  surrogate"),
]


@pytest.mark.parametrize(("text", "left"), HOSTILE)
def test_what_a_terminal_would_obey_is_taken_out(text: str, left: str) -> None:
    assert terminal.harmless(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "“Ångström”, naïve café, 東京, Ελλάδα, עברית, العربية",
        "[bold]not markup[/bold] :smile:",
        "می\u200cخواهم, 👩\u200d🚀",  # noqa: RUF001 - Persian
        "tabs\tand\nlines",
    ],
)
def test_everything_else_stays(text: str) -> None:
    assert terminal.harmless(text) == text


@given(st.text(alphabet=st.characters()))
def test_no_control_character_but_tabs_and_line_breaks_ever_comes_out(text: str) -> None:
    left = terminal.harmless(text)
    assert not any(ord(c) < 32 and c not in "\t\n" for c in left)
    assert not any(0x7F <= ord(c) <= 0x9F for c in left)
    assert terminal.harmless(left) == left


def test_a_line_is_one_line() -> None:
    assert terminal.line(" two\n\n lines\tand a \u2028separator ") == "two lines and a separator"
    assert terminal.line(None) == ""


@given(st.text())
def test_json_is_harmless_and_exact(text: str) -> None:
    import contextlib  # noqa: PLC0415 - capsys and hypothesis do not mix
    import io  # noqa: PLC0415

    with contextlib.redirect_stdout(io.StringIO()) as out:
        terminal.data({"title": text})
    assert json.loads(out.getvalue()) == {"title": text}
    assert terminal.harmless(out.getvalue()) == out.getvalue()


def test_outlets_cannot_write_markup(capsys: pytest.CaptureFixture[str]) -> None:
    sheet = terminal.table("Title")
    sheet.add_row("[red]a[/red] [link=http://evil.test]b[/link]")
    terminal.console().print(sheet)
    terminal.console().print("[bold]c[/bold] :boom:")
    assert capsys.readouterr().out.splitlines()[1:] == [
        "[red]a[/red] [link=http://evil.test]b[/link]",
        "[bold]c[/bold] :boom:",
    ]


def test_a_pipe_gets_whole_lines_without_colour(capsys: pytest.CaptureFixture[str]) -> None:
    sheet = terminal.table("Address")
    sheet.add_row("https://long.test/" + "a" * 500)
    terminal.console().print(sheet)
    heading, address = capsys.readouterr().out.splitlines()
    assert address == "https://long.test/" + "a" * 500
    assert "\x1b" not in heading
