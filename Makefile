# The two commands are `make demo` and `make test`; the rest is for those who change igmap.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
WORKSPACE := data/samples/ig-learning
LANG_OF_REPORT ?= nl

.PHONY: demo test lint samples bench docs notebooks clean

demo: $(VENV)/installed
	@echo "igmap runs on the sample workspace $(WORKSPACE) …"
	@$(BIN)/python -m igmap run $(WORKSPACE) --lang $(LANG_OF_REPORT) --today 2026-11-01; \
	status=$$?; if [ $$status -ne 0 ] && [ $$status -ne 3 ] && [ $$status -ne 4 ]; then exit $$status; fi; \
	echo "The report: $(CURDIR)/$(WORKSPACE)/out/report.html  (open it in a browser)"

test: $(VENV)/tested
	$(BIN)/python -m pytest -n auto --dist loadgroup -m "not ci"

lint: $(VENV)/tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

samples: $(VENV)/installed
	$(BIN)/python data/samples/make_samples.py

bench: $(VENV)/tested
	$(BIN)/python -m benchmarks.anonymise
	$(BIN)/python -m benchmarks.anonymise_large
	$(BIN)/python -m benchmarks.prove
	PYTHONPATH=. $(BIN)/python benchmarks/usefulness.py
	$(BIN)/python benchmarks/discover.py
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/evaluate.py
	$(BIN)/python -m benchmarks.large
	$(BIN)/python benchmarks/mail.py
	$(BIN)/python benchmarks/sql_dump.py
	$(BIN)/python benchmarks/checks.py

docs: $(VENV)/installed
	$(BIN)/python docs/make_schemas.py
	$(BIN)/python docs/make_formats.py
	$(BIN)/python docs/make_obligations.py
	$(BIN)/python docs/make_proof.py
	$(BIN)/python docs/make_model_card.py

notebooks: $(VENV)/installed
	$(BIN)/python -m igmap.workbench.render notebooks/*.ipynb --out docs/notebooks

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/tested: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test]"
	@touch $(VENV)/installed $@

clean:
	rm -rf $(VENV) build dist $(WORKSPACE)/out $(WORKSPACE)/private $(WORKSPACE)/plan.yaml
