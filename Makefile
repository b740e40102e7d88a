# `make demo` shows it, `make test` tests it; both need Python 3.11 to 3.13 and nothing else.
# PYTHON=/path/to/python names another interpreter, JOBS the number of test processes,
# EXAMPLES how many random ones `make nightly` tries of each kind, GRAPHS how many graphs,
# MUTANTS how many specs that are wrong in some way, and
# BENCH what `make bench` measures:
# `make bench BENCH=epochs` trains for ten minutes, and needs ../shared.
JOBS ?= 2
EXAMPLES ?= 500
GRAPHS ?= 20000
MUTANTS ?= 1000000
BENCH ?= check sizes graphs supervision
VENV ?= .venv
MARK ?= not slow
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
DEMO := specs/digits_cnn.yaml
COMPILE := uv pip compile pyproject.toml --extra train-cpu --extra dev --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --no-emit-index-url --quiet

export PYTHON VENV
TF_CPP_MIN_LOG_LEVEL ?= 2
export TF_CPP_MIN_LOG_LEVEL

.PHONY: demo test lint nightly bench docs lock clean setup
.DEFAULT_GOAL := demo

setup: $(READY)

$(READY): requirements.lock pyproject.toml scripts/setup
	scripts/setup
	touch $@

demo: $(READY)
	$(VENV)/bin/specc check $(DEMO)
	$(VENV)/bin/specc show $(DEMO)
	$(VENV)/bin/specc build $(DEMO)
	$(VENV)/bin/specc run $(DEMO)

test: $(READY)
	$(PY) -m pytest -n $(JOBS) --dist worksteal -m "$(MARK)" $(ARGS)

nightly: $(READY)
	SPECC_EXAMPLES=$(EXAMPLES) SPECC_GRAPHS=$(GRAPHS) SPECC_MUTANTS=$(MUTANTS) \
		$(PY) -m pytest -n $(JOBS) --dist worksteal $(ARGS)

lint: $(READY)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy --strict specc

bench: $(READY)
	for each in $(BENCH); do $(PY) benchmarks/$$each.py $(ARGS) || exit; done

docs: $(READY)
	$(PY) scripts/docs.py $(ARGS)

lock:
	$(COMPILE) --upgrade -o requirements.lock

clean:
	rm -rf .venv* .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
	find specc tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
