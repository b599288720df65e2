"""Bylines as the press writes them, taken apart into names."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.names import agency_of, names

LINES = Path(__file__).with_name("bylines.txt").read_text(encoding="utf-8").splitlines()
WRITTEN = [line.split(" =>") for line in LINES if " =>" in line]
AGENCIES = [line.rsplit(" is", 1) for line in LINES if " is" in line and "=>" not in line]


@pytest.mark.parametrize(("line", "found"), WRITTEN)
def test_bylines(line: str, found: str) -> None:
    said = list(dict.fromkeys(names([line.replace("\\n", "\n")])))
    assert said == [name.strip() for name in found.split(" + ") if name.strip()]


@pytest.mark.parametrize(("name", "agency"), AGENCIES)
def test_agencies(name: str, agency: str) -> None:
    assert (agency_of(name) or "") == agency.strip()
