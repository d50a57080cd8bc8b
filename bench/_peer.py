"""Asks a peer, which lives in an environment of its own (.venv/peers, from locks/bench.txt); says where it is not there."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from bench import Absent

__all__ = ["ask"]

_PYTHON = Path(__file__).parents[1] / ".venv" / "peers" / "bin" / "python"
_SCRIPTS = Path(__file__).with_name("_peers")


def ask(script: str, question: Any) -> Any:
    """What `bench/_peers/SCRIPT.py` answers: JSON in, JSON out. Absent where the peers are not installed or it fails."""
    if not _PYTHON.is_file():
        raise Absent("the peers are not installed (make bench does it)")
    done = subprocess.run(
        [_PYTHON, _SCRIPTS / f"{script}.py"],
        input=json.dumps(question),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no words"])[-1]
        raise Absent(f"{script} ended with {done.returncode}: {last}")
    return json.loads(done.stdout.splitlines()[-1])
