# Two commands to start with: `make demo` and `make test`. Both set up their own virtual environment first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# make test EXTRAS=dev,ocr installs what reads scans too (350 MB more) and runs its tests
EXTRAS ?= dev
READY := $(VENV)/.ready-$(EXTRAS)

.PHONY: demo test test-office test-browser test-ray test-databases packages lock bench fuzz kill soak mutants check golden calibrate samples pictures eval clean

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[$(EXTRAS)]'
	touch $(READY)

demo: $(READY)          ## the targets of a sample plan, as a table
	$(BIN)/planparse extract samples/work-plan-2025.txt -f table

test: $(READY) check    ## every check: lint, types, import contracts, rules, tests on every core
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

test-office: $(READY)   ## what LibreOffice makes of our files, where it is installed
	$(BIN)/python -m pytest tests/test_office.py

test-browser: $(READY)  ## the review page in Chromium, where it is installed with its driver
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,browser]'
	$(BIN)/python -m pytest -m browser tests/test_review_browser.py

packages: $(READY)      ## wheel and sdist into dist/, built twice, each tried in an empty environment; a list of what they bring
	scripts/try_packages.sh $(BIN)/python
	scripts/try_runners.sh dist/*.whl

lock: $(READY)          ## the hashes of what constraints.txt pins, after a change
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --quiet --no-deps --generate-hashes --no-header --no-annotate --no-emit-index-url -o constraints.hashes.txt constraints.txt

mutants: $(READY)       ## sixty small faults put into the stages, one at a time: ten minutes; at least 60 of 100 noticed
	$(BIN)/python tests/mutants.py

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/planparse rules check

test-ray: $(READY)      ## the same records from Ray on two workers, one of them killed; installs Ray (240 MB)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[ray]'
	$(BIN)/python -m pytest tests/test_ray.py

test-databases: $(READY)  ## the database in datasette and DuckDB, which it installs (40 MB)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[databases]'
	$(BIN)/python -m pytest tests/test_databases.py

bench: $(READY)         ## start-up, core, PDFs, jobs, length, memory; rewrites docs/benchmarks.md
	$(BIN)/python scripts/bench.py

fuzz: $(READY)          ## texts of every construction, damaged files, hostile stores and caches: two minutes
	$(BIN)/python tests/fuzz.py

kill: $(READY)          ## batches killed 500 times at random and 200 times at every step: half an hour
	$(BIN)/python tests/kills.py

soak: $(READY)          ## 5,000 documents with 250 poisons; a batch killed 200 times; ten minutes of fuzz: forty minutes
	$(BIN)/python tests/soak.py
	$(BIN)/python tests/fuzz.py 600

golden: $(READY)        ## rewrite the outputs of the samples, cases and lines; read the diff before committing it
	$(BIN)/python scripts/write_golden.py
	$(BIN)/python tests/line_cases.py
	$(BIN)/python tests/written_cases.py

BASE ?= HEAD
eval: $(READY)          ## what is read otherwise than at the last commit, or at BASE=revision: scores, faults, records
	$(BIN)/python scripts/compare.py --base $(BASE)

UNSEEN ?=
calibrate: $(READY)     ## measure on all gold, and on UNSEEN=folders of it, how sure records are; rewrites rules/confidence.toml
	$(BIN)/python scripts/calibrate.py $(UNSEEN)

samples: $(READY)       ## render the PDF sample again
	$(BIN)/python scripts/twins.py samples/work-plan-2025.txt samples/work-plan-2025.pdf

pictures: $(READY)      ## the pictures of the README, from the samples; needs LibreOffice, Chromium and a CJK font
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,browser]'
	$(BIN)/python scripts/picture_of_sheet.py
	$(BIN)/python scripts/screenshots.py

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis dist build
