"""Finds topics, runs each in a fresh process, and keeps one section a topic in RESULTS.md."""

from __future__ import annotations

import datetime
import fcntl
import importlib
import json
import os
import pkgutil
import platform
import re
import subprocess
import sys
import tempfile
from itertools import groupby
from pathlib import Path

import bench
from bench import Absent, Row

RESULTS = Path(__file__).with_name("RESULTS.md")
HEAD = """# Results of `make bench`

Written by `python -m bench`; each section is one module of `bench/` and is replaced when that topic runs again.
Ratios matter more than seconds: the same job varies up to 1.5 times between quiet and busy periods of a shared machine.
"""
_SECTION = re.compile(r"<!-- topic (\w+) -->\n(.*?)<!-- end \1 -->\n", re.DOTALL)


def topics() -> list[str]:
    """The names of all topics, sorted."""
    names = (item.name for item in pkgutil.iter_modules(bench.__path__))
    return sorted(name for name in names if not name.startswith("_") and name != "generate")


def run(arguments: list[str]) -> int:
    """`[topic…]` runs these (or all) and writes their sections; `--one topic FILE` is the inner call."""
    if arguments[:1] == ["--one"]:
        return _one(arguments[1], Path(arguments[2]))
    unknown = [name for name in arguments if name not in topics()]
    if unknown:
        print(f"no such topic: {', '.join(unknown)}; there are {', '.join(topics())}", file=sys.stderr)
        return 2
    failed = 0
    for name in arguments or topics():
        print(f"bench: {name}", file=sys.stderr)
        failed += not _topic(name)
    return 1 if failed else 0


def _topic(name: str) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder, "answer.json")
        code = subprocess.run(
            [sys.executable, "-m", "bench", "--one", name, str(answer)], check=False
        ).returncode
        result = (
            json.loads(answer.read_text("utf-8"))
            if answer.exists()
            else {"failed": f"ended with code {code}"}
        )
    _write(name, result)
    return "failed" not in result


def _one(name: str, answer: Path) -> int:
    module = importlib.import_module(f"bench.{name}")
    result: dict[str, object] = {
        "title": getattr(module, "TITLE", name),
        "intro": getattr(module, "INTRO", ""),
    }
    try:
        rows: list[Row] = module.main()
        result["rows"] = [[row.what, row.figures, row.note] for row in rows]
    except Absent as reason:
        result["absent"] = str(reason)
    answer.write_text(json.dumps(result, ensure_ascii=False), "utf-8")
    return 0


def _write(name: str, result: dict[str, object]) -> None:
    """Put the section in its place; two runs at one time do not lose each other's."""
    with RESULTS.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _replace(name, result)


def _replace(name: str, result: dict[str, object]) -> None:
    sections = dict(_SECTION.findall(RESULTS.read_text("utf-8"))) if RESULTS.exists() else {}
    if "rows" in result:
        sections[name] = _section(result)
    else:
        reason = str(result.get("absent") or result.get("failed"))
        old = re.sub(r"\n\*Not measured this time.*?\*\n", "", sections.get(name, f"## {name}\n"))
        sections[name] = f"{old.rstrip()}\n\n*Not measured this time: {reason}*\n"
    body = "\n".join(f"<!-- topic {key} -->\n{sections[key]}<!-- end {key} -->\n" for key in sorted(sections))
    RESULTS.write_text(f"{HEAD}\n{body}", "utf-8")


def _section(result: dict[str, object]) -> str:
    rows = [Row(*row) for row in result["rows"]]  # type: ignore[attr-defined]
    when = datetime.datetime.now(datetime.UTC).date()
    machine = f"{_cpu()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    parts = [f"## {result['title']}\n", f"*{when}, {machine}*\n"]
    if result["intro"]:
        parts.append(f"{result['intro']}\n")
    parts += [
        _table(columns, list(group)) for columns, group in groupby(rows, key=lambda row: tuple(row.figures))
    ]
    return "\n".join(parts)


def _cpu() -> str:
    try:
        found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text("utf-8"))
    except OSError:
        found = None
    return found.group(1).strip() if found else platform.processor() or platform.machine()


def _table(columns: tuple[str, ...], rows: list[Row]) -> str:
    noted = any(row.note for row in rows)
    head = ["", *columns, *(["note"] if noted else [])]
    lines = [head, ["---", *("---:" for _ in columns), *(["---"] if noted else [])]]
    for row in rows:
        lines.append(
            [row.what, *(_figure(row.figures[key]) for key in columns), *([row.note] if noted else [])]
        )
    return (
        "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
        + "\n"
    )


def _figure(value: float | int | str) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
