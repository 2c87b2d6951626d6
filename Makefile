# make run    publish what lies in raw/ into output/
# make test   every test
# make check  format, lint, types, layers
# make fix    what of check a machine can repair
# make golden write the expected results anew; look at the difference before you commit it
# make bench  measure against pdfplumber and pdftotext
# make mutate measure the rate of silent errors
# make edition set the example edition in raw/ anew
# make lock   resolve the pinned requirements anew
# make clean  remove what the above have set up (not raw/)
#
# Each sets up what it needs in .venv, from pinned requirements with hashes, once.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
SELF := $(PIP) --no-deps --no-build-isolation --config-settings editable_mode=compat --editable .

VENV_READY := $(VENV)/venv.ready
RUN_READY := $(VENV)/run.ready
DEV_READY := $(VENV)/dev.ready

LOCK := --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links

.DEFAULT_GOAL := help
.PHONY: help run test check fix golden bench mutate edition lock clean

help:
	@sed -n '/^# make/s/^# //p' Makefile

# ARGS go to ponmetro: make run ARGS="--strict --workers 4"
run: $(RUN_READY)
	@$(BIN)/ponmetro run --pages $(ARGS)

# ARGS go to pytest: make test ARGS="tests/pipeline -x"
test: $(DEV_READY)
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile $(ARGS)

check: $(DEV_READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: $(DEV_READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/ponmetro schema --format markdown > docs/tables.md

golden: $(DEV_READY)
	PONMETRO_WRITE_GOLDENS=1 $(BIN)/python -m pytest -m golden $(ARGS)

bench: $(DEV_READY)
	$(BIN)/python -m bench $(ARGS)

mutate: $(DEV_READY)
	$(BIN)/python -m tests.mutate $(ARGS)

edition: $(DEV_READY)
	$(BIN)/python examples/build.py

lock: $(RUN_READY)
	@$(PIP) uv
	$(BIN)/uv pip compile pyproject.toml --extra pages --group build $(LOCK) -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra pages --extra ocr --group build --group dev $(LOCK) \
		--constraint requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) output build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis \
		.import_linter_cache

# The mark comes last: what an interrupted set-up left is made anew.
$(VENV_READY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo >&2 \
		"ponmetro needs Python 3.11 or later; name it: make PYTHON=python3.12 ..."; exit 1; }
	@echo "Setting up $(VENV) ..."
	@$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); echo >&2 \
		"no virtual environment could be made: install the package python3-venv"; exit 1; }
	@touch $@

$(RUN_READY): requirements.lock pyproject.toml $(VENV_READY)
	@echo "Installing what a run needs ..."
	@$(PIP) --require-hashes --requirement requirements.lock
	@$(SELF)
	@# Byte code and patterns, compiled once for every run to come.
	@$(BIN)/python -m compileall -q parsers pipeline && $(BIN)/python -m pipeline.rehearsal || true
	@touch $@

$(DEV_READY): requirements-dev.lock $(RUN_READY)
	@echo "Installing what the tests need ..."
	@$(PIP) --require-hashes --requirement requirements-dev.lock
	@touch $@
