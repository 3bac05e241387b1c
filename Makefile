# Everything a contributor or the CI calls. All of it runs in .venv, which `make install` makes.
PYTHON ?= python3
BIN := .venv/bin
DATE := 2024-03-13

.PHONY: install demo format check test golden bench build docs-check picture clean

.venv/.demo: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -e .
	touch $@

.venv/.dev: pyproject.toml .venv/.demo
	$(BIN)/pip install --quiet --disable-pip-version-check -e ".[dev]"
	touch $@

install: .venv/.dev            ## the environment with the tools of development

demo: .venv/.demo              ## read the article in examples/
	$(BIN)/masdar read examples/sample.txt --published $(DATE)

format: install                ## put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

check: install                 ## ruff and mypy
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

test: check                    ## check, then every test
	$(BIN)/pytest

golden: install                ## the hand-made articles only
	$(BIN)/pytest tests/test_golden.py

bench: install                 ## measure quality and speed
	$(BIN)/python -m benchmarks.run all

build: install                 ## the wheel, installed alone and tried
	$(BIN)/pip wheel --quiet --no-deps --wheel-dir dist .
	rm -rf dist/.venv && $(PYTHON) -m venv dist/.venv
	dist/.venv/bin/pip install --quiet --disable-pip-version-check dist/masdar-*.whl
	cd dist && .venv/bin/masdar read --json ../examples/sample.txt --published $(DATE) > /dev/null

docs-check: install            ## commands, paths and figures in the docs are true
	$(BIN)/pytest tests/test_docs.py

picture: install               ## draw docs/terminal.svg with the model of the package
	$(BIN)/python tools/picture.py

clean:
	rm -rf .venv dist
