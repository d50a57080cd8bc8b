"""Small wrongs put into law, text and workflow: how many do the tests that mirror each package see?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import yaml

from bench import Row
from mapae.app.evaluate.scores import wilson

TITLE = "Wrongs put into the code, and the tests that see them"
INTRO = (
    "A drawn sample of changed comparisons, booleans, constants, arithmetic and return values inside functions; each runs "
    "against the package's own tests in a fresh fork until one fails. Words of messages and annotations are left alone, and "
    "so is what changes nothing: `utf-8~`, and ~ behind the upper end of a range of characters. "
    "Kernels compiled by numba are held to their plain reference by property tests instead. The goal is .80. "
    "`MUTANTS` (150) and `MUTATION_SEED` (2) choose another sample, `MUTATION_ONLY` the packages; "
    "survivors are written to bench/data/survivors.txt."
)
_ROOT = Path(__file__).parents[1]
_DATA = Path(__file__).with_name("data")


def main() -> list[Row]:
    """One row a package: of those that MUTATION_ONLY leaves out, what was found the last time."""
    plan = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    only = os.environ.get("MUTATION_ONLY", "").split()
    rows, lines = [], []
    for name, part in plan.items():
        kept = _DATA / "mutation" / f"{name}.json"
        if not only or name in only:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(json.dumps(_run(part), ensure_ascii=False), "utf-8")
        if kept.exists():
            found = json.loads(kept.read_text("utf-8"))
            rows.append(_row(name, found))
            lines += [
                f"{path}:{line} {function} {told} [{verdict}]"
                for path, line, function, _, told, verdict, _ in found
                if not verdict.startswith("killed")
            ]
    (_DATA / "survivors.txt").write_text("\n".join(lines) + "\n", "utf-8")
    return rows


def _run(part: dict[str, list[str]]) -> list[list[str]]:
    without = set(part.get("without", ()))
    source = sorted(
        str(path.relative_to(_ROOT))
        for path in (_ROOT / str(part["source"])).rglob("*.py")
        if not without & set(path.parts)
    )
    with tempfile.TemporaryDirectory() as folder:
        out, plan = Path(folder, "out.json"), Path(folder, "plan.json")
        count, seed = (
            int(os.environ.get(key, usual)) for key, usual in (("MUTANTS", "150"), ("MUTATION_SEED", "2"))
        )
        plan.write_text(
            json.dumps({"source": source, "count": count, "seed": seed, "out": str(out)}), "utf-8"
        )
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-o",
            "addopts=",
            "--import-mode=importlib",
            "-p",
            "tools.test_home",
        ]
        command += ["-p", "no:cacheprovider", "-p", "no:cov", "-p", "bench._mutation_run", *part["tests"]]
        done = subprocess.run(
            command,
            cwd=_ROOT,
            env={**os.environ, "MUTATION": str(plan)},
            text=True,
            capture_output=True,
            check=False,
        )
        if not out.exists():
            raise RuntimeError(f"nothing was judged: {(done.stderr or done.stdout).strip()[-2000:]}")
        found: list[list[str]] = json.loads(out.read_text("utf-8"))
    return found


def _row(name: str, found: list[list[str]]) -> Row:
    verdicts = Counter(item[5].partition(" (")[0] for item in found)
    judged = len(found) - verdicts["not put in"]
    low, high = wilson(verdicts["killed"], judged)
    return Row(
        name,
        {
            "wrongs": judged,
            "seen": verdicts["killed"],
            "share seen": verdicts["killed"] / max(1, judged),
            "95 %": f"{low:.3f} to {high:.3f}",
            "survived": verdicts["survived"],
            "reached by no test": verdicts["unreached"],
            "processor s": sum(float(item[6]) for item in found),
        },
    )
