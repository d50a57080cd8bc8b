"""Makes the pack's recall facts from a file of CPSC notices: names, codes, dates, limits, links; no sentences.

`python -m tools.recall_facts recalls.jsonl --since 2010-01-01` writes mapae/packs/kr/lists/recalls/cpsc.jsonl.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import orjson

from mapae.sources.agencies.cpsc import read_cpsc
from mapae.sources.rejects import RejectLog

PLACE = Path(__file__).resolve().parents[1] / "mapae" / "packs" / "kr" / "lists" / "recalls" / "cpsc.jsonl"


def write_facts(path: Path, since: str, place: Path = PLACE) -> int:
    """Write one line a notice dated on or after `since`, sorted by id; returns their number."""
    log = RejectLog(path)
    rows = sorted(
        (row for row in read_cpsc(path, log) if row["date"] >= since), key=lambda row: str(row["id"])
    )
    place.parent.mkdir(parents=True, exist_ok=True)
    lines = [orjson.dumps({key: value for key, value in row.items() if value}) for row in rows]
    place.write_bytes(b"\n".join(lines) + b"\n")
    return len(rows)


def main() -> None:
    """Read the arguments and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="the agency's API JSON, or the same as JSON Lines")
    parser.add_argument("--since", default="2010-01-01", help="first date, ISO")
    given = parser.parse_args()
    print(f"{write_facts(given.file, given.since)} recalls written to {PLACE.name}")


if __name__ == "__main__":
    main()
