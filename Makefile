# Needs Python 3.11 or newer, make and a package index. Everything else goes into .venv.
PYTHON ?= python3
BIN := .venv/bin
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
PRODUCTION = env DEBUG=false SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
	SITE_URL=https://example.org ALLOWED_HOSTS=example.org TRUSTED_PROXY_COUNT=1 HSTS_SUBDOMAINS=true \
	STATIC_ROOT=var/lint-static
export DEBUG ?= true

.PHONY: help install demo test test-sqlite test-postgres bench lint format lock
help:
	@echo "make install  the libraries for running, into .venv"
	@echo "make demo     sample site on this machine (SQLite)"
	@echo "make test     the whole suite on SQLite, then on PostgreSQL"
	@echo "make bench    measurements, as ratios to an empty view"
	@echo "make lint     formatter, linters, types, import arrows, migrations, deployment checks"
	@echo "make lock     rewrite requirements*.txt from pyproject.toml"

install: .venv/run.stamp

demo: .venv/run.stamp
	@LOG_LEVEL=$${LOG_LEVEL:-WARNING} exec $(BIN)/python manage.py demo $(ARGS)

# Both, even if the first fails; the last line says how each went.
test: .venv/dev.stamp
	@sqlite=passed; postgres=passed; \
	$(MAKE) --no-print-directory test-sqlite || sqlite=FAILED; \
	$(MAKE) --no-print-directory test-postgres || postgres=FAILED; \
	echo "== SQLite: $$sqlite. PostgreSQL: $$postgres."; \
	[ $$sqlite$$postgres = passedpassed ]

test-sqlite: .venv/dev.stamp
	@echo "== Tests on SQLite"
	@CHELATE_TEST_DB=sqlite $(BIN)/python -m pytest $(ARGS)

test-postgres: .venv/dev.stamp
	@echo "== Tests on PostgreSQL"
	@CHELATE_TEST_DB=postgres $(BIN)/python -m pytest $(ARGS)

bench: .venv/dev.stamp
	$(BIN)/python -m pytest -m bench -s $(ARGS)

lint: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	git ls-files -z 'templates/*.html' | xargs -0 -r $(BIN)/djade --check --target-version 5.2
	$(BIN)/python manage.py makemigrations --check --dry-run
	@echo "== Deployment checks"
	@$(PRODUCTION) $(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

format: .venv/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	git ls-files -z 'templates/*.html' | xargs -0 -r $(BIN)/djade --target-version 5.2

lock: .venv/dev.stamp
	$(COMPILE) $(UPGRADE) pyproject.toml --output-file requirements.txt
	$(COMPILE) $(UPGRADE) pyproject.toml --group dev --constraint requirements.txt --output-file requirements-dev.txt

# Stamps make a second run instant. The development set contains the run-time set.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer is missing: install it, or name it with make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python's venv module is missing: install it (Debian and Ubuntu: apt-get install python3-venv)"; exit 1; }
	@echo "Creating .venv"
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/run.stamp: requirements.txt | .venv/bin/python
	@echo "Installing the libraries"
	@$(PIP) -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt | .venv/bin/python
	@echo "Installing the libraries and the test tools"
	@$(PIP) -r requirements-dev.txt
	@touch $@ .venv/run.stamp
