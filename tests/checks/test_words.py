"""What must never stand in the tree: registry hosts, paths of one machine, keys; lock files without addresses."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOSTS = "|".join(["pypi" + r"\.org", "pythonhosted" + r"\.org", "registry\\.npm" + "js", "deb\\." + "debian"])
PATHS = "|".join(["/" + "work" + "/", "/tmp/" + "bash_jobs", "/" + "root" + "/"])
FORBIDDEN = re.compile(f"{HOSTS}|{PATHS}|BEGIN [A-Z ]*PRIVATE KEY")


def _tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name.decode() for name in names.split(b"\0") if name]


def test_no_file_names_a_registry_host_a_machine_path_or_a_key() -> None:
    bad = []
    for path in _tracked():
        if path.is_file() and path.suffix not in {".parquet", ".png", ".gz", ".zst", ".xlsx"}:
            for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1):
                if FORBIDDEN.search(line):
                    bad.append(f"{path.relative_to(ROOT)}:{number}")
    assert not bad


def test_lock_files_carry_hashes_and_no_addresses() -> None:
    for path in sorted((ROOT / "locks").glob("*.txt")):
        text = path.read_text("utf-8")
        assert "://" not in text, path.name
        packages = re.findall(r"^[a-z0-9][\w.-]*==", text, flags=re.M)
        assert len(packages) >= 20
        assert text.count("--hash=sha256:") >= len(packages)
