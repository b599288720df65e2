"""Are copies found, quotations kept apart from them, and other articles left alone?

    NEWSDESK_EVENTS=... python bench/copies.py [--check]

Imports both sides of every labelled pair into an empty desk, one setting, and scores the export:
of each kind of copy the share found in one group, of each kind of quotation the share called a
copy and the share linked as citing, of what is apart the share called a copy.
"""

from __future__ import annotations

from labelled import asked, scored, verdict

COPIES, REAL = 0.98, 0.94
QUOTES_AS_COPIES, QUOTES = 0.03, 0.95
APART = 0.005


def main() -> None:
    """Print the figures beside their bars."""
    check = asked(__doc__)
    rows: list[tuple[str, str, float, bool]] = []
    for name, found in scored(["pairs"], ["copies"]).items():
        copies, cites = found["copies"], found["cites"]
        if found["missing"]:
            rows.append((f"{name}: missing", "= 0", found["missing"], False))
        if name.startswith("copy"):
            least = REAL if "real" in name else COPIES
            rows.append((name, f">= {least}", copies, copies >= least))
        elif name.startswith("quote"):
            rows.append(
                (f"{name}: as copies", f"<= {QUOTES_AS_COPIES}", copies, copies <= QUOTES_AS_COPIES)
            )
            rows.append((f"{name}: cited", f">= {QUOTES}", cites, cites >= QUOTES))
        else:
            rows.append((f"{name}: as copies", f"<= {APART}", copies, copies <= APART))
    verdict(rows, check)


if __name__ == "__main__":
    main()
