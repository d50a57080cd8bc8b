"""Broken and hostile packages: each ends in a sentence, within bounds, and the process that asked goes on."""

from __future__ import annotations

import io
import os
import random
import struct
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mapae.detect.apk import Limits, inspect
from tests.packages import build

QUICK = Limits(memory=1 << 30, processor=20, wall=60)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    inside = (
        '<uses-sdk android:minSdkVersion="21" android:targetSdkVersion="33"/>'
        '<uses-permission android:name="android.permission.CAMERA"/>'
        '<application android:label="@string/name"><activity android:name=".Main" android:exported="true"/></application>'
    )
    values = '<resources><string name="name">shop</string></resources>'
    return build(tmp_path_factory.mktemp("sound"), inside, resources={"values/v.xml": values})


def _zip(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name.replace("__", "/").replace("_", "."), data)
    return path


def _said(path: Path) -> str:
    return inspect(path, QUICK)["error"]


def test_what_is_no_archive_is_said_to_be_none(tmp_path, sound):
    for name, data in {"empty": b"", "text": b"hello", "cut": sound.read_bytes()[:-400]}.items():
        file = tmp_path / f"{name}.apk"
        file.write_bytes(data)
        assert "no whole ZIP archive" in _said(file)


def test_a_package_that_is_not_there_is_said_so(tmp_path):
    assert "cannot be opened" in _said(tmp_path / "none.apk")


def test_a_folder_and_a_pipe_are_no_files(tmp_path):
    (tmp_path / "a.apk").mkdir()
    os.mkfifo(tmp_path / "b.apk")
    assert [_said(tmp_path / name) for name in ("a.apk", "b.apk")] == ["it is no file"] * 2


def test_an_archive_without_a_manifest_and_a_broken_app_bundle_are_told_apart(tmp_path):
    assert _said(_zip(tmp_path / "a.apk", classes_dex=b"dex")) == "it has no AndroidManifest.xml"
    bundle = _zip(tmp_path / "b.aab", base__manifest__AndroidManifest_xml=b"\x0a")
    assert "app bundle" in _said(bundle)


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"\x00" * 200,
        b"\x03\x00\x08\x00" + struct.pack("<I", 1 << 31),
        b"\x03\x00\x08\x00\x40\x00\x00\x00" + (b"\x02\x01\x10\x00" + struct.pack("<I", 0)) * 8,
        b"\x03\x00\x08\x00\x40\x00\x00\x00\x01\x00\x1c\x00\xff\xff\xff\x7f" + b"\xff" * 64,
        b"<manifest><a>" * 50_000,
        b"<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;'>]><manifest package='&c;'/>" * 2,
    ],
    ids=["empty", "zeros", "claims two gigabytes", "chunks of no length", "endless pool", "deep", "entities"],
)
def test_a_bad_manifest_ends_in_a_sentence(manifest, tmp_path):
    assert _said(_zip(tmp_path / "a.apk", AndroidManifest_xml=manifest))


def test_a_bomb_is_not_unpacked(tmp_path):
    assert "more than 16 MiB" in _said(_zip(tmp_path / "a.apk", AndroidManifest_xml=bytes(20 << 20)))


def test_too_little_memory_ends_in_a_sentence(tmp_path, sound):
    large = tmp_path / "large.apk"
    large.write_bytes(sound.read_bytes())
    with zipfile.ZipFile(large, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("classes9.dex", bytes(200 << 20))
    assert inspect(large, Limits(memory=160 << 20))["error"] == "it needs more memory than is allowed"
    assert "error" not in inspect(large, Limits())


def test_too_little_time_ends_in_a_sentence(sound):
    assert "longer than" in inspect(sound, Limits(wall=0))["error"]


def _changed(sound: Path, member: str, local: dict[int, bytes], central: dict[int, bytes]) -> bytes:
    """The package with bytes of a member's local header and of its directory entry replaced, by offset."""
    data = bytearray(sound.read_bytes())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as file:
        start = file.getinfo(member).header_offset
    entry = data.find(b"PK\x01\x02")
    while data[entry + 46 : entry + 46 + len(member)] != member.encode():
        entry = data.find(b"PK\x01\x02", entry + 1)
    for at, changes in ((start, local), (entry, central)):
        for offset, new in changes.items():
            data[at + offset : at + offset + len(new)] = new
    return bytes(data)


TRICKS = {
    "marked as encrypted": ({6: b"\x01\x00"}, {8: b"\x01\x00"}),
    "wrong checksum": ({14: b"\0\0\0\0"}, {16: b"\0\0\0\0"}),
    "claims two gigabytes": ({22: b"\xff\xff\xff\x7f"}, {24: b"\xff\xff\xff\x7f"}),
    "another name in its header": ({30: b"X"}, {}),
    "a version nobody knows": ({4: b"\xff\xff"}, {4: b"\xff\x00", 6: b"\x3f\x00"}),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_tricks_that_installers_overlook_hide_nothing(trick, sound, tmp_path):
    file = tmp_path / "a.apk"
    file.write_bytes(_changed(sound, "AndroidManifest.xml", *TRICKS[trick]))
    found = inspect(file, QUICK)
    assert found["package"] == "kr.example.shop"
    assert [item["name"] for item in found["permissions"]] == ["android.permission.CAMERA"]
    if trick in ("marked as encrypted", "wrong checksum"):
        assert any(trick in said for said in found["anomalies"])


def _damaged(data: bytes, random_: random.Random) -> bytes:
    if random_.random() < 0.3:
        return data[: random_.randrange(len(data))]
    changed = bytearray(data)
    for _ in range(random_.choice((1, 4, 32))):
        changed[random_.randrange(len(changed))] ^= 1 << random_.randrange(8)
    return bytes(changed)


def _repacked(sound: Path, random_: random.Random) -> bytes:
    """A whole archive around a damaged manifest, table or code: damage that a checksum would not tell."""
    out = io.BytesIO()
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, _damaged(data, random_) if data and random_.random() < 0.6 else data)
    return out.getvalue()


def _fuzz(sound: Path, folder: Path, count: int) -> list[dict]:
    random_ = random.Random(count)
    files = []
    for number in range(count):
        path = folder / f"{number}.apk"
        path.write_bytes(_repacked(sound, random_) if number % 2 else _damaged(sound.read_bytes(), random_))
        files.append(path)
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda path: inspect(path, QUICK), files))


def _ended(found: dict) -> bool:
    return bool(found.get("error")) or isinstance(found["permissions"], list)


def test_damaged_packages_end_in_an_answer(sound, tmp_path):
    assert all(map(_ended, _fuzz(sound, tmp_path, 10)))


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_a_thousand_damaged_packages_end_in_an_answer(sound, tmp_path):
    assert all(map(_ended, _fuzz(sound, tmp_path, 1_000)))
