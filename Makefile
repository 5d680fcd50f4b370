# `make help` lists what there is. PYTHON names another interpreter: make book PYTHON=python3.13
ifeq ($(OS),Windows_NT)
PYTHON ?= python
VENV := .venv/Scripts/python
else
PYTHON ?= python3
VENV := .venv/bin/python
endif
# Who names a Python wants that one; otherwise an environment that is there stays.
THIS := $(if $(filter command environment,$(firstword $(origin PYTHON))),--this-python)
# TensorFlow takes its faster kernels on some processors only; on the others they are about twice as fast as its own.
export TF_ENABLE_ONEDNN_OPTS ?= 1
.DEFAULT_GOAL := help
.PHONY: help setup book serve lab test test-site test-colab notebooks learner lock clean

help:  ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

setup:  ## make .venv from requirements.lock, if it is not there or the lock has changed
	@$(PYTHON) --version >/dev/null 2>&1 || { echo "Set-up stopped: expected Python 3.11, 3.12 or 3.13, found no $(PYTHON). Name another: make book PYTHON=python3.13"; exit 1; }
	@$(PYTHON) book/tools/setup.py $(THIS)

book: setup  ## build the site, and say how to open it
	@$(VENV) book/tools/site.py

serve: book  ## build the site and serve it on this machine; PORT=8001 for another port
	@$(VENV) book/tools/site.py --serve $(or $(PORT),8000)

lab: setup  ## open the chapters in JupyterLab
	@$(VENV) -m jupyter lab --LabApp.default_url=/lab/tree/chapters/01_digits.ipynb

test: setup  ## run every test: the package, the tools, each notebook, the site in a browser
	@$(VENV) -m pytest -q

test-site: setup  ## run the tests of the site alone
	@$(VENV) -m pytest -q tests/site

test-colab: setup  ## run the learner edition from the wheel, at the versions of Colab
	@$(VENV) tests/colab/run.py

notebooks: setup  ## run all chapters in place, two at a time; CHAPTERS="01 04" for some
	@$(VENV) book/tools/notebooks.py $(CHAPTERS)

learner: setup  ## make the learner edition, without outputs, in _build/learner
	@$(VENV) book/tools/learner.py

lock:  ## write requirements.lock anew from pyproject.toml (needs uv)
	@uv --version >/dev/null 2>&1 || { echo "Stopped: expected the program uv, found none. Get it with: pip install uv"; exit 1; }
	@uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11 \
		--extra book --extra test pyproject.toml --output-file requirements.lock

clean:  ## remove what was built, but not .venv
	@rm -rf _build .pytest_cache .hypothesis
	@find book chapters lenet tests \( -name __pycache__ -o -name .ipynb_checkpoints -o -name '*.part' \) -prune -exec rm -rf {} +
