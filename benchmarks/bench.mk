# make bench, make bench-http, make bench-crowd, make oracle: see benchmarks/README.md. Included by the Makefile.
#
# The peers live in an environment of their own. Backlit's engine needs NumPy and nothing else, so there it is simply
# imported from this checkout.

PYTHON ?= python3
BENCH_VENV := benchmarks/.venv
BENCH_PYTHON := $(BENCH_VENV)/bin/python
BENCH_READY := $(BENCH_VENV)/.ready

# One thread for everybody: these networks are too small to gain from more, and the figures become repeatable.
BENCH_ENV := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1 VECLIB_MAXIMUM_THREADS=1 JAX_PLATFORMS=cpu \
	XLA_FLAGS="--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

$(BENCH_READY): benchmarks/requirements.txt
	@echo "Setting up the peers in $(BENCH_VENV) (once; PyTorch and JAX are large) ..."
	@$(PYTHON) -m venv $(BENCH_VENV)
	@$(BENCH_PYTHON) -m pip install --quiet --disable-pip-version-check -r benchmarks/requirements.txt
	@touch $@

.PHONY: bench
bench: $(BENCH_READY)  ## the engine beside micrograd, autograd, JAX, PyTorch and NumPy written by hand
	@$(BENCH_ENV) $(BENCH_PYTHON) -m benchmarks $(SECTIONS)

.PHONY: oracle
oracle: $(BENCH_READY) $(VENV)/.dev  ## compare the engine with PyTorch 10,000 random programs with Python and 2,000 for each of PyTorch, JAX, autograd and micrograd with these, and run emitted code in PyTorch, JAX and micrograd (REFERENCE=write renews the committed figures)
	@$(BENCH_ENV) $(BENCH_PYTHON) -m tests.oracle.live $(REFERENCE)
	@$(BENCH_ENV) $(BENCH_PYTHON) -m tests.oracle.training $(REFERENCE)
	@$(BENCH_ENV) $(BENCH_PYTHON) -m tests.oracle.dialects.live $(REFERENCE)
	@$(BENCH_ENV) $(BENCH_PYTHON) -m tests.oracle.dialects.learners $(REFERENCE)
	@$(BENCH_ENV) $(BENCH_PYTHON) -m tests.oracle.emitted
	@$(BENCH_ENV) $(BENCH_PYTHON) -m tests.oracle.scripts
	@BACKLIT_ORACLE=1 $(BIN)/python -m pytest -q tests/engine/test_language_oracle.py

.PHONY: bench-http
bench-http: $(VENV)/.run  ## the server beside a route that answers fixed bytes (needs wrk)
	@$(BIN)/python -m benchmarks.web

.PHONY: bench-crowd
bench-crowd: $(VENV)/.dev  ## how long small traces wait beside eight large new requests of each endpoint (SECTIONS="cells train" chooses)
	@$(BIN)/python -m benchmarks.web.crowd $(SECTIONS)

.PHONY: bench-browser
bench-browser: setup  ## the page in Chromium: frames, slider and key to picture, first visit, layout (SECTIONS="slider frames" chooses)
	@BACKLIT_TEST_BROWSER="$$($(BIN)/python scripts/browser.py)" && export BACKLIT_TEST_BROWSER && $(BIN)/python -m benchmarks.browser $(SECTIONS)
