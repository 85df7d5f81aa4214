# The commands of the project. Each does its own set-up, so that nothing else has to be typed.

VENV := .venv
PYTHON := $(VENV)/bin/python
STAMP := $(VENV)/.installed
OUT := out/RevitronSuggestions.extension
# Tests and checks wait for programs that they start: one worker more than there are cores keeps these busy.
WORKERS := $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

.DEFAULT_GOAL := help
.PHONY: help run test test-exhaustive score lint proofs proto bench capacity cluster cluster-down chaos soak deploy-tools deploy-check deps clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(STAMP) ## Generate 250 buttons for Revit 2022 to 2026 into out/
	$(VENV)/bin/revitron-grpc generate --count 250 --revit 2022-2026 --out $(OUT) --force

test: deps lint ## Run everything: lint, unit tests, end-to-end tests with the real programs
	$(PYTHON) -m pytest -q -n $(WORKERS) --dist loadfile

test-exhaustive: $(STAMP) ## Hold the analyser against every break and every member of the facts (part of test)
	$(PYTHON) -m pytest -q tests/exhaustive

lint: $(STAMP) ## Format, style, types, contract
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/pyright
	cd protos && ../$(VENV)/bin/buf lint && ../$(VENV)/bin/buf format --diff --exit-code
	cd protos && ../$(VENV)/bin/buf breaking --against released/0.1.0.binpb

proofs: $(STAMP) ## Run every scenario of every recipe and write the table that specs carry
	$(VENV)/bin/revitron-grpc recipes test --results revitron_grpc/recipes/proofs.json

proto: $(STAMP) ## Make the stubs in revitron_grpc/v1 from protos/
	$(PYTHON) -m grpc_tools.protoc -I protos --python_out=. --pyi_out=. --grpc_python_out=. \
	  protos/revitron_grpc/v1/*.proto

bench: $(STAMP) ## Measure speed, memory and the judge beside pyright (SCRIPTS=FOLDER adds scripts)
	$(PYTHON) -m tests.bench.main --json out/bench.json $(if $(SCRIPTS),--scripts "$(SCRIPTS)")

capacity: $(STAMP) ## Measure how many colleagues a replica serves: CPU, memory, waiting times
	$(PYTHON) -m tests.bench.capacity --json out/capacity.json

score: $(STAMP) ## Measure the judge on labelled sets (LABELS=FOLDER, else ../shared/labels)
	$(PYTHON) -m tests.score.main $(if $(LABELS),--labels $(LABELS))

cluster: deps ## Start three replicas behind HAProxy on loopback, in the background
	$(PYTHON) deploy/haproxy/playground.py up

cluster-down: $(STAMP) ## End what `make cluster` started
	$(PYTHON) deploy/haproxy/playground.py down

chaos: deps ## Break things under load (SCENARIO=kill, VARIANT=h2c|bufsize|tls, WITHOUT=resume)
	PYTHONPATH=deploy/haproxy $(PYTHON) -m tests.chaos.main $(SCENARIO) --json out/chaos.json \
	  $(if $(VARIANT),--variant $(VARIANT)) $(if $(WITHOUT),--without $(WITHOUT))

soak: deps ## 100 streams at once for five minutes (MINUTES=1): no error, flat memory
	$(PYTHON) -m tests.soak.main --json out/soak.json $(if $(MINUTES),--minutes $(MINUTES))

deploy-tools: deps ## Install what `make deploy-check` needs (part of it)
	tests/install-deploy-tools.sh

deploy-check: deploy-tools ## Hold the deployment kit against the tools its users trust (KIND="systemd k8s")
	PATH="$(CURDIR)/.tools/bin:$(CURDIR)/$(VENV)/bin:$$PATH" $(PYTHON) -m tests.deploy.main $(KIND) --jobs $(WORKERS) --json out/deploy-check.json

deps: $(STAMP) ## Install what is missing: Python packages, HAProxy, grpcurl
	tests/install-programs.sh

$(STAMP): pyproject.toml deploy/constraints.txt tests/create-venv.sh
	tests/create-venv.sh $(VENV)
	touch $(STAMP)

clean: ## Remove what was made: environment, programs, output, caches
	rm -rf $(VENV) .tools out build dist *.egg-info .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
