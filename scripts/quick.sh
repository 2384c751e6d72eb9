#!/usr/bin/env bash
# Form, lints and unit tests of what differs from the branch `main`, or of everything where nothing does. What
# needs a browser, a window, AWS's tools or minutes is left to `make test`.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '==> %s\n' "$*"; }

base=$(git merge-base HEAD origin/main 2>/dev/null || git merge-base HEAD main 2>/dev/null || git rev-parse HEAD)
changed=$(git diff --name-only "$base"; git ls-files --others --exclude-standard)
# Of the UI's tests those that the change reaches; without a change all.
reached=()
[[ -z $changed ]] || reached=(--changed "$base" --passWithNoTests)
touches() { [[ -z $changed ]] || grep -qE "$1" <<<"$changed"; }

if touches '\.rs$|\.toml$|^Cargo\.lock$|^tauri\.conf\.json$|^src-tauri/'; then
  say 'Rust: form, lints, unit tests'
  cargo fmt --all --check
  tests/circles.py src-tauri/*/src/lib.rs src-tauri/cli/src/main.rs src-tauri/src/lib.rs
  cargo clippy --quiet --workspace --all-targets -- -D warnings
  cargo test --quiet --workspace --lib --bins
fi
if touches '^ui/'; then
  say 'UI: form, types, lints, unit tests'
  (cd ui && npm run --silent form && npm run --silent check && npx vitest run "${reached[@]}")
fi
if touches '\.py$'; then
  say 'Python: form, lints'
  .cache/venv/bin/ruff format --quiet --check
  .cache/venv/bin/ruff check --quiet
fi
say 'What is changed holds; make test runs everything'
