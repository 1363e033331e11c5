# `make run` and `make test` start from a fresh clone with python3 (3.11 or later), its venv module, and make.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
PLACE := guiping-2016
SCENARIOS := $(addprefix scenarios/$(PLACE)/,no-programme.yaml as-written.yaml optimised.yaml)
RUNS ?= 100
SEED ?= 1
# Files stay whole on one worker, so that what a file prepares once is prepared once.
SPREAD := -n auto --maxprocesses 4 --dist loadfile
FAST := not slow and not browser and not long and not bench
UV := uv==0.13.9

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

.PHONY: help setup run test check long bench lock oldest clean

help:  ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/'

setup: $(READY)  ## .venv/ with the locked libraries and this package; again only when they changed

$(READY): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; $(PYTHON) is older. Name another: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip' || \
	  { echo "$(PYTHON) has no venv module (on Debian: the package python3-venv)." >&2; exit 2; }
	@echo "Setting up .venv/ (one to three minutes, once)"
	@rm -f $@
	@test -x $(BIN)/python && $(BIN)/python -m pip --version > /dev/null 2>&1 || \
	  { rm -rf .venv && $(PYTHON) -m venv .venv; }
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock || \
	  { echo "The locked libraries did not install with $$($(BIN)/python --version), for the reason above." \
	    "The lock is tried with Python 3.11, 3.12 and 3.13: rm -rf .venv, then make $(MAKECMDGOALS) PYTHON=python3.11" >&2; exit 2; }
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

run: $(READY)  ## the main job: three scenarios, a proposal, a forecast, a page
	$(BIN)/planner run $(SCENARIOS) --runs $(RUNS) --seed $(SEED) --out out/$(PLACE)

test: $(READY)  ## every test that lands
	$(BIN)/python -m pytest $(SPREAD)

check: $(READY)  ## format, lint, types, import direction, fast tests; under 3 minutes
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest --quiet tests/test_layers.py
	$(BIN)/python -m pytest --quiet $(SPREAD) -m "$(FAST)" --deselect tests/test_layers.py

long: $(READY)  ## every test, with those that take minutes or ask the network (known weaknesses of the libraries)
	$(BIN)/python -m pytest $(SPREAD) -m "not bench"

bench: $(READY)  ## how long the commands take on this machine
	@for words in "--help" "audit scenarios/$(PLACE)/plan.yaml" "run $(SCENARIOS) --runs $(RUNS) --seed $(SEED) --out out/bench"; do \
	  echo "planner $$words"; ( TIMEFORMAT='  %R s (%U s of processor)'; time $(BIN)/planner $$words > /dev/null ); \
	done
	$(BIN)/python -m pytest -m bench || test $$? -eq 5

lock:  ## requirements.lock from pyproject.toml; UPGRADE=--upgrade moves the versions on
	@rm -rf .venv-lock && $(PYTHON) -m venv .venv-lock && .venv-lock/bin/python -m pip install --quiet $(UV)
	@.venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes $(UPGRADE) --extra dev \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" pyproject.toml --output-file requirements.lock
	@rm -rf .venv-lock

oldest:  ## the fast tests on the oldest libraries that pyproject.toml allows
	@rm -rf .venv-oldest && $(PYTHON) -m venv .venv-oldest && .venv-oldest/bin/python -m pip install --quiet $(UV)
	@.venv-oldest/bin/uv pip install --quiet --python .venv-oldest/bin/python --resolution lowest-direct --editable .
	@.venv-oldest/bin/uv pip freeze --quiet --python .venv-oldest/bin/python --exclude-editable > .venv-oldest/kept.txt
	@.venv-oldest/bin/uv pip install --quiet --python .venv-oldest/bin/python --constraint .venv-oldest/kept.txt \
	  pytest pytest-xdist hypothesis nbclient nbformat jupytext ipykernel
	.venv-oldest/bin/python -m pytest --quiet $(SPREAD) -m "$(FAST)"

clean:  ## takes away everything that make has made
	rm -rf .venv .venv-lock .venv-oldest out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
