# Signet: `make run` opens the window, `make test` passes all tests, `make build` leaves the programs.
# Each long step says what it does. What is missing is installed first (Debian and Ubuntu).

.PHONY: advisories bench bench-documents bench-lists bench-signing bench-window browser format fuzz help memcheck run test build package picture check test-rust test-ui test-window system test-system ui tools clean dev dev-ui quick hooks

VENV := .cache/venv
DENY := .cache/cargo-deny/bin/cargo-deny
SAY = @printf '==> %s\n'

# Each target that compiles means the whole workspace and takes out of it what it needs: with fewer packages Cargo
# would choose other features for the same crates, and compile them once more.
PROGRAMS := --workspace --bin signet --bin signet-desktop

# So many tests of the window run beside each other, each with a display, a bus, a keychain and a home of its own.
WINDOWS := 1

# Signet's memory and descriptors are closed to other processes of the same person, and the tests of the window look
# into them: as root, or as the root of a user namespace of their own.
AS_ROOT := $(shell [ "$$(id -u)" -eq 0 ] || echo unshare --user --map-root-user)

help:
	@printf '%s\n' 'make run         install what is missing, build, open the window' \
	  'make test        install what is missing, run every test' \
	  'make build       the optimised programs in target/release' \
	  'make package     .deb and .rpm in target/release/bundle' \
	  'make dev         the window, which follows each change of its sources' \
	  'make dev-ui      the UI alone in a browser, on a backend that is made up' \
	  'make quick       form, lints and unit tests of what is changed' \
	  'make check       form and lints of everything' \
	  'make format      Rust, Python and TypeScript as the check wants them' \
	  'make hooks       let git look at the form of what is committed' \
	  'make bench       Signet beside a bare window, OpenSSL and the AWS tools' \
	  'make memcheck    the unsafe code under valgrind' \
	  'make advisories  known weaknesses of the crates, by RustSec'"'"'s list' \
	  'make fuzz        SECONDS_EACH (600) on each fuzz target'

# Not the programs of the packages, which are optimised as a whole and take far longer: see [profile.local].
run: ui
	$(SAY) 'Building Signet (some minutes the first time)'
	@cargo build --profile local $(PROGRAMS)
	@scripts/run.sh target/local

build: ui
	$(SAY) 'Building Signet (long the first time)'
	@cargo build --release $(PROGRAMS)

dev: system ui/node_modules/.installed
	@scripts/dev.py

dev-ui: ui/node_modules/.installed
	$(SAY) 'The UI on a backend that is made up; an address with ?keys begins with a key'
	@cd ui && npm run --silent dev

quick: test-system ui tools
	@scripts/quick.sh

hooks:
	$(SAY) 'From now on git looks at the form of what is committed (git config --unset core.hooksPath ends it)'
	@git config core.hooksPath .githooks

package: build .cache/tauri-cli/.installed
	$(SAY) 'Packing .deb and .rpm'
	@scripts/terminal-files.sh
	@.cache/tauri-cli/node_modules/.bin/tauri bundle --bundles deb,rpm --config src-tauri/packages/linux.json
	@ls target/release/bundle/deb/*.deb target/release/bundle/rpm/*.rpm

# The bundler alone: it takes the programs as `make build` left them, and downloads nothing more.
.cache/tauri-cli/.installed:
	@npm install --no-audit --no-fund --loglevel error --prefix .cache/tauri-cli @tauri-apps/cli@2
	@touch $@

test: test-system check test-rust test-ui test-window
	$(SAY) 'All tests passed'

check: test-system ui tools .cache/cargo-deny/bin/cargo-deny
	$(SAY) 'Checking form, lints and what the crates may be'
	@cargo fmt --all --check
	@$(VENV)/bin/ruff format --quiet --check
	@$(VENV)/bin/ruff check --quiet
	@tests/circles.py src-tauri/*/src/lib.rs src-tauri/cli/src/main.rs src-tauri/src/lib.rs
	@cd ui && npm run --silent form && npm run --silent check
	@cargo clippy --workspace --all-targets -- -D warnings
	@$(DENY) --offline check --hide-inclusion-graph licenses bans sources
	@if [ -n "$$(ls -d "$${CARGO_HOME:-$$HOME/.cargo}"/advisory-dbs/*/ 2>/dev/null)" ]; then $(DENY) --offline check advisories; fi

# Known weaknesses of the crates, by RustSec's list, which is fetched; `check` looks into it where it lies already.
advisories: .cache/cargo-deny/bin/cargo-deny
	$(SAY) 'Looking for known weaknesses of the crates'
	@$(DENY) check advisories

format: tools ui/node_modules/.installed
	@cargo fmt --all
	@$(VENV)/bin/ruff check --quiet --fix-only
	@$(VENV)/bin/ruff format --quiet
	@cd ui && npm run --silent format

.cache/cargo-deny/bin/cargo-deny:
	$(SAY) 'Installing cargo-deny (two minutes; it need not be fast)'
	@cargo install --quiet --locked --debug --root .cache/cargo-deny --version '^0.20' cargo-deny

