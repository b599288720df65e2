"""The five package names are ours alone: a stranger's would mix with them without a word."""

from __future__ import annotations

import importlib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from newsdesk.commands.check import PACKAGES

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", PACKAGES)
def test_no_other_distribution_owns_a_package_name_of_ours(name: str) -> None:
    assert set(packages_distributions().get(name, ())) <= {"newsdesk"}
    module = importlib.import_module(name)
    assert module.__file__ is not None
    assert Path(module.__file__).resolve().is_relative_to(ROOT)


def test_those_are_all_packages_that_are_built() -> None:
    built = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "bench"}
    assert built == set(PACKAGES)
