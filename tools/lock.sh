#!/usr/bin/env bash
# Writes the lock files anew (versions and hashes, no addresses). Needs uv: pip install uv.
set -euo pipefail
cd "$(dirname "$0")/.."
build=$(mktemp --suffix=.in)
printf 'hatchling\neditables\n' > "$build"
lock() { uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --no-strip-extras "$@"; }
lock pyproject.toml "$build" -o locks/core.txt
lock pyproject.toml "$build" --extra desk -c locks/core.txt -o locks/desk.txt
lock pyproject.toml "$build" --extra desk --extra apps --extra consignments --extra images --extra spark --extra train --extra dev --extra bench -c locks/desk.txt -o locks/dev.txt
printf 'faiss-cpu>=1.8\nnomenklatura>=4.0\norjson>=3.10\nsplink>=4.0\n' > "$build" # peers of the bench, apart from all else
lock "$build" -o locks/bench.txt
rm "$build"
