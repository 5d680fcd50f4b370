# make help lists what there is. PYTHON names another interpreter: make book PYTHON=python3.13
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
VENV := .venv/Scripts/python
else
VENV := .venv/bin/python
endif
.DEFAULT_GOAL := help
.PHONY: help setup book test test-site test-colab serve lab notebooks learner lock clean

help:  ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 18

setup:  ## make .venv from requirements.lock, if it is not there or the lock has changed
	@$(PYTHON) book/tools/setup.py

book: setup  ## build the site, and say how to open it
	@$(VENV) book/tools/site.py

test: setup  ## run every test: the package, each notebook, the site in a browser
	@$(VENV) -m pytest -q

test-site: setup  ## run the tests of the site alone
	@$(VENV) -m pytest -q tests/site

test-colab: setup  ## run the learner edition from the wheel, at the versions of Colab
	@$(VENV) tests/colab/run.py

serve: book  ## serve the site on this machine
	@echo "Open http://127.0.0.1:8000/ ; stop with Ctrl-C"
	@$(VENV) -m http.server --bind 127.0.0.1 --directory _build/html 8000

lab: setup  ## open the chapters in JupyterLab
	@$(VENV) -m jupyter lab chapters

notebooks: setup  ## run all chapters in place, two at a time; CHAPTERS="01 04" for some
	@$(VENV) book/tools/notebooks.py $(CHAPTERS)

learner: setup  ## make the learner edition, without outputs, in _build/learner
	@$(VENV) book/tools/learner.py

lock: setup  ## write requirements.lock anew from pyproject.toml
	@$(VENV) -m pip install --quiet uv
	@$(VENV) -m uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
		--extra book --extra test pyproject.toml --output-file requirements.lock

clean:  ## remove what was built, not .venv
	@rm -rf _build .pytest_cache .hypothesis
	@find book chapters lenet tests -name __pycache__ -prune -exec rm -rf {} +
