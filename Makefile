# make demo, make test, ...: everything that is done here, from nothing but Python and make.

PYTHON ?= python3
VENV   ?= .venv
DEMO   ?= .demo

BIN    := $(VENV)/bin
PIP    := PIP_ROOT_USER_ACTION=ignore PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install -qq
READY  := $(VENV)/.installed
TOOLS  := $(VENV)/.installed-dev
# Most tests wait for processes and sockets: more of them than cores keep the cores busy.
# Those of one file share what they set up, so they go to one process.
AT_ONCE ?= 5

.DEFAULT_GOAL := help
.PHONY: help install setup demo test lint types bench check clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(READY) ## Newsdesk in .venv, ready to run as .venv/bin/newsdesk

setup: $(TOOLS) ## The same, with the tools for tests, lint and types

demo: $(READY) ## A small invented press, crawled twice, on this machine alone
	@$(BIN)/newsdesk demo --home $(DEMO)

test: $(TOOLS) ## All tests
	@$(BIN)/python -m pytest -q -n $(AT_ONCE) --dist loadfile

lint: $(TOOLS) ## Style, and who may import whom
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports

types: $(TOOLS) ## Strict types
	@$(BIN)/mypy

bench: $(TOOLS) ## The bars on real pages; says which folders it needs and where it looks
	@$(BIN)/python bench/press.py

check: lint types test ## What must hold before a commit

clean: ## Remove what the targets above made
	rm -rf $(VENV) $(DEMO) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Newsdesk needs Python 3.11 or newer, and '$(PYTHON)' is $$($(PYTHON) --version 2>/dev/null || echo missing)."; \
	  echo "Name a newer one:  make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "'$(PYTHON) -m venv' failed: on Debian and Ubuntu, apt install python3-venv."; \
	  rm -rf $(VENV); exit 1; }

$(READY): pyproject.toml | $(BIN)/python
	@echo "Installing Newsdesk into $(VENV) (once; a minute or two) ..."
	@$(PIP) --upgrade pip
	@$(PIP) --editable .
	@$(BIN)/python -c 'import luqum.parser' 2>/dev/null # it writes its tables down, once
	@touch $@

$(TOOLS): pyproject.toml $(READY)
	@echo "Installing the tools for tests, lint and types into $(VENV) (once) ..."
	@$(PIP) --editable '.[dev]'
	@touch $@
