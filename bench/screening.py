"""The whole screen, Parquet to Parquet, on one and two processes and on Spark, beside an officer's script."""

from __future__ import annotations

import os
import re
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import orjson
import pyarrow.parquet as pq

from bench import Row
from bench._measure import Run, watch
from bench._terms import plugged
from bench.generate import DATA, prepared

TITLE = "Screening speed and memory"
INTRO = (
    "Invented listings of about 470 bytes of text (ko, en, zh), 100,000 terms in both channels, 100,000 recalls beside "
    "the pack's own lists; every check of every measure that reads listings; findings with reasons written. The indexes "
    "of these lists are built before (first line). Medians of the runs; `us`: processor time a listing, start included, "
    "which tells more than seconds on a busy machine; `peak` counts shared pages once over the whole "
    "process tree, `resident` in each process. The officer's script is pandas with one compiled regular expression of the "
    "brands and substances, no folding, no spans, no reasons."
)
ROWS = int(os.environ.get("MAPAE_BENCH_ROWS", "1000000"))
RUNS = int(os.environ.get("MAPAE_BENCH_RUNS", "3"))


def main() -> list[Row]:
    """Whole runs by engine and workers; ratios against one worker and against the script."""
    listings, lists = prepared(ROWS)
    rows: list[Row] = [building(listings, lists)]
    one = run_screen(listings, lists, "--workers", "1", times=1)
    two = run_screen(listings, lists, "--workers", "2", times=RUNS)
    rows += [speed_row("local, 1 process", one, one), speed_row("local, 2 processes", two, one)]
    if shutil.which("java"):
        spark = run_screen(listings, lists, "--engine", "spark", "--workers", "2", times=RUNS)
        rows.append(speed_row("Spark local[2]", spark, one))
    rows.append(_script(listings, lists, one))
    return rows


def run_screen(listings: Path, lists: Path, *options: str, times: int) -> list[tuple[Run, dict[str, object]]]:
    """So many runs of `mapae screen` with these options, each with the manifest it printed."""
    found = []
    for _ in range(times):
        with tempfile.TemporaryDirectory() as folder:
            command = [
                str(Path(sys.executable).with_name("mapae")),
                "screen",
                str(listings),
                "--lists",
                str(lists),
                *("--out", folder, "--as-of", "2026-11-24", "--no-progress", "--json", *options),
            ]
            run = watch(command, os.environ | {"PYTHONPATH": plugged(DATA / "plugin")})
            found.append((run, orjson.loads(run.out.splitlines()[-1])))
            print(f"  {' '.join(options)}: {run.seconds:.1f} s, {run.peak:.2f} GB", file=sys.stderr)
    return found


def building(listings: Path, lists: Path, *options: str) -> Row:
    """The first run with these lists, on a thousand listings: it binds the checks and keeps their indexes."""
    with tempfile.TemporaryDirectory() as folder:
        few = Path(folder, "few.parquet")
        pq.write_table(pq.ParquetFile(listings).read_row_group(0).slice(0, 1000), few)
        first, again = (run_screen(few, lists, "--workers", "1", *options, times=1)[0][0] for _ in range(2))
    figures = {"seconds": first.seconds, "again, seconds": again.seconds}
    return Row(
        "a first run of 1,000 listings",
        figures,
        "builds what later runs map; once for each version of the lists",
    )


def speed_row(
    what: str, runs: list[tuple[Run, dict[str, object]]], base: list[tuple[Run, dict[str, object]]]
) -> Row:
    """Rate against `base`, processor time and memory of these runs."""
    rate = _rate(runs)
    read = float(str(runs[0][1]["rows_read"]))
    return Row(
        what,
        {
            "listings/s": rate,
            "times 1 process": rate / _rate(base),
            "us": 1e6 * min(run.cpu for run, _ in runs) / read,
            "peak GB": max(run.peak for run, _ in runs),
            "resident GB": max(run.resident for run, _ in runs),
            "findings": int(str(runs[0][1]["findings"])),
        },
    )


def _rate(runs: list[tuple[Run, dict[str, object]]]) -> float:
    return statistics.median(float(str(made["rows_read"])) / run.seconds for run, made in runs)


def _script(listings: Path, lists: Path, base: list[tuple[Run, dict[str, object]]]) -> Row:
    """What an officer writes on an afternoon, on the first 5,000 listings."""
    import pandas as pd

    terms = pq.read_table(next((lists / "terms").rglob("*.parquet")))["term"].to_pylist()[:5000]
    frame: pd.DataFrame = next(pq.ParquetFile(listings).iter_batches(5000)).to_pandas()
    start = time.perf_counter()
    pattern = re.compile("|".join(map(re.escape, terms)), re.IGNORECASE)
    text = frame["title"].fillna("") + " " + frame["description"].fillna("")
    found = int(text.str.contains(pattern).sum())
    rate = len(frame) / (time.perf_counter() - start)
    figures = {
        "listings/s": rate,
        "times 1 process": rate / _rate(base),
        "us": 1e6 / rate,
        "peak GB": "",
        "resident GB": "",
        "findings": found,
    }
    return Row("pandas + regex script", figures, "5,000 of the 100,000 terms only: with all it does not end")
