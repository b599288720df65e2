"""What is written on the operator's screen, with whatever outlets smuggle in taken out."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

# Escape sequences whole, so that "\x1b[31m" leaves no "[31m" behind; then every character that
# moves the cursor, rings, hides or turns the direction of what follows.
SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours, the cursor
    r"|(?:\x1b[\]PX^_]|[\x9d\x90]).*?(?:\x07|\x1b\\|\x9c|$)"  # titles, links, the clipboard
    r"|\x1b."
)
ARMED = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f"
)
ARMED_CHARACTER = re.compile(f"[{ARMED}]")
WIDE = 100_000


def harmless(text: str) -> str:
    """`text` with its line breaks and tabs, without anything that a terminal would obey."""
    return ARMED_CHARACTER.sub("", SEQUENCE.sub("", text.replace("\r\n", "\n")))


def line(text: str | None) -> str:
    """`text` as one harmless line."""
    return " ".join(harmless(text or "").split())


def several(n: int, one: str, more: str = "") -> str:
    """``1 story``, ``2 stories``: a count with its noun, whose plural is `more` or has an s."""
    return f"{n:,} {one if n == 1 else more or one + 's'}"


def console(*, error: bool = False) -> Console:
    """Where to print: rich on a terminal, plain lines as long as they are elsewhere."""
    from rich.console import Console  # noqa: PLC0415 - costs a third of `newsdesk --help`

    stream = sys.stderr if error else sys.stdout
    return Console(
        file=stream,
        stderr=error,
        markup=False,
        highlight=False,
        emoji=False,
        width=None if stream.isatty() else WIDE,
    )


def table(*headings: str, right: tuple[int, ...] = ()) -> Table:
    """A table without lines; the columns of these numbers are set to the right."""
    from rich.table import Table  # noqa: PLC0415 - as above

    sheet = Table(
        box=None,
        pad_edge=False,
        padding=(0, 2, 0, 0),
        header_style="bold",
        show_header=any(headings),
    )
    for number, heading in enumerate(headings):
        sheet.add_column(
            heading,
            justify="right" if number in right else "left",
            no_wrap=number in right,
            overflow="fold",
        )
    return sheet


def indented(text: str | Text, by: int = 7, style: str = "") -> Padding:
    """A paragraph set in from the left, also where it wraps."""
    from rich.padding import Padding  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    whole = Text(text, style=style) if isinstance(text, str) else text
    return Padding(whole, (0, 0, 0, by), expand=False)


def rows(say: Console, sheet: Table) -> None:
    """Print a table without the blanks that fill its last column."""
    with say.capture() as drawn:
        say.print(sheet)
    for drawn_line in drawn.get().splitlines():
        say.out(drawn_line.rstrip(), highlight=False)


def data(value: object) -> None:
    """Write `value` to stdout as JSON: exact, and harmless on a terminal as well."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write(ARMED_CHARACTER.sub(_escaped, text) + "\n")


def _escaped(found: re.Match[str]) -> str:
    units = found.group().encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
