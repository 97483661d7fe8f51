# What one does with Careguide. `make` alone lists it.

PORT ?= 8000
BIND ?= 127.0.0.1
WORKERS ?= 2

# Python 3.11 to 3.13, the system's own first.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	&& echo $$python && break; done)

export PIP_DISABLE_PIP_VERSION_CHECK = 1

MANAGE := .venv/bin/python manage.py
PIP_INSTALL := .venv/bin/pip install -qq --require-hashes -r

# The trial keeps to its own folder, so that neither its invented people nor its keys ever meet a
# production database or a .env file in the same place.
TRIAL_DATA := $(CURDIR)/data/trial
TRIAL_KEYS := data/trial/secret-key data/trial/field-key
TRIAL := DEBUG=1 HTTPS=0 DATA_DIR="$(TRIAL_DATA)" SITE_URL=http://localhost:$(PORT) \
	ALLOWED_HOSTS=localhost,127.0.0.1 DATABASE_URL="sqlite:///$(TRIAL_DATA)/careguide.sqlite3" \
	EMAIL_URL=consolemail:// LANGUAGES=en,es SECRET_KEY="$$(cat "$(TRIAL_DATA)/secret-key")" \
	FIELD_KEYS="$$(cat "$(TRIAL_DATA)/field-key")"
# Tests and checks meet no database but one in memory, unless with-postgres names one.
ON_SQLITE := DATABASE_URL=sqlite://:memory:
# On every core: on two, half the time.
PYTEST := .venv/bin/python -m pytest -n auto --dist loadgroup

.PHONY: help install run demo-passwords serve test bench contact-sheet lighthouse verify lint lock vendor

help: ## list what can be made
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 18

install: .venv/run.stamp ## the environment alone, before the first `make serve`

run: .venv/run.stamp $(TRIAL_KEYS) ## try it on port 8000 (PORT=...), with invented people
	@.ci/system-packages run
	@umask 077; export $(TRIAL); $(MANAGE) createcachetable -v 0 && $(MANAGE) migrate -v 0 \
	&& $(MANAGE) set_journal_mode && $(MANAGE) load_content && $(MANAGE) make_demo \
	&& echo "New passwords for the invented people: make demo-passwords" \
	&& echo "Open http://localhost:$(PORT)" \
	&& { $(MANAGE) run_due --loop & exec $(MANAGE) runserver 127.0.0.1:$(PORT); }

demo-passwords: .venv/run.stamp $(TRIAL_KEYS) ## new passwords for the invented people of `make run`
	@$(TRIAL) $(MANAGE) make_demo --new-passwords

serve: .venv/run.stamp ## the production server; settings from the environment or .env
	@.ci/system-packages run
	@umask 077; export DEBUG=0; $(MANAGE) createcachetable -v 0 && $(MANAGE) migrate -v 0 \
	&& $(MANAGE) set_journal_mode && $(MANAGE) collectstatic --no-input -v 0 \
	&& $(MANAGE) load_content && $(MANAGE) check --deploy --fail-level ERROR \
	&& exec .venv/bin/gunicorn careguide.wsgi --bind $(BIND):$(PORT) --workers $(WORKERS) \
		--worker-class sync --no-control-socket --umask 0077 --header-map drop \
		--max-requests 5000 --max-requests-jitter 500

test: .venv/dev.stamp ## the tests, within five minutes (ARGS="-k words" for some of them)
	@.ci/system-packages test
	@$(ON_SQLITE) $(PYTEST) $(ARGS)

bench: .venv/dev.stamp ## times of the site as it runs: what a stranger could tell from them, and pages
	@$(ON_SQLITE) .venv/bin/python -m tests.live.bench

contact-sheet: .venv/dev.stamp ## pictures of every page, three widths, light and dark
	@.ci/system-packages test
	@$(ON_SQLITE) .venv/bin/python -m tests.live.contact_sheet

lighthouse: .venv/dev.stamp ## Lighthouse's scores of four pages on a phone; needs npm
	@.ci/system-packages test
	@npm ci --prefix .ci/lighthouse --ignore-scripts --no-audit --no-fund --silent
	@$(ON_SQLITE) .venv/bin/python -m tests.live.lighthouse

verify: .venv/dev.stamp ## the long tests; on PostgreSQL the everyday ones, browser aside, and live workers
	@.ci/system-packages verify
	@$(ON_SQLITE) $(PYTEST) -m verify --durations=40
	@.ci/with-postgres $(PYTEST) -m "live or (not browser and not verify)"

lint: .venv/dev.stamp ## style, templates, missing migrations
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@.venv/bin/djlint --lint --quiet templates
	@$(ON_SQLITE) DEBUG=1 $(MANAGE) makemigrations --check --dry-run
	@for po in $$(find careguide content journeys -name '*.po'); do test -e "$${po%.po}.mo" \
		|| { echo "$$po has no compiled .mo beside it; machines without gettext need it."; exit 1; }; done

# uv asks the registry here only; installing needs nothing but pip, which wants the extras named.
# ARGS=--upgrade takes newer versions.
lock: .venv/dev.stamp ## write the locks anew from requirements*.in
	@for name in requirements requirements-dev; do .venv/bin/uv pip compile --quiet --universal \
		--generate-hashes --python-version 3.11 --no-strip-extras --no-emit-index-url \
		--custom-compile-command "make lock" $(ARGS) $$name.in -o $$name.txt || exit 1; done

vendor: .venv/dev.stamp ## build static/vendor anew; the one thing that needs npm
	@.venv/bin/python .ci/vendor/build.py

.venv/bin/pip:
	@test -n "$(PYTHON)" || { echo "Careguide needs Python 3.11, 3.12 or 3.13."; exit 1; }
	@CAREGUIDE_STRICT=1 PYTHON=$(PYTHON) .ci/system-packages run
	@$(PYTHON) -m venv --clear .venv

.venv/run.stamp: requirements.txt | .venv/bin/pip
	@echo "Installing Python packages ..."
	@$(PIP_INSTALL) $<
	@touch $@

# The development lock holds the run-time lock, so both stamps are true afterwards.
.venv/dev.stamp: requirements-dev.txt | .venv/bin/pip
	@echo "Installing Python packages, with those for tests ..."
	@$(PIP_INSTALL) $<
	@touch $@ .venv/run.stamp

data/trial/secret-key: | .venv/bin/pip
	@umask 077; mkdir -p data/trial
	@umask 077; .venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(50))' > $@

data/trial/field-key: | .venv/bin/pip
	@umask 077; mkdir -p data/trial
	@umask 077; .venv/bin/python -c \
		'import base64, secrets; print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())' > $@
