#!/usr/bin/env bash
# Everything CI runs, in the same words, fastest first. All of it as the program is released, with data
# from addresses, so that each profile is built once.
set -euo pipefail
cd "$(dirname "$0")/.."
say() { printf '\n== %s\n' "$*"; }

say "formatting"
cargo fmt --check

say "lints"
PACTGRAPH_SKIP_WEB=1 cargo clippy --locked --features remote --all-targets -- -D warnings

say "dependencies"
scripts/deny.sh

say "documentation"
RUSTDOCFLAGS="-D warnings" cargo doc --locked --features remote --no-deps --document-private-items

say "tests"
cargo test --locked --features remote

say "data"
cargo run --locked --features remote --quiet -- check graph-data

say "contract"
cargo run --locked --features remote --quiet -- schema | diff - schema.graphql

say "made-up input for every parser"
scripts/fuzz.sh 60
