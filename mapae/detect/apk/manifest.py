"""The manifest's facts: who the app is, what it asks for, what it leaves open to other apps."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from mapae.detect.apk.archive import Members
from mapae.detect.apk.binary import children, said, tree, whole
from mapae.detect.apk.network import cleartext
from mapae.detect.apk.resources import Resources

__all__ = ["facts"]

MANIFEST = "AndroidManifest.xml"
_LIMIT = 16 << 20
_MOST = 5_000  # permissions, components and features that are told
_ASKED = ("uses-permission", "uses-permission-sdk-23", "uses-permission-sdk-m")
_COMPONENTS = ("activity", "activity-alias", "service", "receiver", "provider")
_CODENAMES = dict(
    M=23, N=24, O=26, P=28, Q=29, R=30, S=31, Sv2=32, Tiramisu=33, UpsideDownCake=34, VanillaIceCream=35, Baklava=36
)  # fmt: skip
_LEVELS = (36, 33, 28, 22, 15)  # Android's own permissions by release, the latest first


def facts(archive: Members) -> dict[str, Any]:
    """What the manifest says. Broken where it is absent or cannot be read."""
    root = tree(archive.read(MANIFEST, _LIMIT))
    if root.tag != "manifest":
        archive.note(f"the manifest's first element is <{str(root.tag)[:40]}>")
    resources = Resources(archive)
    application = next(children(root, "application"), None)
    sdk = _versions(root, resources)
    found: dict[str, Any] = {
        "package": root.get("package") or "",
        "split": root.get("split"),
        "version_name": resources.value(said(root, "versionName")),
        "version_code": said(root, "versionCode"),
        "compile_sdk": said(root, "compileSdkVersion"),
        **sdk,
        "permissions": list(_permissions(root)),
        "features": [
            {
                "name": said(item, "name") or "",
                "required": resources.truth(said(item, "required")) is not False,
            }
            for item in [*children(root, "uses-feature")][:_MOST]
        ],
        "queries_all_packages": any(
            said(item, "name") == "android.permission.QUERY_ALL_PACKAGES" for item in children(root, *_ASKED)
        ),
    }
    return found | _application(archive, application, resources, sdk["target_sdk"])


def _application(archive: Members, application: Any, resources: Resources, target: int) -> dict[str, Any]:
    """Of the application element; what Android takes for granted where there is none."""
    if application is None:
        application = tree(b"<application/>")
    return {
        "label": resources.value(said(application, "label")),
        "debuggable": resources.truth(said(application, "debuggable")) is True,
        "test_only": resources.truth(said(application, "testOnly")) is True,
        "allow_backup": resources.truth(said(application, "allowBackup")) is not False,
        "cleartext": cleartext(archive, resources, application, target),
        "components": [_component(item, resources, target) for item in children(application, *_COMPONENTS)][:_MOST],
    }  # fmt: skip


def _versions(root: Any, resources: Resources) -> dict[str, int]:
    """Least and target release; Android takes 1 where neither is said, and the least one as target."""
    least, target = 1, 0
    for item in children(root, "uses-sdk"):
        least = _release(resources.value(said(item, "minSdkVersion"))) or least
        target = _release(resources.value(said(item, "targetSdkVersion"))) or target
    return {"min_sdk": least, "target_sdk": target or least}


def _release(text: str | None) -> int | None:
    if text is None:
        return None
    number = whole(text)
    return number if number is not None and 0 < number < 100_000 else _CODENAMES.get(text.strip())


def _permissions(root: Any) -> Iterator[dict[str, Any]]:
    """Each permission asked for once, in order, with its level: the app's own word on its own ones."""
    own = {said(item, "name"): _level(said(item, "protectionLevel")) for item in children(root, "permission")}
    seen: set[str] = set()
    for item in children(root, *_ASKED):
        name = (said(item, "name") or "").strip()
        if name and name not in seen and len(seen) < _MOST:
            seen.add(name)
            level = own.get(name) or level_of(name)
            last = said(item, "maxSdkVersion")
            until = str(_release(last) or last) if last else None
            yield {"name": name, "level": level, "until": until, "own": name in own}


def _level(text: str | None) -> str:
    """A level as a word: in a compiled manifest it is a number, its low four bits say which."""
    if text is None:
        return "normal"
    if not text.startswith("0x") and not text.isdecimal():
        return text
    number = int(text, 0) & 0xF
    return ("normal", "dangerous", "signature", "signature|privileged", "internal")[min(number, 4)]


def level_of(name: str) -> str:
    """Protection level of one of Android's permissions, empty where no release has it."""
    return next((table[name] for table in map(_released, _LEVELS) if name in table), "")


@cache
def _released(release: int) -> dict[str, str]:
    from androguard.core.api_specific_resources import load_permissions

    return {name: str(row["protectionLevel"]) for name, row in load_permissions(release).items()}


def _component(item: Any, resources: Resources, target: int) -> dict[str, Any]:
    """A component and whether other apps may call it: said, or taken from its filters (providers: by release)."""
    kind = item.tag.rpartition("}")[2]
    word = resources.truth(said(item, "exported"))
    filters = list(children(item, "intent-filter"))
    if word is not None:
        exported, why = word, "attribute"
    elif kind == "provider":
        exported, why = target < 17, "default"
    else:
        exported, why = bool(filters), "filter"
    return {
        "kind": kind,
        "name": said(item, "name") or "",
        "exported": exported,
        "why": why,
        "permission": said(item, "permission"),
        "launcher": any(
            said(category, "name") == "android.intent.category.LAUNCHER"
            for one in filters
            for category in children(one, "category")
        ),
    }
