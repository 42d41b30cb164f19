#!/usr/bin/env bash
# Counts what the hot paths cost in instructions of an unoptimized build, which is what the tests run, and
# holds the counts against benches/instructions.txt. With --bless it writes them down instead.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v valgrind >/dev/null; then
  if [ -n "${CI:-}" ]; then echo "The instructions cannot be counted: valgrind is not installed."; exit 1; fi
  echo "The count of instructions is skipped: valgrind is not installed."
  exit 0
fi
program=$(cargo build --locked --bench instructions --message-format=json |
  grep -o '"executable":"[^"]*/instructions-[^"]*"' | cut -d'"' -f4)
counts=$(mktemp -d)
trap 'rm -r "$counts"' EXIT
valgrind --tool=callgrind --callgrind-out-file="$counts/out" "$program" >"$counts/log" 2>&1 || { cat "$counts/log"; exit 1; }
callgrind_annotate --inclusive=yes --auto=no --threshold=100 "$counts/out" 2>/dev/null |
  sed -n 's/^ *\([0-9,]*\) .*instructions::\(path_[a-z_]*\) .*/\2 \1/p' | tr -d , | sort -u >"$counts/all"
awk '{ printf "%s %d\n", $1, $2 / 100 }' "$counts/all" >"$counts/new"
if [ "${1:-}" = --bless ]; then
  cp "$counts/new" benches/instructions.txt
  cat benches/instructions.txt
  exit 0
fi
# Compilers differ a little; what costs a seventh more has a cause of its own.
join benches/instructions.txt "$counts/new" | awk '
  { share = $3 / $2; printf "%-20s %10d instructions, %5.2f of %d\n", $1, $3, share, $2; seen++; if (share > 1.15) slow = slow " " $1 }
  END {
    if (seen == 0) { print "No path was counted."; exit 1 }
    if (slow) { print "These paths cost more than was written down:" slow ". If that is meant: scripts/instructions.sh --bless"; exit 1 }
  }'
[ "$(wc -l <benches/instructions.txt)" = "$(wc -l <"$counts/new")" ] || { echo "Not every path was counted."; exit 1; }
