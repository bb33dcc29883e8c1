# Two commands from a clean clone: `make demo` and `make test`. Only python3 with venv, and make, are needed.

PYTHON ?= python3
UV ?= uv
# Empty (`make requirements UPGRADE=`): keep the versions, write what else has changed.
UPGRADE ?= --upgrade
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
PYTEST := $(BIN)/python -m pytest --numprocesses auto --dist worksteal
PACKAGES := engine workflows notifiers config
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-strip-extras --no-emit-index-url --no-header --no-annotate $(UPGRADE)

# Tests that do the same thing many times: they reach no line that others do not, and need not be slowed.
MANY := $(addprefix tests/integration/test_,reference_model*.py mistakes_random.py time_same.py \
	delivery_kill.py worst_*.py)

.PHONY: demo test test-version bench bench-results soak fuzz check format requirements calendars diagrams commands snapshots clean
.DELETE_ON_ERROR:

demo: $(VENV)/.run
	$(BIN)/kursdeling demo --keep demo-site

test: check
	$(PYTEST) --cov --cov-report= tests/unit tests/integration $(addprefix --ignore-glob=,$(MANY))
	$(BIN)/coverage report
	$(PYTEST) $(MANY) tests/fuzz tests/acceptance

# What the program must hold on every Python that it promises: `make test-version PYTHON=python3.13 VENV=.venv-3.13`.
test-version: $(VENV)/.test
	$(PYTEST) tests/unit tests/integration

bench: $(VENV)/.run
	$(BIN)/python -m bench

# The same, and bench/RESULTS.md says afterwards what was measured.
bench-results: $(VENV)/.run
	$(BIN)/python -m bench --results

# The tests that can go on for long, at their full length; `make test` runs a short form of each.
soak: $(VENV)/.test
	KURSDELING_SOAK=1 $(BIN)/python -m pytest $(MANY) tests/integration/test_time_*.py \
		tests/integration/test_spoofing.py tests/integration/test_mail_safety.py \
		tests/acceptance/test_worst_*.py tests/soaking \
		tests/acceptance/test_daemon.py tests/acceptance/test_cli_time.py

# Mails bent out of shape by the ten thousand; every crash found becomes a test beside the others.
fuzz: $(VENV)/.test
	KURSDELING_SOAK=1 $(BIN)/python -m pytest --hypothesis-show-statistics tests/fuzz

check: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/deptry $(PACKAGES)

format: $(VENV)/.test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# A stamp file each, so that a second run installs nothing.
$(VENV)/.run: requirements.txt requirements-build.txt pyproject.toml | $(BIN)/python
	$(PIP) install --quiet --require-hashes --no-deps -r requirements.txt -r requirements-build.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	# An editable install compiles nothing by itself, and whoever calls the program may not write here.
	$(BIN)/python -m compileall -q $(PACKAGES)
	touch $@

$(VENV)/.test: requirements-test.txt $(VENV)/.run
	$(PIP) install --quiet --require-hashes --no-deps -r requirements-test.txt
	touch $@

# The rest is for whoever maintains the project.

requirements:
	$(COMPILE) pyproject.toml --output-file requirements.txt
	$(COMPILE) --group build --constraint requirements.txt --output-file requirements-build.txt
	$(COMPILE) pyproject.toml --group build --group test --group lint \
		--constraint requirements.txt --output-file requirements-test.txt
	$(COMPILE) --group peers --constraint requirements-test.txt --output-file bench/requirements-peers.txt

diagrams: $(VENV)/.run
	$(BIN)/python -m docs.diagrams

commands: $(VENV)/.run
	$(BIN)/python docs/commands.py

snapshots: $(VENV)/.test
	$(BIN)/python -m tests.integration.letter_snapshots

calendars: $(VENV)/.test
	$(BIN)/python docs/calendars.py > config/calendars/no.csv

clean:
	rm -rf $(VENV) demo-site build dist .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis
