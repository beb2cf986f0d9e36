# `make help` lists what there is. Needs Debian or Ubuntu with Python 3.11 or newer.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run dist docs screens deploy-test bare-test chaos fuzz test test-setup lint format bench requirements clean
.DELETE_ON_ERROR:

# Where scripts/set-up-node puts a Node.js that is new enough, if the system's is not.
export PATH := $(CURDIR)/.node/bin:$(PATH)
# Where it is set, each of the hundreds of processes that the tests start would compile the sources anew.
unexport PYTHONDONTWRITEBYTECODE
PORT ?= 8080
JOBS ?= 2
ARGS ?=

VENV := .venv
VENV_PYTHON := $(VENV)/bin/python
RUN_READY := $(VENV)/run.ready
DEV_READY := $(VENV)/dev.ready
LINT := lint/node_modules/.bin
# What holds the house's own rules; the rest of the tests hold the program's.
HOUSE := tests/test_layout.py tests/test_requirements.py tests/test_documents.py tests/test_citations.py tests/test_architecture.py tests/test_addresses.py tests/test_scripts.py

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: $(RUN_READY) ## Install if need be, and serve the example bots on http://127.0.0.1:8080 (PORT=9000 moves it)
	@DAEHWA_LOG=$${DAEHWA_LOG:-console} exec $(VENV)/bin/daehwa serve --port $(PORT) $(ARGS)

test: test-setup ## Run every test; ARGS="tests/dialog -x" narrows it, JOBS=1 runs one at a time
	@$(VENV_PYTHON) -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder $(ARGS)

test-setup: $(DEV_READY) ## Bring what the tests need: servers, browser, npm packages, small weights
	@scripts/set-up-tests

screens: test-setup ## Take pictures of the chat page in each of its states into screens/; ARGS="-k ko" narrows it
	@$(VENV_PYTHON) -m pytest -q tests/web/screens.py $(ARGS)

deploy-test: $(DEV_READY) ## Deploy to an emulated AWS account, talk, change the bot, destroy
	@scripts/set-up-debian "chromium chromium"
	@PYTHON=$(CURDIR)/$(VENV_PYTHON) scripts/set-up-deploy
# What is synthesised and what is deployed wait for other processes in turn: they run side by side.
	@made=$$(mktemp); (cd deploy/aws && exec .venv/bin/python -m pytest -q -rs) >"$$made" 2>&1 & making=$$!; \
	status=0; $(VENV_PYTHON) -m pytest -c pyproject.toml --rootdir . -v -rs --durations=5 \
		deploy/aws/tests/test_deployment.py deploy/aws/tests/test_aws_emulator.py || status=$$?; \
	wait $$making || status=$$?; cat "$$made"; rm "$$made"; exit $$status

bare-test: $(DEV_READY) ## Keep the README's promise on bare Debian roots (as root; takes long; ARGS=--short is CI's part)
	@scripts/set-up-debian "debootstrap debootstrap" "ip iproute2" \
		"/usr/share/keyrings/debian-archive-keyring.gpg debian-archive-keyring"
	@$(VENV)/bin/daehwa model pull small >/dev/null
	@$(VENV_PYTHON) -m bare $(ARGS)

chaos: $(DEV_READY) ## Break a server's parts while people talk to it; ARGS="--store redis --minutes 5 --seed 1"
	@scripts/set-up-tests
	@$(VENV_PYTHON) -m chaos $(ARGS)

fuzz: $(DEV_READY) ## Go on with the campaign of fuzzing; ARGS="--minutes 60 --target dialog" narrows it
	@nice -n 19 $(VENV_PYTHON) -m fuzz $(ARGS)

lint: $(DEV_READY) ## Check style, types, the import direction, documents and pins
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	@scripts/set-up-lint
	$(LINT)/tsc --project lint
	$(LINT)/eslint --config lint/eslint.config.js --max-warnings 0 src/daehwa/web lint tests/node
	$(VENV_PYTHON) lint/sent.py | node lint/sent.mjs
	$(VENV_PYTHON) docs/generate.py --check
	$(VENV_PYTHON) -m pytest -q $(HOUSE)

format: $(DEV_READY) ## Rewrite the code in the house style
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

docs: $(DEV_READY) ## Write the pages that are made from the code, and the code that is made from service models
	$(VENV_PYTHON) docs/generate.py

bench: $(DEV_READY) ## Run the benchmarks with their peers; ARGS names some of them
	$(VENV_PYTHON) -m bench $(ARGS)

dist: $(DEV_READY) ## Build the wheel and the source archive into dist/
	$(VENV_PYTHON) -m hatchling build -t sdist -t wheel

requirements: $(DEV_READY) ## Update the pins of requirements*.in; ARGS=--upgrade takes the newest versions
	for name in requirements requirements-dev deploy/aws/requirements deploy/container/requirements requirements-node; do \
		$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-header $(ARGS) $$name.in -o $$name.txt; \
	done

clean: ## Remove what was installed and cached here; conversations are kept
	rm -rf $(VENV) .node deploy/aws/.venv deploy/aws/node_modules tests/node/node_modules lint/node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUN_READY): requirements.txt pyproject.toml scripts/set-up-venv
	@scripts/set-up-venv requirements.txt
	@touch $@

# The development pins hold the others too, so this one makes `run` ready as well.
$(DEV_READY): requirements-dev.txt requirements.txt pyproject.toml scripts/set-up-venv
	@scripts/set-up-venv requirements-dev.txt
	@touch $(RUN_READY) $@
