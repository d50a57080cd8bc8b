"""What an app's package shows by itself: permissions with their data, trackers, safety of what it sends and leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mapae.measures.privacy.apps_subject import App
from mapae.model.finding import Finding, Reason, Severity

__all__ = ["package_findings"]

_SHOWN = 60  # reasons of one finding
_GRAVE = frozenset({"sms", "call_log", "screen", "body_sensors"})


def package_findings(app: App) -> Iterator[Finding]:
    """Findings on the package of the record; a single one where it cannot be read, none where there is no package."""
    if not app.facts:
        return
    if "error" in app.facts:
        said = str(app.facts["error"])
        yield app.finding(
            "app:unreadable", "medium", "NET 22-2", [app.member("error", "unreadable", said), *_oddities(app)]
        )
        return
    yield _facts(app)
    if app.permissions:
        every = [app.fact(item["name"], item["name"], _level(item)) for item in app.permissions]
        yield app.finding("app:permissions", "info", "NET 22-2", every)
    yield from _permissions(app)
    yield from _services(app)
    yield from _trackers(app)
    if not app.facts.get("split"):  # a split leaves to its base what it does not say
        yield from _safety(app)
        yield from _releases(app)
    if odd := list(_oddities(app)):
        yield app.finding("app:anomalies", "low", "PIPA 29", odd)


def _facts(app: App) -> Finding:
    keys = (
        "package",
        "version_name",
        "version_code",
        "min_sdk",
        "target_sdk",
        "compile_sdk",
        "format",
        "class_count",
    )
    told = [
        app.member(key, f"{key}:{app.facts[key]}", key.replace("_", " "))
        for key in keys
        if app.facts.get(key)
    ]
    return app.finding("app:facts", "info", "NET 22-2", told or [app.member("format", "format", "format")])


def _level(item: Mapping[str, Any]) -> str:
    level = str(item.get("level") or "") or "no permission of Android's own"
    return f"protection level: {level}"


def _permissions(app: App) -> Iterator[Finding]:
    """One finding for each permission that reaches data or that a user must grant."""
    for item in app.permissions:
        kind = app.rules.kind_of(item["name"])
        if not kind and not app.granted(item):
            continue
        data = f"it reaches: {app.rules.name(kind)}" if kind else "it reaches functions of the device"
        reason = app.fact(item["name"], kind or "function", f"{_level(item)}; {data}")
        yield app.finding(f"permission:{item['name']}", _severity(app, item, kind), "NET 22-2", [reason])


def _services(app: App) -> Iterator[Finding]:
    """Services that the system lets see other apps' content once a user turns them on."""
    for name, kind in app.services:
        said = f"a service that users turn on in the settings; it reaches: {app.rules.name(kind)}"
        yield app.finding(f"service:{name}", "medium", "NET 22-2", [app.fact(name, kind, said)])


def _severity(app: App, item: Mapping[str, Any], kind: str) -> Severity:
    if not app.granted(item) or (kind and app.rules.kinds[kind].get("quiet")):
        return "info"
    background = item["name"].endswith(("_BACKGROUND_LOCATION", "_SENSORS_BACKGROUND"))
    return "medium" if kind in _GRAVE or background else "low"


def _trackers(app: App) -> Iterator[Finding]:
    for seen in app.trackers:
        what = ", ".join(seen.tracker.categories) or "no category"
        where = "a class of it is in the code" if seen.by == "class" else "its address is in the code"
        score = 1.0 if seen.by == "class" else 0.5
        reason = app.fact(seen.value, seen.tracker.name, f"{where}; tracker: {what}", score)
        if seen.by == "class":
            at = app.apk.find(seen.value)
            reason = Reason(
                "apk", at, at + len(seen.value), seen.value, seen.tracker.name, reason.detail, score
            )
        severity: Severity = "low" if seen.by == "class" else "info"
        sort = "tracker" if seen.by == "class" else "tracker-address"
        yield app.finding(f"{sort}:{seen.tracker.name}", severity, "PIPA 30", [reason], score)


def _safety(app: App) -> Iterator[Finding]:
    facts = app.facts
    traffic = facts.get("cleartext") or {}
    if app.clear:
        said = f"data may be sent in clear; said by: {traffic.get('why')}"
        yield app.finding("app:cleartext", "medium", "PIPD 30", [app.clear_traffic(said)])
    open_ones = [item for item in traffic.get("domains") or () if item.get("allowed")]
    if open_ones:
        told = [
            app.fact(item["domain"], "cleartext", "data may be sent in clear to this domain")
            for item in open_ones[:_SHOWN]
        ]
        yield app.finding("app:cleartext_domains", "low", "PIPD 30", told)
    if traffic.get("user_certificates"):
        said = "certificates that a user installs are trusted"
        yield app.finding(
            "app:user_certificates", "low", "PIPD 30", [app.member("cleartext", "certificates", said)]
        )
    if facts.get("debuggable"):
        said = "the app can be debugged: its data can be read on the device"
        yield app.finding("app:debuggable", "high", "PIPA 29", [app.member("debuggable", "debuggable", said)])
    if facts.get("allow_backup"):
        said = "its data may be copied by a backup"
        yield app.finding("app:backup", "info", "PIPA 29", [app.member("allow_backup", "allow_backup", said)])
    yield from _exported(app)


def _exported(app: App) -> Iterator[Finding]:
    """Components that any other app may call; the one that opens the app is none."""
    parts = [item for item in app.facts.get("components") or () if isinstance(item, dict)]
    bare = [
        item
        for item in parts
        if item.get("exported") and not item.get("permission") and not item.get("launcher")
    ]
    if bare:
        told = [
            app.fact(
                str(item.get("name")), str(item.get("kind")), f"{item.get('kind')} open to every other app"
            )
            for item in bare[:_SHOWN]
        ]
        yield app.finding("app:exported", "low", "PIPA 29", told)


def _releases(app: App) -> Iterator[Finding]:
    """The target release against what the law takes for granted (a question at each access) and the store's floor."""
    target = app.facts.get("target_sdk")
    if not isinstance(target, int):
        return
    if target < app.rules.table["asked_at_use"]:
        said = "users cannot refuse single accesses: all are granted on installation"
        yield app.finding(
            "app:target_sdk", "medium", "NETD 9-2", [app.member("target_sdk", f"target_sdk:{target}", said)]
        )
        return
    floors = [row["least"] for row in app.rules.table["targets"] if row["from"] <= app.rules.as_of]
    low = bool(floors) and target < floors[-1]
    said = f"below {floors[-1]} the store's floor for new versions" if low else "target release of Android"
    severity: Severity = "low" if low else "info"
    yield app.finding(
        "app:target_sdk", severity, "PIPA 29", [app.member("target_sdk", f"target_sdk:{target}", said)]
    )


def _oddities(app: App) -> Iterator[Reason]:
    for said in list(app.facts.get("anomalies") or ())[:_SHOWN]:
        yield app.fact(str(said), "anomaly", "sound packages do not have this")
