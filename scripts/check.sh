#!/usr/bin/env bash
# Everything CI runs, in the same words, fastest first.
set -euo pipefail
cd "$(dirname "$0")/.."
say() { printf '\n== %s\n' "$*"; }

say "formatting"
cargo fmt --check

say "lints"
PACTGRAPH_SKIP_WEB=1 cargo clippy --locked --all-targets -- -D warnings

say "dependencies"
scripts/deny.sh

say "documentation"
RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --document-private-items

say "tests"
cargo test --locked

say "instructions of the hot paths"
scripts/instructions.sh

say "data"
cargo run --locked --quiet -- check graph-data

say "contract"
cargo run --locked --quiet -- schema | diff - schema.graphql

say "made-up input for every parser"
scripts/fuzz.sh 60