test-rust: test-system ui tools
	$(SAY) 'Testing the Rust side'
	@cargo test --workspace

test-ui: test-system ui browser
	$(SAY) 'Testing the web UI'
	@cd ui && npm run --silent test && npm run --silent test:browser

test-window: test-system ui tools
	$(SAY) 'Testing the real window'
	@cargo build $(PROGRAMS)
	@$(AS_ROOT) $(VENV)/bin/python -m pytest -q $(if $(filter-out 1,$(WINDOWS)),-n $(WINDOWS) --dist worksteal) tests/window

bench: bench-window bench-lists bench-signing bench-documents

# Ratios to a bare Tauri window from the same tree, measured beside it.
bench-window: test-system ui tools
	$(SAY) 'Building Signet and a bare window beside it'
	@cargo build --release $(PROGRAMS) --bin bare-window
	$(SAY) 'Measuring the window (about three minutes)'
	@$(VENV)/bin/python tests/bench/window.py target/release

# Many links beside the terminal's batch, and a long history beside a short one.
bench-lists: test-system ui tools browser
	$(SAY) 'Building Signet'
	@cargo build --release $(PROGRAMS)
	$(SAY) 'Measuring lists (about four minutes)'
	@$(VENV)/bin/python tests/bench/lists.py target/release
	@cd ui && npm run --silent bench

# Ratios to OpenSSL, AWS's tools and another crate, measured in turns with them.
bench-signing: test-system tools
	$(SAY) 'Building Signet and the signers beside it'
	@cargo build --release $(PROGRAMS) --bin signet-rate
	@cargo build --release --locked --manifest-path tests/bench/cloudfront-sign-rate/Cargo.toml --target-dir target
	@GO111MODULE=off GOPATH=/usr/share/gocode go build -o target/release/go-rate tests/bench/peers/go_rate.go
	$(SAY) 'Measuring the signing (about eight minutes)'
	@$(VENV)/bin/python tests/bench/signing.py target/release

# Ratios to the AWS CLI and to a bare loop of the same crate, measured in turns with them.
bench-documents: test-system tools
	$(SAY) 'Building Signet and a bare loop beside it'
	@cargo build --release $(PROGRAMS) --bin documents-rate
	$(SAY) 'Measuring documents (about three minutes)'
	@$(VENV)/bin/python tests/bench/documents.py target/release

# The unsafe crate under valgrind: every read and write of memory, and whatever is not given back.
memcheck: test-system
	$(SAY) 'Checking the memory of the signing engine (about ten minutes)'
	@CARGO_TARGET_$(shell rustc -vV | sed -n 's/^host: //p' | tr a-z- A-Z_)_RUNNER='valgrind --quiet --error-exitcode=1 --leak-check=full --errors-for-leak-kinds=definite --show-leak-kinds=definite' \
	  cargo test --workspace --test differential

# Needs a nightly compiler: rustup toolchain install nightly.
fuzz: test-system .cache/cargo-fuzz/bin/cargo-fuzz
	$(SAY) 'Fuzzing (SECONDS_EACH on each target; what fails is left in tests/fuzz/artifacts)'
	@PATH="$(CURDIR)/.cache/cargo-fuzz/bin:$$PATH" tests/fuzz/run.sh

.cache/cargo-fuzz/bin/cargo-fuzz:
	$(SAY) 'Installing cargo-fuzz'
	@cargo install --quiet --locked --root .cache/cargo-fuzz --version '^0.13' cargo-fuzz

# The picture of the README.
picture: build
	@python3 tests/window/practice_run.py target/release/signet-desktop target/signet-window.png
	@convert target/signet-window.png -trim +repage icons/window.png

system:
	@scripts/install-system-packages.sh

test-system:
	@scripts/install-system-packages.sh test

ui: system ui/dist/index.html

# Built anew only where its sources changed, so that the programs need not be linked again either.
ui/dist/index.html: ui/node_modules/.installed $(shell find ui/src -type f) ui/index.html ui/vite.config.ts
	$(SAY) 'Building the web UI'
	@cd ui && npm run --silent build -- --logLevel warn

ui/node_modules/.installed: ui/package-lock.json
	$(SAY) 'Installing the UI packages'
	@cd ui && npm ci --no-audit --no-fund --loglevel error
	@touch $@

# A browser for the UI tests where the system has none.
browser: ui/node_modules/.installed
	@command -v chromium google-chrome >/dev/null || (cd ui && npx playwright-core install --with-deps --only-shell chromium)

tools: $(VENV)/.installed tests/conformance/js/node_modules/.installed

tests/conformance/js/node_modules/.installed: tests/conformance/js/package-lock.json
	@cd tests/conformance/js && npm ci --no-audit --no-fund --loglevel error
	@touch $@

$(VENV)/.installed: tests/requirements.txt
	$(SAY) 'Installing the tools that the tests compare with'
	@python3 -m venv $(VENV)
	@$(VENV)/bin/python -m pip install --quiet -r tests/requirements.txt
	@touch $@

clean:
	@rm -rf target .cache ui/dist ui/dist-fake ui/node_modules tests/fuzz/target tests/fuzz/corpus tests/fuzz/artifacts
