"""Builds small Android packages for tests, by Debian's own tools, and packages broken on purpose."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

TOOLS = ("aapt", "smali", "zipalign", "apksigner", "keytool")
FRAMEWORK = Path("/usr/share/android-framework-res/framework-res.apk")
HEAD = '<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="kr.example.shop"'


def wants_tools() -> None:
    """Skip the test where the tools that build packages are not installed."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing or not FRAMEWORK.is_file():
        pytest.skip(f"no Android tools ({', '.join(missing) or FRAMEWORK.name}): see tools/system.sh")


def build(
    folder: Path,
    inside: str,
    *,
    head: str = 'android:versionCode="7" android:versionName="1.2"',
    classes: tuple[tuple[str, ...], ...] = (("kr.example.shop.Main",),),
    resources: Mapping[str, str] = {},
    strings: tuple[str, ...] = (),
    signed: bool = False,
) -> Path:
    """An APK whose manifest holds `inside`; classes: names for each DEX file; resources: place under res → text."""
    wants_tools()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "AndroidManifest.xml").write_text(f"{HEAD} {head}>{inside}</manifest>", "utf-8")
    for place, text in resources.items():
        (folder / "res" / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / "res" / place).write_text(text, "utf-8")
    raw = folder / "raw.apk"
    res = ["-S", "res"] if resources else []
    _run(
        folder,
        "aapt",
        "package",
        "-f",
        "-M",
        "AndroidManifest.xml",
        *res,
        "-I",
        str(FRAMEWORK),
        "-F",
        raw.name,
    )
    for number, names in enumerate(classes, 1):
        file = _code(folder, number, names, strings if number == 1 else ())
        _run(folder, "aapt", "add", raw.name, file)
    _run(folder, "zipalign", "-f", "4", raw.name, "app.apk")
    if signed:
        _sign(folder)
    return folder / "app.apk"


def _code(folder: Path, number: int, names: tuple[str, ...], strings: tuple[str, ...]) -> str:
    source = folder / f"smali{number}"
    source.mkdir()
    for at, name in enumerate(names):
        fields = "".join(
            f'.field public static final S{place}:Ljava/lang/String; = "{text}"\n'
            for place, text in enumerate(strings)
        )
        head = f".class public L{name.replace('.', '/')};\n.super Ljava/lang/Object;\n"
        (source / f"{at}.smali").write_text(head + (fields if at == 0 else ""), "utf-8")
    file = f"classes{'' if number == 1 else number}.dex"
    _run(folder, "smali", "assemble", source.name, "-o", file)
    return file


def _sign(folder: Path) -> None:
    word = ["-storepass", "password", "-keypass", "password"]
    _run(
        folder, "keytool", "-genkeypair", "-keystore", "k.jks", "-alias", "a", "-keyalg", "RSA", "-dname", "CN=Test", *word
    )  # fmt: skip
    _run(folder, "apksigner", "sign", "--ks", "k.jks", "--ks-pass", "pass:password", "app.apk")


def _run(folder: Path, *command: str) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, f"{command[0]}: {done.stderr or done.stdout}"
