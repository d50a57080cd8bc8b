"""App bundles as sent to a store (AAB), built by aapt2: what their manifests, values and rules of the network say."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapae.detect.apk import inspect
from mapae.detect.apk.child import read_package
from tests.packages import FRAMEWORK, HEAD

BASE = (
    '<uses-sdk android:minSdkVersion="23" android:targetSdkVersion="33"/>'
    '<uses-permission android:name="android.permission.CAMERA"/>'
    '<uses-permission-sdk-23 android:name="android.permission.READ_CONTACTS" android:maxSdkVersion="30"/>'
    '<permission android:name="kr.example.shop.OWN" android:protectionLevel="signature"/>'
    '<application android:label="@string/name" android:debuggable="@bool/yes" android:networkSecurityConfig="@xml/rules">'
    '<activity android:name=".Main"><intent-filter><action android:name="android.intent.action.MAIN"/>'
    '<category android:name="android.intent.category.LAUNCHER"/></intent-filter></activity></application>'
)
MAPS = '<uses-permission android:name="android.permission.ACCESS_FINE_LOCATION"/><application/>'
RESOURCES = {
    "values/v.xml": '<resources><string name="name">상점</string><bool name="yes">true</bool></resources>',
    "values-en/v.xml": '<resources><string name="name">Shop</string></resources>',
    "xml/rules.xml": '<network-security-config><base-config cleartextTrafficPermitted="true"/>'
    '<domain-config cleartextTrafficPermitted="false"><domain>pay.example.kr</domain></domain-config>'
    "</network-security-config>",
}


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("aapt2") is None or not FRAMEWORK.is_file():
        pytest.skip("no aapt2: see tools/system.sh")
    folder = tmp_path_factory.mktemp("aab")
    with zipfile.ZipFile(folder / "app.aab", "w", zipfile.ZIP_DEFLATED) as packed:
        for module, head, inside in (("base", "", BASE), ("maps", 'split="maps"', MAPS)):
            linked = _linked(folder / module, head, inside, RESOURCES if module == "base" else {})
            with zipfile.ZipFile(linked) as parts:
                for name in parts.namelist():
                    place = f"manifest/{name}" if name == "AndroidManifest.xml" else name
                    packed.writestr(f"{module}/{place}", parts.read(name))
    return folder / "app.aab"


def _linked(folder: Path, head: str, inside: str, resources: dict[str, str]) -> Path:
    """What aapt2 makes of a module in the protocol buffers of bundles."""
    (folder / "res").mkdir(parents=True)
    (folder / "AndroidManifest.xml").write_text(
        f'{HEAD} android:versionCode="7" {head}>{inside}</manifest>', "utf-8"
    )
    for place, text in resources.items():
        (folder / "res" / place).parent.mkdir(exist_ok=True)
        (folder / "res" / place).write_text(text, "utf-8")
    _run(folder, "aapt2", "compile", "--dir", "res", "-o", "res.zip")
    link = (
        "aapt2",
        "link",
        "--proto-format",
        "-I",
        str(FRAMEWORK),
        "--manifest",
        "AndroidManifest.xml",
        "-o",
        "out.apk",
    )
    _run(folder, *link, "res.zip")
    return folder / "out.apk"


def _run(folder: Path, *command: str) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_bundle_tells_what_its_packages_would(bundle: Path) -> None:
    told = inspect(bundle)
    assert (told["format"], told["package"], told["version_code"]) == ("aab", "kr.example.shop", "7")
    assert (told["min_sdk"], told["target_sdk"], told["label"], told["debuggable"]) == (23, 33, "상점", True)
    assert [
        (item["name"], item["level"].partition("|")[0], item["until"]) for item in told["permissions"]
    ] == [
        ("android.permission.CAMERA", "dangerous", None),
        ("android.permission.READ_CONTACTS", "dangerous", "30"),
        ("android.permission.ACCESS_FINE_LOCATION", "dangerous", None),
    ]
    assert told["cleartext"]["allowed"] and told["cleartext"]["why"] == "config"
    assert told["cleartext"]["domains"] == [{"domain": "pay.example.kr", "allowed": False}]
    assert [(item["name"], item["exported"], item["launcher"]) for item in told["components"]] == [
        (".Main", True, True)
    ]
    assert told["splits"] == ["maps"] and told["anomalies"] == []


@settings(max_examples=60, deadline=None)
@given(at=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255), cut=st.booleans())
def test_a_damaged_bundle_ends_in_facts_or_a_sentence(bundle: Path, at: float, flip: int, cut: bool) -> None:
    damaged = io.BytesIO()
    with zipfile.ZipFile(bundle) as whole, zipfile.ZipFile(damaged, "w") as packed:
        for name in whole.namelist():
            data = bytearray(whole.read(name))
            if name.endswith((".xml", ".pb")):
                place = int(at * len(data))
                data[place] ^= flip
                data = data[:place] if cut else data
            packed.writestr(name, bytes(data))
    told = read_package(damaged)
    assert "package" in told or not told["error"].startswith("it cannot be read (")
