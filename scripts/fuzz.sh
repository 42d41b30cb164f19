#!/usr/bin/env bash
# Feeds every parser with made-up input: scripts/fuzz.sh [seconds for each] [target ...]
# What breaks one is left in target/fuzz/<target>/; to try it again: PACTGRAPH_FUZZ=<target> target/fuzz/fuzz <file>
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
shift || true
all=(loader document request cursor date pack)
targets=("${@:-${all[@]}}")

# The compiler marks every branch, so that libFuzzer sees which input goes where no other went.
flags="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4"
flags+=" -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table"
host=$(rustc -vV | sed -n 's/^host: //p')
# With a target named, build scripts and macros are left unmarked.
PACTGRAPH_SKIP_WEB=1 RUSTFLAGS=$flags cargo build --quiet --locked --profile fuzz \
  --package pactgraph-fuzz --target "$host" --target-dir target/fuzz/build
ln -sfn "build/$host/fuzz/fuzz" target/fuzz/fuzz

# What people wrote is where to begin.
seeds() {
  local to=target/fuzz/$1/seeds file n=0
  mkdir -p "$to"
  case $1 in
    loader)
      for file in tests/example-data/*/*.ron tests/invalid-data/*/*/*.ron; do
        n=$((n + 1)); case $file in *agreements*) printf '\0';; *countries*) printf '\1';; *sources*) printf '\4';; *) printf '\2';; esac >"$to/$n"
        cat "$file" >>"$to/$n"
      done ;;
    document) cp tests/queries/*.graphql graph-data/queries/*.graphql "$to" ;;
    request)
      printf 'GET /graphql?query=%%7Bcanada%%7Bid%%7D%%7D\nAccept: application/json\nAccept-Language: fr' >"$to/1"
      printf 'POST /graphql\nContent-Type: application/json\n\n{"query":"query($i:ID!){node(id:$i){id}}","variables":{"i":"canada"}}' >"$to/2"
      printf 'GET /export/graph.graphml?around=canada&depth=1&as_of=2022\nAccept-Encoding: br' >"$to/3"
      printf 'GET /nodes/canada?format=bibtex\nIf-None-Match: *' >"$to/4"
      printf 'GET /query?query=%%7Bcanada%%7Bid%%7D%%7D&variables=%%7B%%7D' >"$to/5"
      printf 'GET /q/what-builds-on-the-eu-partnership?first=2' >"$to/6" ;;
    cursor) printf 'canada' >"$to/1" ;;
    # 0: bytes as they are; 1: a pack of the example data, some bytes of which go and others come.
    pack) printf '\0\0\0\0\0' >"$to/1"; printf '\1' >"$to/2"; printf '\1\2\0\1\2\3abc' >"$to/3" ;;
    date) printf '2022-12-31 2022' >"$to/1"; printf '2022 2023-01' >"$to/2" ;;
  esac
}

run() {
  seeds "$1"
  mkdir -p "target/fuzz/$1/found"
  # Inputs are small, as those of the service are; a slow one is a fault too.
  PACTGRAPH_FUZZ=$1 target/fuzz/fuzz -max_total_time="$seconds" -timeout=20 -rss_limit_mb=4096 -max_len=8192 -print_final_stats=1 \
    -artifact_prefix="target/fuzz/$1/" "target/fuzz/$1/found" "target/fuzz/$1/seeds" >"target/fuzz/$1/log" 2>&1 ||
    { tail -40 "target/fuzz/$1/log"; echo "fuzz $1: FAILED"; return 1; }
  echo "fuzz $1: $(grep -o 'number_of_executed_units: *[0-9]*' "target/fuzz/$1/log" | grep -o '[0-9]*$') inputs, no fault"
}

mkdir -p target/fuzz
failed=0
# Two at a time.
for ((i = 0; i < ${#targets[@]}; i += 2)); do
  ids=()
  for target in "${targets[@]:i:2}"; do run "$target" & ids+=($!); done
  for id in "${ids[@]}"; do wait "$id" || failed=1; done
done
exit "$failed"
