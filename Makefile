# make audit    audit an image (IMAGE=reference; without one, a demo image that is made here)
# make test     run every test
# make gauntlet  what must not pass, scenario by scenario: the exit status wanted and found
# make gauntlet-peers  install what that table sets beside it: checkov, compliance-trestle, OpenSCAP (PROWLER=1: Prowler)
# make lint     formatting and house rules
# make bench    what an audit takes, beside gzip -dc and others, on images made here (QUICK=1: one of them)
# make bench-rules  how fast layers are searched with 60, 250 and all rules
# make bench-peers  install other scanners for that, from PyPI
# make record   write the golden reports anew (then look at the difference before committing it)

IMAGE ?=
ARGS ?=
QUICK ?=
MARKDOWN ?=
BUILD := .build/release
# With the Swift runtime inside, the program runs where none is installed, and starts in two thirds of the time.
# Without debug information it builds in nineteen twentieths of the time, and is a quarter smaller.
RELEASE := -c release --static-swift-stdlib -debug-info-format none
DEMO := .build/demo/ledger-agent

.PHONY: audit build demo test gauntlet gauntlet-peers check lint fmt record bench bench-rules bench-peers clean audit-packages test-packages bench-packages

audit: audit-packages build $(if $(IMAGE),,$(DEMO))
	@if [ -n "$(IMAGE)" ]; then \
		$(BUILD)/palimpsest audit "$(IMAGE)" $(ARGS); \
	else \
		status=0; $(BUILD)/palimpsest audit "oci:$(DEMO)" $(ARGS) || status=$$?; \
		[ $$status -eq 1 ] && echo "The demo image is made to fail; the verdict above is the wanted one." || exit $$status; \
	fi

build: audit-packages
	@swift build $(RELEASE) --product palimpsest

$(DEMO): audit-packages
	@swift build $(RELEASE) --product demo-image
	@rm -rf $(DEMO) && mkdir -p $(dir $(DEMO))
	@$(BUILD)/demo-image $(DEMO)

demo: $(DEMO)

test: test-packages
	@swift test

gauntlet: test-packages
	@swift test --filter GauntletTests > .build/gauntlet.log 2>&1; status=$$?; \
	python3 Tests/Benchmarks/gauntlet.py .build/gauntlet.log .build/gauntlet || status=1; \
	[ $$status -eq 0 ] || { tail -n 20 .build/gauntlet.log; exit $$status; }

gauntlet-peers:
	@.ci/packages gauntlet
	@Tests/Benchmarks/install-gauntlet-peers

check: lint test

lint:
	@swift format lint --strict --recursive Package.swift Sources Tests Policies Templates
	@.ci/house-rules

fmt:
	@swift format --in-place --recursive Package.swift Sources Tests Policies Templates

record: test-packages
	@RECORD=1 swift test --filter Golden || true
	@git status --short reports/samples

bench: bench-packages build
	@swift build $(RELEASE) --product demo-image
	@Tests/Benchmarks/bench $(if $(QUICK),--quick) $(if $(MARKDOWN),--markdown)

bench-rules: bench-packages build
	@swift build -c release --product demo-image
	@Tests/Benchmarks/bench --rules

bench-peers: bench-packages
	@Tests/Benchmarks/install-peers

clean:
	@rm -rf .build

bench-packages:
	@.ci/packages audit bench

audit-packages:
	@.ci/packages audit

test-packages:
	@.ci/packages audit test
