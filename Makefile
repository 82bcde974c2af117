# The front door: run · test · check · fix · bench · docs. Each sets up what it needs, once.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --no-input
ENGINE := $(wildcard keywords/*.py)
SIDE_BY_SIDE := --numprocesses=auto --maxprocesses=4 --dist=worksteal
SOURCES := server.py admin elections keywords notices review store tests tools web bench

.DEFAULT_GOAL := help
.PHONY: help run test test-fast check fix bench docs facts words lock gone

help: ## Show what there is
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/run.stamp: requirements/run.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what Signpost needs …"
	@$(PIP) install --require-hashes --requirement requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# Made anew, too, where a module that it was made from is gone, which has no time of change.
$(VENV)/engine.stamp: $(VENV)/run.stamp tools/compile_engine.py admin/engine.py $(ENGINE) $(if $(filter-out $(ENGINE),$(file <$(VENV)/engine.stamp)),gone)
	@$(BIN)/python -m tools.compile_engine
	@echo $(ENGINE) > $@

gone: # a module of the engine

$(VENV)/test.stamp: $(VENV)/run.stamp requirements/test.txt
	@echo "Installing what the tests need …"
	@$(PIP) install --require-hashes --requirement requirements/test.txt
	@touch $@

$(VENV)/bench.stamp: $(VENV)/test.stamp requirements/bench.txt
	@echo "Installing what the benchmarks need …"
	@$(PIP) install --require-hashes --requirement requirements/bench.txt
	@touch $@

run: $(VENV)/engine.stamp ## Start the service on http://127.0.0.1:8080
	@$(BIN)/python server.py init --if-missing
	@exec $(BIN)/python server.py serve

test: $(VENV)/engine.stamp $(VENV)/test.stamp ## Run every test, in a real browser too
	@$(BIN)/python -m pytest $(SIDE_BY_SIDE)

test-fast: $(VENV)/engine.stamp $(VENV)/test.stamp ## Run the tests that need no browser
	@echo "Leaving out the browser tests."
	@$(BIN)/python -m pytest $(SIDE_BY_SIDE) -m "not browser"

check: $(VENV)/engine.stamp $(VENV)/test.stamp ## Format, ruff, mypy, import contracts, packs, docs
	@$(BIN)/ruff format --check $(SOURCES)
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/mypy server.py admin elections keywords notices review store web
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python server.py check --errors-only
	@$(BIN)/python server.py docs --check

fix: $(VENV)/test.stamp ## Format and mend what can be mended
	@$(BIN)/ruff check --fix $(SOURCES)
	@$(BIN)/ruff format $(SOURCES)

bench: $(VENV)/engine.stamp $(VENV)/bench.stamp ## Speed and quality, side by side with peers
	@$(BIN)/python -m bench

docs: $(VENV)/engine.stamp $(VENV)/test.stamp ## Write the parts of the docs that are made from the code
	@$(BIN)/python server.py docs

facts: $(VENV)/engine.stamp $(VENV)/test.stamp ## Refresh what packs/facts owns in the packs
	@$(BIN)/python server.py facts

words: $(VENV)/engine.stamp ## Refresh the real words near the lists' words, after editing lists
	@$(BIN)/python server.py words

lock: ## Refresh the hash-locked requirements (needs uv)
	uv pip compile --upgrade --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml requirements/build.in -o requirements/run.txt
	uv pip compile --upgrade --universal --python-version 3.11 --generate-hashes --no-header --group test -c requirements/run.txt -o requirements/test.txt
	uv pip compile --upgrade --universal --python-version 3.11 --generate-hashes --no-header --group bench -c requirements/test.txt -o requirements/bench.txt
