# `make run` and `make test` are all that a fresh machine needs.
#   make run ARGS='write "The capital of Japan is"'
#   make run GPU=cuda       builds llama.cpp for this GPU and keeps to it; GPU=none: for the processor

SHELL := /bin/bash
export TIMEFORMAT = took %1R s
PYTHON ?= python3
ARGS =
GPU =

.PHONY: run test quick check bench screenshots prepare clean

run: prepare
	@.venv/bin/inkglass $(ARGS)

# pytest comes last: its summary is the closing line.
test: check
	.venv/bin/python -m pytest

quick: check # leaves out the tests that take over 2 s
	.venv/bin/python -m pytest -m "not slow"

check: prepare
	time .venv/bin/python -m ruff format --check .
	time .venv/bin/python -m ruff check .
	time .venv/bin/python -m mypy
	time .venv/bin/python .venv/bin/lint-imports --no-logo

bench: prepare
	.venv/bin/python -m tests.bench $(ARGS)

screenshots: prepare # every screen and state, to be opened one by one
	.venv/bin/python -m tests.screenshots $(ARGS)

prepare:
	@$(PYTHON) packaging/prepare.py --gpu "$(GPU)"

clean:
	rm -rf .venv .uv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
