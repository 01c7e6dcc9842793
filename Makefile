# Two commands are all that is needed: `make serve` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
IPG := $(BIN)/ipg
CLIENT := query_service/static/client/.built

.PHONY: serve build test test-all check-static check-tests system-deps lock clean help

help:
	@echo "make serve        set up, build if anything changed, validate and serve"
	@echo "make build        set up and build without serving"
	@echo "make test         set up and run every check but the longest"
	@echo "make test-all     the same with those that take minutes each: every page, every link, other engines in full"
	@echo "make system-deps  install optional outside clients of the operating system"
	@echo "make lock         renew the lock files from pyproject.toml"

serve: $(VENV)/.runtime $(CLIENT)
	@$(IPG) serve

build: $(VENV)/.runtime $(CLIENT)
	@$(IPG) build

test: $(VENV)/.dev $(VENV)/.sssom $(CLIENT)
	@$(MAKE) --no-print-directory --jobs=2 check-static check-tests

check-static:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

check-tests:
	$(BIN)/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

test-all: export IPG_TEST_ALL = 1
test-all: test

system-deps:
	apt-get update
	apt-get install --yes --no-install-recommends chromium raptor2-utils virtuoso-opensource-7-bin wrk
	command -v npm >/dev/null || apt-get install --yes --no-install-recommends nodejs npm

lock: $(VENV)/.dev
	$(BIN)/pip-compile --quiet $(UPGRADE) --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet $(UPGRADE) --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --extra dev --output-file requirements-dev.lock pyproject.toml
	$(BIN)/pip-compile --quiet $(UPGRADE) --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file requirements-sssom.lock requirements-sssom.in
	$(BIN)/pip-compile --quiet $(UPGRADE) --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file requirements-node.lock requirements-node.in

clean:
	rm -rf $(VENV) build client/node_modules $(dir $(CLIENT))

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing the locked dependencies ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "Installing the locked dependencies of the checks ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.lock
	@touch $@

# The reference client of SSSOM, in an environment of its own: it is heavy, and its parts must match in version.
$(VENV)/.sssom: requirements-sssom.lock | $(VENV)/bin/python
	@echo "Installing the client of SSSOM ..."
	@$(BIN)/python -m venv $(VENV)/sssom
	@$(VENV)/sssom/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-sssom.lock
	@touch $@

# The SPARQL editor and the network, from client/. Where they cannot be built everything else works, and the pages say what is missing.
$(CLIENT): client/package.json client/package-lock.json client/build.mjs client/build.sh $(wildcard client/src/*) requirements-node.lock | $(VENV)/bin/python
	@client/build.sh $(VENV)
