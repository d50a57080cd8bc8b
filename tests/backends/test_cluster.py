"""A real Spark cluster on loopback: package and indexes travel to its worker, the findings are those of a local run."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.backends.test_engines import ABSENT

pytestmark = [pytest.mark.slow, pytest.mark.spark, pytest.mark.skipif(bool(ABSENT), reason=f"no {ABSENT}")]
MAPAE = str(Path(sys.executable).with_name("mapae"))
LINES = "listing_id,seller_id,title,price\na,s1,나이키 레플리카 운동화 미러급,1\nb,s2,lamp,3\nc,s3,vape pod 50mg,2\n"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def spark_class(log: Path, *words: str) -> Iterator[None]:
    """A daemon of Spark, ended by its own number."""
    import pyspark

    root = Path(str(pyspark.__file__)).parent
    with log.open("wb") as out:
        env = os.environ | {"SPARK_LOCAL_IP": "127.0.0.1"}
        command = [str(root / "bin" / "spark-class"), *words]
        process = subprocess.Popen(command, stdout=out, stderr=out, env=env, cwd=log.parent)
        try:
            yield
        finally:
            process.terminate()
            process.wait(30)


def until(log: Path, words: str, seconds: float = 400) -> None:
    """Wait until the log says so."""
    end = time.monotonic() + seconds
    while words not in log.read_text("utf-8", "replace"):
        assert time.monotonic() < end, log.read_text("utf-8", "replace")[-2000:]
        time.sleep(0.2)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[str]:
    where = f"spark://127.0.0.1:{(port := free_port())}"
    deploy, log = "org.apache.spark.deploy", tmp_path / "master.log"
    with spark_class(
        log, f"{deploy}.master.Master", *f"--host 127.0.0.1 --port {port} --webui-port 0".split()
    ):
        until(log, "I have been elected leader")
        options = (
            f"--host 127.0.0.1 --webui-port 0 --cores 1 --memory 1g --work-dir {tmp_path / 'work'} {where}"
        )
        with spark_class(tmp_path / "worker.log", f"{deploy}.worker.Worker", *options.split()):
            until(tmp_path / "worker.log", "Successfully registered with master")
            yield where


@pytest.mark.timeout(600)
def test_a_cluster_is_sent_package_and_indexes_and_finds_the_same(cluster, tmp_path):
    (tmp_path / "a.csv").write_text(LINES, "utf-8")
    for name, more in (("here", {}), ("there", {"MASTER": cluster})):
        engine = "spark" if more else "local"
        command = [MAPAE, "screen", "a.csv", "--engine", engine, "--out", name, "--no-progress"]
        env = os.environ | {"MAPAE_HOME": str(tmp_path / "home"), "SPARK_LOCAL_IP": "127.0.0.1"} | more
        subprocess.run(command, cwd=tmp_path, env=env, check=True, capture_output=True, timeout=500)
    here, there = (pq.read_table(tmp_path / name / "findings.parquet") for name in ("here", "there"))
    assert here.num_rows >= 2
    assert there.equals(here)
    sent = {path.suffix for path in (tmp_path / "work").glob("*/*/*")}
    assert {".zip", ".bin"} <= sent
