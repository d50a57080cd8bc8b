"""The process that reads packages stays warm, and is replaced when it is stopped or ends."""

from __future__ import annotations

import os

from mapae.detect.apk import Limits, inspect, reading


def broken(tmp_path):
    file = tmp_path / "a.apk"
    file.write_bytes(b"no package")
    return file


def test_one_process_serves_one_package_after_another(tmp_path):
    file = broken(tmp_path)
    first = inspect(file)
    kept = {reader.pid for reader in reading._idle}
    assert inspect(file) == first and "no whole ZIP archive" in first["error"]
    assert {reader.pid for reader in reading._idle} == kept


def test_a_reader_that_is_gone_is_replaced(tmp_path):
    file = broken(tmp_path)
    first = inspect(file)
    for reader in list(reading._idle):
        os.kill(reader.pid, 9)
        reader.wait()
    assert inspect(file) == first


def test_a_reader_that_does_not_answer_in_time_is_thrown_away(tmp_path):
    file = broken(tmp_path)
    inspect(file)
    before = {reader.pid for reader in reading._idle}
    assert "longer than" in inspect(file, Limits(wall=0))["error"]
    assert len({reader.pid for reader in reading._idle} & before) == len(before) - 1
