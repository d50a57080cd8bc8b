"""The process that reads one package: takes its limits, reads, writes one JSON object, ends. Run by `reading`."""

from __future__ import annotations

import importlib
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from mapae.detect.apk.archive import Archive, Broken
from mapae.detect.apk.bundle import Module, modules
from mapae.detect.apk.dex import addresses, class_names

__all__ = ["main", "read_package", "serve"]

_DEX = re.compile(r"(?:^|/)classes\d*\.dex$")
_INNER = re.compile(r"^(?!.*/).*\.apk$|^(?:splits|standalones)/[^/]+\.apk$", re.IGNORECASE)
_CODE, _ALL_CODE, _CODES = 256 << 20, 1 << 30, 200  # bytes of one DEX file, of all; how many
_CLASSES, _HOSTS = 24 << 20, 5_000  # characters of class names; hosts
_NO_CODE: dict[str, Any] = {"classes": "", "class_count": 0, "hosts": [], "dex": 0}
_PACKAGES, _PACKAGE = 60, 1 << 30  # packages inside a bundle that are read; bytes of one


def main(path: str, memory: int, seconds: int) -> None:
    """Read the package at `path` within `memory` bytes and `seconds` of processor time; JSON to standard output."""
    _confine(memory, seconds)
    from loguru import logger

    logger.disable("androguard")
    out = sys.stdout
    sys.stdout = sys.stderr  # a library that prints must not mix with the answer
    with open(path, "rb") as file:  # noqa: PTH123 - a plain handle, sought in and read in pieces
        json.dump(read_package(file), out, ensure_ascii=True, separators=(",", ":"))
    out.flush()


def serve() -> None:
    """Import all that reading needs, then fork for each line of standard input, `[path, memory, seconds, answer's file]`,
    and write the exit code of the fork on a line. Ends with its input."""
    from mapae.detect.apk.manifest import level_of

    level_of("")  # reads the tables of permissions
    for word in ("androguard.core.axml", "lxml.etree", "loguru"):
        importlib.import_module(word)
    for line in sys.stdin:
        path, memory, seconds, answer = json.loads(line)
        child = os.fork()
        if not child:
            _forked(path, memory, seconds, answer)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


def _forked(path: str, memory: int, seconds: int, answer: str) -> None:
    """The forked process: never returns."""
    code = 1
    try:
        out = os.open(answer, os.O_WRONLY | os.O_TRUNC)
        os.dup2(out, 1)
        main(path, memory, seconds)
        code = 0
    finally:
        os._exit(code)


def _confine(memory: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, _PACKAGE),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    sys.setrecursionlimit(1_500)


def read_package(file: IO[bytes]) -> dict[str, Any]:
    """Facts of an APK, or of the APKs in a bundle (XAPK, APKS, APKM); `error` where there are none to tell."""
    archive = None
    try:
        archive = Archive(file)
        return _read(archive) | {"anomalies": archive.anomalies}
    except Broken as error:
        return {"error": str(error), "anomalies": archive.anomalies if archive else []}
    except RecursionError:
        return {"error": "its manifest is nested too deep", "anomalies": archive.anomalies if archive else []}
    except MemoryError:
        return {"error": "it needs more memory than is allowed", "anomalies": []}
    except Exception as error:
        return {"error": f"it cannot be read ({type(error).__name__})", "anomalies": []}


def _read(archive: Archive) -> dict[str, Any]:
    if "AndroidManifest.xml" in archive.members:
        from mapae.detect.apk.manifest import facts

        return {"format": "apk", **facts(archive), **_code(archive)}
    inner = [name for name in archive.members if _INNER.search(name)]
    if inner:
        return _bundle(archive, inner)
    if names := modules(archive):
        return _store_bundle(archive, names)
    raise Broken("it has no AndroidManifest.xml")


def _bundle(archive: Archive, names: list[str]) -> dict[str, Any]:
    """The base package's facts, with permissions, components and classes of every part."""
    from mapae.detect.apk.manifest import facts

    if len(names) > _PACKAGES:
        archive.note(f"{len(names)} packages inside, only the first {_PACKAGES} are read")
    parts: list[dict[str, Any]] = []
    for name in names[:_PACKAGES]:
        try:
            with _inner(archive, name) as part:
                parts.append({"name": name, **facts(part), **_code(part)})
                for anomaly in part.anomalies:
                    archive.note(f"{name[:60]}: {anomaly}")
        except Broken as error:
            archive.note(f"{name[:60]}: {error}")
    if not parts:
        raise Broken("none of the packages inside can be read")
    return {"format": "bundle", **_joined(parts)}


def _store_bundle(archive: Archive, names: list[str]) -> dict[str, Any]:
    """Facts of a bundle for a store (AAB): its base with permissions and components of every module, and all code."""
    from mapae.detect.apk.manifest import facts

    parts: list[dict[str, Any]] = []
    for name in names[:_PACKAGES]:
        try:
            parts.append(
                {"name": name, **facts(Module(archive, name)), **(_NO_CODE if parts else _code(archive))}
            )
        except Broken as error:
            archive.note(f"{name[:60]}: {error}")
    if not parts:
        raise Broken(
            "none of the modules of the app bundle (AAB) can be read; give the APKs that a device gets"
        )
    return {"format": "aab", **_joined(parts)}


@contextmanager
def _inner(archive: Archive, name: str) -> Iterator[Archive]:
    with tempfile.TemporaryFile() as copy:
        for piece in archive.pieces(name, _PACKAGE):
            copy.write(piece)
        yield Archive(copy)


def _joined(parts: list[dict[str, Any]]) -> dict[str, Any]:
    base = next((part for part in parts if not part["split"]), parts[0])
    asked = {item["name"]: item for part in parts for item in part["permissions"]}
    return {
        **{key: value for key, value in base.items() if key != "name"},
        "splits": [part["name"] for part in parts if part is not base],
        "permissions": list(asked.values()),
        "components": [item for part in parts for item in part["components"]],
        "classes": "\n".join(part["classes"] for part in parts if part["classes"]),
        "class_count": sum(part["class_count"] for part in parts),
        "hosts": sorted({host for part in parts for host in part["hosts"]})[:_HOSTS],
        "dex": sum(part["dex"] for part in parts),
    }


def _code(archive: Archive) -> dict[str, Any]:
    """Class names, one a line, without inner classes of a class that is there; hosts named in strings."""
    names: dict[str, None] = {}
    hosts: set[str] = set()
    count = total = held = 0
    for file in [name for name in archive.members if _DEX.search(name)][:_CODES]:
        try:
            code = archive.read(file, min(_CODE, _ALL_CODE - total))
            for name in class_names(code):
                held += len(name) + 1
                if held < _CLASSES:
                    names[name] = None
            hosts.update(addresses(code))
            total, count = total + len(code), count + 1
        except (Broken, ValueError) as error:
            archive.note(f"{file}: {error}")
    if held >= _CLASSES:
        archive.note("too many class names; the first are kept")
    outer = [name for name in names if "$" not in name[1:] or name.partition("$")[0] not in names]
    return {
        "classes": "\n".join(outer),
        "class_count": len(names),
        "hosts": sorted(hosts)[:_HOSTS],
        "dex": count,
    }


if __name__ == "__main__":
    serve() if sys.argv[1] == "--serve" else main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
