# make demo   marks a demo class on every backend (BACKEND=torch: on one)
# make test   everything that CI runs
# make measure  how often each recipe reaches its goal, and how fast a step is (hours)
# make trial  the checks on all right and wrong answers, on every backend
# The first call makes .venv with the versions of constraints.txt.

PYTHON ?= python3
BACKEND ?= all
JOBS ?= 2
BIN := .venv/bin
READY := .venv/ready

# Small nets run several times faster on one thread where cores are shared.
export OMP_NUM_THREADS := 1

.PHONY: demo test trial measure lint exercises bundle docs test-tensorflow test-jax test-torch test-parity test-autograder test-solutions clean

demo: $(READY)
	$(BIN)/autograder demo demo --backend $(BACKEND) --jobs $(JOBS)

test: $(READY)
	$(MAKE) --no-print-directory lint
	$(MAKE) --no-print-directory --jobs=2 test-tensorflow test-jax test-torch
	$(MAKE) --no-print-directory test-parity test-autograder test-solutions

trial: $(READY)
	$(BIN)/autograder trial --backend $(BACKEND) --jobs $(JOBS) \
	  --mutants --seeds 20 --table docs/fairness.md

measure: $(READY)
	for backend in tensorflow jax torch; do \
	  export KERAS_BACKEND=$$backend; \
	  $(BIN)/python benchmarks/recipes.py && $(BIN)/python benchmarks/training_step.py \
	  && $(BIN)/python benchmarks/imports.py && $(BIN)/python benchmarks/sampling.py \
	  || exit 1; \
	done
	$(BIN)/python benchmarks/tables.py

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/autograder build --check

# JAX compiles every net anew; what one test compiled, the others find.
test-jax test-parity: export JAX_COMPILATION_CACHE_DIR := $(CURDIR)/.jax-cache
test-jax test-parity: export JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS := 0
test-jax test-parity: export JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES := -1
test-jax test-parity: export JAX_PERSISTENT_CACHE_ENABLE_XLA_CACHES := none

test-tensorflow test-jax test-torch: test-%: $(READY)
	KERAS_BACKEND=$* $(BIN)/python -m pytest -q tests/kerasdl tests/benchmarks

test-parity test-autograder test-solutions: test-%: $(READY)
	$(BIN)/python -m pytest -q tests/$*

exercises: $(READY)
	$(BIN)/autograder build

bundle: $(READY)
	$(BIN)/autograder build --bundle dist/exercises.zip
	$(BIN)/python -m build --wheel --outdir dist . >/dev/null
	@ls dist

docs: $(READY)
	$(BIN)/mkdocs build --strict

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; $(PYTHON) is $$($(PYTHON) --version). Use make PYTHON=python3.x"; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --constraint constraints.txt --editable ".[all]"
	@touch $(READY)

clean:
	rm -rf .venv .jax-cache build dist demo site *.egg-info
