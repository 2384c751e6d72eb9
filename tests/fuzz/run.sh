#!/usr/bin/env bash
# Fuzzes each target named, or all, for SECONDS_EACH seconds (600). One line each says what was
# seen: executions, coverage (cov), corpus (corp) and speed (exec/s). What fails is in artifacts/.
# Signet forbids unsafe code, so it is fuzzed without a sanitizer, which sees more inputs.
set -euo pipefail
cd "$(dirname "$0")"
fuzz() {
  cargo +nightly fuzz "$@"
}

[[ -e corpus/list/seed-1 ]] || ./seeds.sh
fuzz build --fuzz-dir . --sanitizer none
targets=("$@")
[[ $# -gt 0 ]] || targets=(address key_import link list)
failed=0
for target in "${targets[@]}"; do
  log=$(mktemp)
  # A person would wait for five seconds, and for a gigabyte not at all.
  fuzz run --fuzz-dir . --sanitizer none "$target" -- -dict="dictionaries/$target" \
    -timeout=5 -rss_limit_mb=1024 -max_total_time="${SECONDS_EACH:-600}" >"$log" 2>&1 || {
    failed=1
    tail -n 40 "$log"
  }
  printf '%s: ' "$target"
  grep -E '^#[0-9]+\s+DONE' "$log" || echo 'not done'
  rm -f "$log"
done
exit "$failed"
