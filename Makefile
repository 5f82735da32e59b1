# Passeur from a fresh clone: Python 3.11 or later and make are enough. `make help` says what there is.

SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= $(firstword $(foreach p,python3 python3.14 python3.13 python3.12 python3.11,$(shell $(p) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(p))))
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
CATALOGUES := $(wildcard src/passeur/locale/*/LC_MESSAGES/*.po)
LOCKED := --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --quiet

# How many pytest processes, one more than cores since each waits now and then; 0 runs the tests in one.
WORKERS ?= 3
# What to test: a folder, a file, or `file::test`.
TESTS ?=

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help install demo test lint lint-types lint-shapes audit sbom benchmarks frontend lock messages clean developer

help: ## This page
	@echo "Passeur, the workplace of the learning community manager."
	@echo
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name words; do printf '  make %-11s %s\n' "$$name" "$$words"; done
	@echo
	@echo "With make demo: PORT=8080, DATA_DIR=/some/folder, COMMUNITY=/a/dump (see passeur demo --help)."
	@echo "With make test: DATABASE_URL=postgresql://…, TESTS=src/passeur/skills, WORKERS=0, CHROMIUM=/path."

install: $(VENV)/installed ## Make the environment: what it takes to run Passeur
	@echo "Passeur is installed: $(BIN)/passeur --help"

demo: $(VENV)/installed ## Try Passeur on http://localhost:8000, with a community to look at
	@exec $(BIN)/passeur demo

developer: $(VENV)/developer

test: $(VENV)/developer ## Run every test, the browser journeys included
	@CHROMIUM="$$(sh .ci/chromium)" && export CHROMIUM && exec $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup $(TESTS)

lint: $(VENV)/developer ## Check format, rules, types, import contracts and templates
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	@$(MAKE) -j2 lint-types lint-shapes

# The types take as long as all the rest: beside each other.
lint-types: $(VENV)/developer
	$(BIN)/mypy

lint-shapes: $(VENV)/developer
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet src

audit: $(VENV)/developer ## Ask whether a locked package has a known vulnerability
	@$(BIN)/python -m tools.audit

sbom: $(VENV)/developer ## Write passeur.cdx.json, all that Passeur is made of (CycloneDX)
	@$(BIN)/python -m tools.sbom

benchmarks: $(VENV)/developer ## Measure; each benchmark prints JSON
	@for script in benchmarks/*.py; do $(BIN)/python "$$script" || exit 1; done

frontend: ## Build the front-end files again from their npm packages (needs Node)
	@cd frontend && npm ci --no-audit --no-fund && node build.mjs

lock: ## Compile requirements/*.txt again from pyproject.toml (needs uv)
	uv pip compile $(LOCKED) pyproject.toml --extra semantic --extra sevenzip --group dev -o requirements/dev.txt
	uv pip compile $(LOCKED) pyproject.toml --extra sevenzip --group build -c requirements/dev.txt -o requirements/run.txt
	uv pip compile $(LOCKED) --group installer -c requirements/dev.txt -o requirements/pip.txt

messages: $(VENV)/developer ## Bring the message catalogues up to the code, and compile them
	@$(BIN)/python -m tools.messages

clean: ## Remove what was built; the data folder stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist
	find src -name '*.mo' -delete

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Passeur needs Python 3.11 or later: install it, or say where it is with make PYTHON=/path/to/python3." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python cannot make environments: install its venv package (Debian, Ubuntu: apt install python3-venv)." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@$(PIP) install --quiet --require-hashes -r requirements/pip.txt

$(VENV)/installed: requirements/run.txt pyproject.toml hatch_build.py $(CATALOGUES) | $(VENV)/bin/python
	@if test ! -e $(VENV)/developer; then $(PIP) install --quiet --require-hashes -r requirements/run.txt; fi
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/developer: requirements/dev.txt pyproject.toml hatch_build.py $(CATALOGUES) | $(VENV)/bin/python
	@# What is imported is compiled then; all of it would take longer than to install it.
	@$(PIP) install --quiet --no-compile --require-hashes -r requirements/dev.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $(VENV)/installed $@
