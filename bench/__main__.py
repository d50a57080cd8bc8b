"""Runs the topics, each in a process of its own, and writes their sections of bench/RESULTS.md."""

from __future__ import annotations

import sys

from bench._harness import run

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
