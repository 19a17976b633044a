# Two commands for a newcomer: `make demo` and `make test`. Each bootstraps what it needs; nothing but Python 3.11 or
# later and make has to be there before.

PYTHON ?= python3
VENV   ?= .venv
# Where the bootstrap puts the programs of the environment.
BIN    := $(VENV)/bin
# `make test JOBS=0` runs in one process (for a debugger); `make test SLOW=1` runs the minutes-long soaks as well.
JOBS   ?= auto
SLOW   ?=
PYTEST_ARGS ?=
# The tests open libraries in PostgreSQL and run batches on a small cluster.
EXTRAS := --extra dev --extra cluster --extra postgres

.DEFAULT_GOAL := help
.PHONY: help demo test lint format bench model samples forms docs constraints clean bootstrap bootstrap-bench browser

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 20

bootstrap: ## make the environment (.venv) ready; does nothing when it is
	@$(PYTHON) scripts/bootstrap.py --venv $(VENV) $(EXTRAS)

bootstrap-bench:
	@$(PYTHON) scripts/bootstrap.py --venv $(VENV) $(EXTRAS) --extra bench

browser:
	@scripts/install-debian-packages chromium graphviz postgresql || echo "Without Chromium, Graphviz and PostgreSQL some tests are skipped." >&2

demo: bootstrap ## run the main job on the sample documents
	$(BIN)/parcc demo

test: bootstrap browser ## run the tests (SLOW=1: the soaks too)
	$(BIN)/python -m pytest -n $(JOBS) $(if $(SLOW),,-m "not slow") $(PYTEST_ARGS)

lint: bootstrap ## check style, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict

format: bootstrap ## let ruff put the format right
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix-only .

bench: bootstrap-bench ## measure, print a table, write benchmarks/results/*.json
	$(BIN)/python -m benchmarks

model: bootstrap ## assemble the spaCy pipeline models/vi_parcc
	$(BIN)/python -m parcc_nlp.extract.assemble models/vi_parcc

samples: bootstrap ## write again the Word and PDF samples
	$(BIN)/python tools/build_samples.py

forms: bootstrap ## write again the Word templates of the review sheet and the lists
	$(BIN)/python tools/build_forms.py

docs: bootstrap ## write again the pages of docs/ that are made from data
	$(BIN)/python tools/build_docs.py
	$(BIN)/python tools/build_graph_vocabulary.py

constraints: bootstrap ## resolve constraints.txt anew from pyproject.toml
	$(PYTHON) scripts/bootstrap.py --venv $(VENV) --package uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --all-extras --no-header --no-annotate \
		--upgrade --output-file constraints.txt pyproject.toml

clean: ## remove the environment and everything that was built
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis benchmarks/results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
