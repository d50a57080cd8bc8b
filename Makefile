# make demo · make test · make test-fast · make lint · make bench · make setup
PYTHON ?= python3
BIN := .venv/bin
STAMPS := .venv/.stamps
# tests start some hundred processes: without kept bytecode each would compile everything it imports anew
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test test-fast lint bench setup setup-dev system docs format clean help
help: ## what can be done here
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

demo: $(STAMPS)/desk ## set up core and desk, screen the sample, open the training desk at its tour
	$(BIN)/mapae demo --out .demo $(if $(DEMO_ONCE),--once,)

setup: $(STAMPS)/core ## .venv with the core: .venv/bin/mapae
setup-dev: $(STAMPS)/dev ## everything the tests need

$(STAMPS)/venv:
	$(PYTHON) -c 'import sys; ok = (3, 11) <= sys.version_info[:2] <= (3, 13); sys.exit(None if ok else "Mapae needs Python 3.11, 3.12 or 3.13; say which with: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv
	mkdir -p $(STAMPS) && touch $@

$(STAMPS)/core: $(STAMPS)/venv locks/core.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r locks/core.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(STAMPS)/desk: $(STAMPS)/core locks/desk.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r locks/desk.txt && touch $@ || echo "the desk's packages did not come: the demo shows its reports only"

$(STAMPS)/dev: $(STAMPS)/core locks/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r locks/dev.txt
	touch $@

system: ## Chromium, Java and fonts by apt, when root
	@bash tools/system.sh

PYTEST := $(BIN)/python -m pytest -n auto
# a test's database need not outlive a power cut
PGFLAGS := -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off -c jit=off

test: setup-dev system ## every test; the desk's on SQLite and on PostgreSQL
	$(PYTEST) --ignore tests/desk --cov --cov-report= --cov-fail-under=90
	$(PYTEST) tests/desk
	@PGFLAGS="$(PGFLAGS)" bash tools/postgres.sh $(PYTEST) tests/desk -m "not browser"; code=$$?; \
	if [ $$code -eq 77 ] && [ "$$MAPAE_REQUIRE" != all ]; then echo "skipped: the desk's suite on PostgreSQL, which is not installed"; else exit $$code; fi

test-fast: setup-dev ## the quick tests, under three minutes
	$(PYTEST) -m "not slow and not spark and not browser"

lint: setup-dev ## style, types, imports, law data, docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/mapae law check
	$(BIN)/python -m tools.docs --check

format: setup-dev ## mend style
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

docs: setup-dev ## write the generated pages anew
	$(BIN)/python -m tools.docs

# peers that want other versions of our packages get an environment of their own
$(STAMPS)/peers: $(STAMPS)/venv locks/bench.txt
	$(PYTHON) -m venv .venv/peers
	.venv/peers/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r locks/bench.txt && touch $@ || echo "the peers' packages did not come: the bench says where they are missing"

bench: setup-dev $(STAMPS)/peers ## speed, memory and accuracy beside named peers: bench/RESULTS.md
	$(BIN)/python -m bench

clean: ## remove what was built
	rm -rf .venv build dist .demo .pytest_cache .mypy_cache .ruff_cache
