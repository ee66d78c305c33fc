# Nothing but Python 3.11 or newer and make is needed beforehand: the rest lives in .venv/.

PYTHON ?= python3
# More for one run only, e.g. `make test PYTEST_ARGS='-k rules -x'` or `make check CHECK_ARGS='--help'`.
BENCH_ARGS ?=
CHECK_ARGS ?=
LOCK_ARGS ?=
MUTATE_ARGS ?=
PYTEST_ARGS ?=
# A file of tests stays with one worker, because what its tests share is built once in each; the slowest come first.
# At the end they say which tests took longest.
PYTEST_WORKERS ?= --durations 15 --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
SERVE_ARGS ?=

# The demo is made up for one day, 2026-11-22; counted from another, more and more of it would be overdue.
DEMO_TIME := 1795348800

# Which versions to install, and whether the package is the checkout or what `make dist` built, each in a folder of
# its own: `make test VENV=.cache/lowest REQUIREMENTS=tests/requirements-lowest.txt`,
# `make test VENV=.cache/wheel PACKAGE=dist/*.whl`.
REQUIREMENTS := requirements.txt
PACKAGE := --no-build-isolation --editable .
VENV := .venv

LOCALES := plugins/postmortems/texts/locales
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install

# The tool that makes the lock can't come from the lock: it has to work when the lock is broken.
UV_VERSION := 0.13.9
UV_VENV := .cache/uv-$(UV_VERSION)
UV := $(UV_VENV)/bin/uv
LOCK := $(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
	--custom-compile-command 'make lock'
# What the check alone needs, for the action.
CORE_LOCK := .github/actions/check/requirements.txt

# The theme's notice about MkDocs 2 is known: pyproject.toml stays below it, and only one module knows MkDocs.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help site serve demo screenshots test coverage mutate bench check format lint lock reference texts new-rule new-page dist clean

help: ## print this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r target text; do \
		printf '  make %-12s %s\n' "$$target" "$$text"; done

site: $(STAMP) ## build the site into site/; a warning is an error
	$(BIN)/mkdocs build --strict --site-dir site

serve: $(STAMP) ## preview the site, drafts included
	$(BIN)/mkdocs serve $(SERVE_ARGS)

demo: $(STAMP) ## build the site of a made-up organisation into site-demo/, to see every page full
	SOURCE_DATE_EPOCH=$(DEMO_TIME) $(BIN)/mkdocs build --strict --config-file tests/corpora/demo/mkdocs.yml \
		--site-dir $(CURDIR)/site-demo

screenshots: demo ## take the pictures of the README anew
	@chromium="$$(sh tests/ensure-chromium.sh)" && export CHROMIUM="$$chromium" && \
	PYTHONPATH=tests $(BIN)/python tests/browser/screenshots.py site-demo

test: $(STAMP) ## run the tests; finds or installs a Chromium and a Java first
	@sh tests/ensure-java.sh
	@chromium="$$(sh tests/ensure-chromium.sh)" && export CHROMIUM="$$chromium" && \
	echo "CHROMIUM=$$CHROMIUM $(BIN)/pytest $(PYTEST_WORKERS) $(PYTEST_ARGS)" && \
	$(BIN)/pytest $(PYTEST_WORKERS) $(PYTEST_ARGS)

# Without browsers and whole sites, which take most of the time: what only they reach counts as not reached.
coverage: $(STAMP) ## tell which lines and branches the tests reach
	$(BIN)/pytest $(PYTEST_WORKERS) -m 'not browser and not slow' --cov --cov-report term:skip-covered $(PYTEST_ARGS)

mutate: $(STAMP) ## change the code in 200 places, one at a time; tell which changes no nearby test notices
	$(BIN)/python tests/mutation/run_mutations.py $(MUTATE_ARGS)

bench: $(STAMP) ## time the check beside check-jsonschema; BENCH_ARGS="--records 1000" for a short run
	$(BIN)/python tests/benchmarks/check_speed.py $(BENCH_ARGS)

check: $(STAMP) ## validate the post-mortems in incidents/
	$(BIN)/postmortems check incidents $(CHECK_ARGS)

format: $(STAMP) ## format the code, and fix what can be fixed safely
	$(BIN)/ruff check --fix --exit-zero --quiet
	$(BIN)/ruff format
	$(BIN)/ruff check

lint: $(STAMP) ## check formatting, style, types and the floors between modules
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

texts: $(STAMP) ## renew the translations' catalogues from the texts in the code
	@mkdir -p .cache
	$(BIN)/pybabel --quiet extract --mapping plugins/postmortems/texts/babel.cfg --keyword _ --keyword N_ \
		--keyword ngettext:1,2 --omit-header --no-location --sort-output --output .cache/texts.pot plugins/postmortems
	for catalogue in $(LOCALES)/*.po; do $(BIN)/pybabel --quiet update --no-fuzzy-matching --ignore-obsolete \
		--omit-header --input-file .cache/texts.pot --locale $$(basename $$catalogue .po) \
		--output-file $$catalogue || exit 1; done

reference: $(STAMP) ## write the reference pages of docs/guide/ anew from the code
	$(BIN)/python tests/docs/making_reference.py

new-rule: $(STAMP) ## lay down a rule and its cases: CODE=F31 NAME=no-guessing
	$(BIN)/python tests/scaffold/new_rule.py $(CODE) $(NAME)

new-page: $(STAMP) ## lay down a page of the site: NAME=slow-weeks
	$(BIN)/python tests/scaffold/new_page.py $(NAME)

# The last file is what pyproject.toml allows at the least, so that the bounds in it are tested, too.
lock: $(UV) ## renew the lock files from pyproject.toml; LOCK_ARGS=--upgrade for newer versions
	$(LOCK) $(LOCK_ARGS) --all-extras --group dev --output-file requirements.txt pyproject.toml
	$(LOCK) --group build --constraint requirements.txt --output-file $(CORE_LOCK) pyproject.toml
	$(LOCK) $(LOCK_ARGS) --all-extras --group dev --resolution lowest-direct \
		--output-file tests/requirements-lowest.txt pyproject.toml

# The time of the commit, so that the same commit gives the same bytes whenever it is built.
dist: $(STAMP) ## build the source archive and the wheel into dist/, and check both
	rm -rf dist
	epoch="$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct)}" && export SOURCE_DATE_EPOCH="$$epoch" && \
	$(BIN)/hatchling build --directory dist && $(BIN)/python tests/release/check_dist.py dist

clean: ## remove the built site and all caches; .venv/ stays
	rm -rf site site-demo dist .cache .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find plugins tests -type d -name __pycache__ -prune -exec rm -rf {} +

# --no-build-isolation, because an isolated build would fetch its backend past the hashes of the lock.
$(STAMP): $(REQUIREMENTS) pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=...") if sys.version_info < (3, 11) else None'
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	$(PIP) --require-hashes -r $(REQUIREMENTS)
	$(PIP) --no-deps $(PACKAGE)
	@touch $@

$(UV):
	$(PYTHON) -m venv --clear $(UV_VENV)
	$(UV_VENV)/bin/python -m pip --disable-pip-version-check --quiet install uv==$(UV_VERSION)
