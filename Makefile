# Everything a person does with this project. `make help` lists it.

SWIFT ?= swift
# A sibling target that is imported without being declared compiles by luck of the build order; this refuses it.
BUILD := --explicit-target-dependency-import-check error
# The C sources of packages name their own files (__FILE__): without this a build differs with the folder it was made in.
RELEASE := $(BUILD) -c release --static-swift-stdlib -Xcc -ffile-prefix-map=$(CURDIR)=. --scratch-path .build-release
SOURCES := Package.swift Sources Tests Benchmarks Fuzz
PREFIX ?= $(HOME)/.local

.DEFAULT_GOAL := help
.PHONY: help setup demo build release test check format lint prices licenses documented install packages screenshots bench bench-polling bench-money bench-pictures bench-service soak torture fuzz coverage sanitize check-docs check-manual clean

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install the system packages that are missing (Debian, with sudo where needed)
	@Scripts/packages build

demo: setup ## Build what is needed and open the studio on the built-in sandbox: no token, no money
	$(SWIFT) build $(BUILD) --product darkroom
	@.build/debug/darkroom demo

build: setup ## Build the program for development
	$(SWIFT) build $(BUILD) --product darkroom

release: setup ## Build the program as it is installed
	$(SWIFT) build $(RELEASE) --product darkroom

test: ## Run every test
	@Scripts/packages build test
	@SWIFT="$(SWIFT)" Scripts/test $(BUILD)

lint: ## Check the format of every source file
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)

format: ## Bring every source file into form
	$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

coverage: ## Print source, tests and covered lines by target (a build of its own)
	@Scripts/packages build test
	@SWIFT="$(SWIFT)" Scripts/coverage $(BUILD)

sanitize: ## Run the core's tests under SANITIZER=thread (default) or address (a build of its own)
	@Scripts/packages build test
	@SWIFT="$(SWIFT)" Scripts/sanitize $(or $(SANITIZER),thread) $(BUILD)

check-docs: ## Run the commands in the documents against the sandbox, and compare what they print
	$(SWIFT) build $(BUILD) --product darkroom
	@python3 Scripts/check_docs.py .build/debug/darkroom

check-manual: ## Make the manual pages, and look whether they can be read without warnings
	$(SWIFT) build $(BUILD) --product darkroom
	@Scripts/packages manual
	@Scripts/check_manual .build/debug/darkroom

check: lint test ## Format, declared imports and tests: what CI runs

prices: ## Compile prices.yaml into the JSON that the program holds
	-RECORD_PRICES=1 $(SWIFT) test $(BUILD) --filter '^PricingTests.BuiltInBookTests'

licenses: build ## Write anew what `darkroom licenses` prints, from what is linked
	@SWIFT="$(SWIFT)" Scripts/licenses .build

documented: ## Print the share of public and package declarations that have a documentation comment
	@Scripts/documented

install: release ## Install to PREFIX (default ~/.local); the debug information lies in a file beside it
	@Scripts/strip .build-release/release/darkroom .build-release/installed
	install -D -m 755 .build-release/installed/darkroom $(PREFIX)/bin/darkroom
	install -D -m 644 .build-release/installed/darkroom.debug $(PREFIX)/lib/debug/darkroom.debug

packages: release ## Build .deb, tarball, checksums and bill of materials in dist/
	@Scripts/packages build dist
	@Scripts/dist .build-release/release/darkroom dist

screenshots: ## Drive the demo in a real terminal emulator and write screenshots/
	@Scripts/packages build screenshots
	$(SWIFT) build $(BUILD) --product darkroom
	@Scripts/screenshots .build/debug/darkroom
	@Scripts/recording .build/debug/darkroom
	@Scripts/terminals .build/debug/darkroom

bench-money: setup ## Measure estimates and the spend of 100,000 runs
	$(SWIFT) run $(RELEASE) money-bench

bench-pictures: release ## Measure pictures in the studio beside chafa and timg
	@python3 Benchmarks/Pictures/bench.py .build-release/release/darkroom

bench: release ## Measure start, key presses, idling and memory from outside
	@python3 Scripts/bench.py .build-release/release/darkroom

bench-service: release ## Measure the HTTP service beside the shape of the one it replaces (needs pip)
	@python3 Scripts/service/bench.py .build-release/release/darkroom

bench-polling: release ## Measure how soon ends are seen and what that costs, beside naive polling (20 minutes)
	$(SWIFT) build $(RELEASE) --product polling-bench
	@.build-release/release/polling-bench .build-release/release/darkroom

soak: release ## 500 runs with a third of all requests going wrong and kills in between; counts what became of them
	@python3 Scripts/soak.py .build-release/release/darkroom

torture: release ## Fail every system call of journal and saver, take the power away at every fsync; counts what went wrong
	@python3 Scripts/torture.py .build-release/release/darkroom --every $(or $(EVERY),1)

fuzz: ## Fuzz what reads foreign bytes, SECONDS each (default 60)
	@Scripts/fuzz $(or $(SECONDS),60)

clean: ## Remove everything that was built
	rm -rf .build .build-release .build-fuzz dist
