"""The notice of access permissions (Network Act 22-2(1)): what is told, required and optional apart, the right to refuse."""

from __future__ import annotations

from collections.abc import Iterator

from mapae.measures.privacy.apps_policy import Notice
from mapae.measures.privacy.apps_subject import App
from mapae.model.finding import Finding

__all__ = ["access_findings"]


def access_findings(app: App) -> Iterator[Finding]:
    """Findings `access:…` on the document that goes with the app; none without a document or without such accesses."""
    if app.notice is None or not app.reached:
        return
    if app.notice.access is None and app.notice.required is None and app.notice.optional is None:
        lacks = app.quote(None, "notice", "the document tells nothing of access permissions")
        asked = [
            app.fact(name, kind, "the app asks for it")
            for kind, names in app.reached.items()
            for name in names
        ]
        yield app.finding("access:no_notice", "low", "NET 22-2", [lacks, *asked[:30]])
        return
    yield from _told(app, app.notice)
    yield from _apart(app, app.notice)


def _told(app: App, notice: Notice) -> Iterator[Finding]:
    """Each kind that the app reaches: told as required or optional, or not told at all."""
    listed = []
    for kind, names in app.reached.items():
        said = notice.kinds[kind]
        asked = [app.fact(name, kind, "the app asks for it") for name in names]
        if said.told is None:
            lacks = app.quote(said.denied, kind, "the notice of access permissions does not name it")
            yield app.finding(f"access:{kind}", "medium", "NET 22-2", [*asked, lacks])
        elif said.access:
            listed.append(app.quote(said.told, f"{kind}:{said.access}", f"told as {said.access} access"))
            yield from _feature(app, kind, said.access)
    if listed:
        yield app.finding("access:told", "info", "NET 22-2", listed)


def _feature(app: App, kind: str, access: str) -> Iterator[Finding]:
    """Told as required, though the manifest says that the app works without the hardware."""
    wanted = app.rules.table["features"].get(kind)
    for item in app.facts.get("features") or ():
        if access == "required" and wanted and item.get("name") == wanted and item.get("required") is False:
            reasons = [
                app.quote(
                    app.notice.kinds[kind].told if app.notice else None, kind, "told as required access"
                ),
                app.fact(wanted, kind, "the manifest says that the app works without it"),
            ]
            yield app.finding(f"access:{kind}:not_required", "low", "NET 22-2", reasons)


def _apart(app: App, notice: Notice) -> Iterator[Finding]:
    marked = {said.access for said in notice.kinds.values()} - {""}
    if not marked and notice.required is None and notice.optional is None:
        lacks = app.quote(notice.access, "apart", "required and optional access are not told apart")
        yield app.finding("access:not_apart", "medium", "NET 22-2", [lacks])
    elif (notice.optional is not None or "optional" in marked) and notice.refusal is None:
        lacks = app.quote(notice.optional, "refusal", "it is not told that optional access may be refused")
        yield app.finding("access:refusal", "medium", "NET 22-2", [lacks])
