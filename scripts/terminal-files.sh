#!/usr/bin/env bash
# Leaves the manual page and the shells' completions of the program `signet` in target/package, where
# the packages take them from. The program writes them itself, so they are never out of date.
set -euo pipefail
cd "$(dirname "$0")/.."

mkdir -p target/package
target/release/signet man >target/package/signet.1
for shell in bash zsh fish; do
  target/release/signet completions "$shell" >"target/package/signet.$shell"
done
