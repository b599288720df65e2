"""Are the articles of one event one story? B-cubed F1 on labelled events, one setting for all.

    NEWSDESK_EVENTS=... python bench/grouping.py [--check]

Each set alone into an empty desk, then the whole stream in order of time, in which most articles
are not labelled and can only get in the way.
"""

from __future__ import annotations

from labelled import asked, scored, verdict

BARS = {"g5": 0.945, "allsides": 0.90}
STREAM = 0.90


def main() -> None:
    """Print the figures beside their bars."""
    check = asked(__doc__)
    rows: list[tuple[str, str, float, bool]] = []
    for name, bar in BARS.items():
        found = scored(["stream", "--set", name], ["stories", "--set", name])[name]
        rows.append((f"{name} alone", f">= {bar}", found["F1"], found["F1"] >= bar))
        rows += [(f"  {word}", "", found[word], True) for word in ("precision", "recall")]
    stream = scored(["stream"], ["stories"])
    many = sum(found["articles"] for found in stream.values())
    for name, found in stream.items():
        rows.append((f"  {name} in the stream", "", found["F1"], True))
    # B-cubed precision and recall are means over articles, so those of the sets can be joined.
    precision, recall = (
        sum(found[word] * found["articles"] for found in stream.values()) / many
        for word in ("precision", "recall")
    )
    both = 2 * precision * recall / (precision + recall)
    rows.append(("stream, all labelled", f">= {STREAM}", both, both >= STREAM))
    verdict(rows, check)


if __name__ == "__main__":
    main()
