"""Findings into the desk's inbox: rows a second and memory on PostgreSQL and SQLite, and what a queue page costs then."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import date
from hashlib import blake2b
from pathlib import Path
from random import Random
from typing import Any

import orjson
import psutil
import pyarrow as pa
import pyarrow.parquet as pq

from bench import Absent, Row
from bench._desk_cpu import database, tree

TITLE = "Findings into the inbox"
INTRO = (
    "Invented findings with one to three reasons each, over 40,000 sellers and four platforms, imported by the code of "
    "`mapae desk import` into an empty database on this machine (PostgreSQL without fsync, 512 MB of shared buffers), "
    "indexes and counts kept all the while. Pages: middle and 95th percentile of 50 queue pages with counts, one at a time, "
    "filters by turns, deep pages among them; rendering left out. CPU is that of both sides, which a busy machine changes "
    "less: on two free cores they work side by side."
)
_ROOT = Path(__file__).parents[1]
_FINDINGS = int(os.environ.get("MAPAE_BENCH_FINDINGS", "1000000"))
_SIZES = {"postgresql": _FINDINGS, "sqlite": _FINDINGS // 5}
_FLAGS = "-c shared_buffers=512MB -c max_wal_size=4GB"
_GROUP = 50_000
_SEVERITIES = {"info": 5, "low": 25, "medium": 40, "high": 25, "critical": 5}
_PLATFORMS = {"Lumibay": 50, "Dalmart": 30, "Pinecove": 15, "Tidewick": 5}
_CHECKS = {
    ("counterfeits", "counterfeits.text", "TM 108"): 45,
    ("hazardous_goods", "hazardous_goods.recalls", "PSF 10-2"): 20,
    ("hazardous_goods", "hazardous_goods.substances", "IFA 25-3"): 10,
    ("illegal_ads", "illegal_ads.drugs", "PAA 61-2"): 15,
    ("age_restricted", "age_restricted.gate", "YPA 28"): 10,
}
_SELLERS = 40_000


def main() -> list[Row]:
    """Each database in a process of its own."""
    rows = []
    for vendor in _SIZES:
        head = [str(_ROOT / "tools" / "postgres.sh")] if vendor == "postgresql" else []
        with tempfile.TemporaryDirectory() as home:
            command = [*head, sys.executable, "-m", "bench.desk_import", vendor]
            env = {**os.environ, "MAPAE_HOME": home, "PGFLAGS": _FLAGS}
            done = subprocess.run(command, cwd=_ROOT, env=env, text=True, capture_output=True, check=False)
        if done.returncode == 77:
            raise Absent("PostgreSQL is not installed")
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        found = json.loads(done.stdout.splitlines()[-1])
        rows.append(Row(f"{vendor}, {_SIZES[vendor]:,} findings", found))
    return rows


def write_findings(folder: Path, count: int, seed: int = 0) -> Path:
    """An OUT folder of that many invented findings."""
    from mapae.model.finding import FINDING_SCHEMA

    random = Random(seed)
    with pq.ParquetWriter(folder / "findings.parquet", FINDING_SCHEMA, compression="zstd") as writer:
        for first in range(0, count, _GROUP):
            rows = [_finding(random, number) for number in range(first, min(count, first + _GROUP))]
            writer.write_table(pa.Table.from_pylist(rows, FINDING_SCHEMA))
    (folder / "manifest.json").write_bytes(orjson.dumps({"kind": "listing", "findings": count}))
    return folder


def _finding(random: Random, number: int) -> dict[str, Any]:
    measure, check, provision = _one(random, _CHECKS)
    reasons = [_reason(random, place) for place in range(random.randint(1, 3))]
    platform = _one(random, _PLATFORMS)
    seller = 1 + int(_SELLERS * random.random() ** 3)  # some sell much, most little
    return {
        "finding_id": _id(number), "measure": measure, "check": check, "subject_kind": "listing",
        "subject_id": f"LU{number:012d}", "operator": platform, "severity": _one(random, _SEVERITIES),
        "score": round(random.random(), 4), "reference_id": f"cpsc:{random.randint(1, 3000):05d}",
        "provision": provision, "provision_from": date(2026, 6, 3), "reasons": reasons, "as_of": date(2026, 11, 25),
        "pack_version": "bench", "shadow": random.random() < 0.05, "seller_id": f"l-{seller}",
        "subject_title": f"예시 상품 {number} 무료배송 당일발송 정품급 미러 A급 실사진 문의", "subject_url": f"https://lumibay.example/i/{number}",
    }  # fmt: skip


def _id(number: int) -> str:
    return blake2b(b"%d" % number, digest_size=16).hexdigest()


def _one(random: Random, weights: Mapping[Any, int]) -> Any:
    return random.choices(list(weights), list(weights.values()))[0]


def _reason(random: Random, place: int) -> dict[str, Any]:
    seen = f"T-{random.randint(100, 999)}"
    return {
        "field": "title", "start": place * 6, "end": place * 6 + len(seen), "seen": seen, "matched": seen,
        "detail": "a model that the recall notice names", "score": 0.8,
    }  # fmt: skip


def measure(vendor: str) -> dict[str, Any]:
    """Import, then pages; the figures of one row."""
    from mapae.cli.desk import manage

    manage("migrate", verbosity=0, interactive=False)
    from mapae.desk.findings.intake import import_run
    from mapae.desk.findings.models import Finding
    from mapae.desk.parties.models import Operator

    for key, name in (("lumibay", "Lumibay"), ("dalmart", "Dalmart")):
        Operator.objects.create(key=key, name_ko=name, name_en=name, country="SG", platforms=[name])
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            pool.apply(write_findings, (folder, _SIZES[vendor]))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        own, theirs, start = tree(psutil.Process()), database(), time.perf_counter()
        import_run(folder)
        seconds = time.perf_counter() - start
        own, theirs = tree(psutil.Process()) - own, database() - theirs
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if Finding.objects.count() != _SIZES[vendor]:
        raise RuntimeError("not every finding came in")
    pages = _pages()
    return {
        "findings/s": _SIZES[vendor] / seconds,
        "CPU, desk (µs a finding)": 1e6 * own / _SIZES[vendor],
        "CPU, database (µs a finding)": 1e6 * theirs / _SIZES[vendor],
        "more memory (MB)": (peak - before) / 1024,
        "page (ms)": statistics.median(pages) * 1000,
        "page p95 (ms)": statistics.quantiles(pages, n=20)[-1] * 1000,
    }


def _pages() -> list[float]:
    from mapae.desk.findings.queue import Filters, facets, page

    wanted = (
        {}, {"measure": "counterfeits"}, {"severity": "3"}, {"operator": "dalmart"}, {"seller": "l-77"},
        {"measure": "hazardous_goods", "operator": "lumibay"}, {"check": "hazardous_goods.recalls"}, {"shadow": "1"},
        {"after": "2:0.5:1"}, {"operator": "lumibay", "after": "1:0.2:1"},
    )  # fmt: skip
    found = []
    for turn in range(60):
        filters = Filters.read(wanted[turn % len(wanted)])
        start = time.perf_counter()
        page(filters)
        facets(filters)
        found.append(time.perf_counter() - start)
    return found[len(wanted) :]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mapae.desk.settings")
    print(json.dumps(measure(sys.argv[1])))
