"""App, store label and policy side by side: what one says or does and another leaves out or denies, both ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mapae.measures.privacy.apps_label import Label
from mapae.measures.privacy.apps_policy import Notice, Told
from mapae.measures.privacy.apps_subject import App
from mapae.measures.privacy.segments import segments
from mapae.model.finding import Finding, Reason

__all__ = ["contradictions"]

_NOWHERE = Told()


def contradictions(app: App) -> Iterator[Finding]:
    """Findings `app-label:KIND`, `app-policy:KIND`, `label-policy:KIND`, `policy-label:KIND`, `label-app:KIND`,
    `policy-app:KIND`: the first says or does what the second lacks or denies."""
    compared = _Compared(app)
    told: set[tuple[str, str, int]] = set()
    for kind in app.rules.kinds:
        if app.rules.kinds[kind].get("quiet"):
            continue
        for finding in compared.kind(kind):
            sort, first = finding.reference_id.partition(":")[0], finding.reasons[0]
            said = sort, first.field, first.start
            if kind in app.rules.table["alike"] and first.field != "apk" and said in told:
                continue
            told.add(said)
            yield finding
    yield from compared.encryption()
    yield from compared.sharing()


@dataclass(frozen=True)
class _Compared:
    app: App

    @cached_property
    def label(self) -> Label | None:
        return self.app.label

    @cached_property
    def notice(self) -> Notice | None:
        return self.app.notice

    def kind(self, kind: str) -> Iterator[Finding]:
        """Contradictions on one kind of data."""
        evidence = self.evidence(kind)
        if self.label is not None and evidence and kind not in self.label.declared:
            yield self._app_label(kind, evidence)
        if self.notice is not None:
            yield from self._policy(kind, evidence, self.notice.kinds.get(kind, _NOWHERE))
        if not evidence and self.readable and kind in self.app.rules.table["needs"]:
            yield from self._not_asked(kind)

    @cached_property
    def readable(self) -> bool:
        """Whether there is a package that was read."""
        return bool(self.app.facts) and "error" not in self.app.facts

    def evidence(self, kind: str) -> list[Reason]:
        """That the app reaches the kind: permissions, then trackers."""
        asked = [
            self.app.fact(name, kind, f"the app asks for it and can reach: {self.app.rules.name(kind)}")
            for name in self.app.reached.get(kind, ())
        ]
        return asked + [
            self.app.fact(
                seen.value, seen.tracker.name, f"a tracker in the app takes: {self.app.rules.name(kind)}"
            )
            for seen in self.app.tracked.get(kind, ())[:5]
        ]

    def _app_label(self, kind: str, evidence: list[Reason]) -> Finding:
        said = (
            "the store label declares no data at all"
            if self.label and self.label.empty
            else "the store label does not declare it"
        )
        return self.app.finding(
            f"app-label:{kind}", "medium", "NET 22-2", [*evidence, self.app.declared((0, 0), kind, said)]
        )

    def _policy(self, kind: str, evidence: list[Reason], told: Told) -> Iterator[Finding]:
        app = self.app
        if evidence and told.denied is not None:
            said = app.quote(told.denied, kind, "the policy denies it")
            yield app.finding(f"app-policy:{kind}", "high", "PIPA 30", [*evidence, said])
        elif evidence and told.told is None:
            said = app.quote(None, kind, "the policy does not speak of it")
            yield app.finding(f"app-policy:{kind}", "medium", "PIPA 30", [*evidence, said])
        if self.label is None:
            return
        declared = self.label.declared.get(kind)
        if declared is not None and (told.denied is not None or told.told is None):
            says = "the policy denies it" if told.denied else "the policy does not speak of it"
            reasons = [
                app.declared(declared, kind, "the store label declares it"),
                app.quote(told.denied, kind, says),
            ]
            yield app.finding(f"label-policy:{kind}", "high" if told.denied else "medium", "PIPA 30", reasons)
        elif declared is None and told.told is not None and told.denied is None:
            reasons = [
                app.quote(told.told, kind, "the policy says that it is used"),
                app.declared((0, 0), kind, "the store label does not declare it"),
            ]
            yield app.finding(f"policy-label:{kind}", "low", "PIPA 30", reasons)

    def _not_asked(self, kind: str) -> Iterator[Finding]:
        """Said to be taken, while the app asks for no permission that reaches it."""
        app = self.app
        lacks = Reason("apk", 0, 0, "", kind, "the app asks for no permission that reaches it")
        if self.label is not None and kind in self.label.declared:
            told = app.declared(self.label.declared[kind], kind, "the store label declares it")
            yield app.finding(f"label-app:{kind}", "low", "PIPA 30", [told, lacks])
        said = self.notice.kinds.get(kind, _NOWHERE) if self.notice else _NOWHERE
        if said.told is not None and said.denied is None:
            told = app.quote(said.told, kind, "the policy says that it is used")
            yield app.finding(f"policy-app:{kind}", "info", "PIPA 30", [told, lacks])

    def encryption(self) -> Iterator[Finding]:
        """Label or policy promise encryption on the way; the app may send in clear."""
        app = self.app
        if not self.readable or not app.clear:
            return
        clear = app.clear_traffic("the app may send in clear")
        if self.label is not None and self.label.encrypted:
            said = app.declared(
                self.label.encryption, "encryption", "the store label says that data are encrypted in transit"
            )
            yield app.finding("label-app:encryption", "medium", "PIPD 30", [said, clear])
        pattern = re.compile("|".join(app.rules.table["encrypts"]))
        cut = segments(app.policy, re.compile(r"(?!)")) if app.policy else ()
        place = next((item for item in cut if pattern.search(item.text)), None)
        if place is not None:
            said = app.quote(place, "encryption", "the policy says that data are encrypted on their way")
            yield app.finding("policy-app:encryption", "medium", "PIPD 30", [said, clear])

    def sharing(self) -> Iterator[Finding]:
        """Trackers of others are in the app; the label declares that nothing is shared."""
        app = self.app
        if self.label is None or self.label.shared or not app.tracked:
            return
        seen = {item.tracker.name: item for items in app.tracked.values() for item in items}
        told = [
            app.fact(item.value, name, "a tracker of another firm is in the app")
            for name, item in seen.items()
        ]
        lacks = app.declared((0, 0), "sharing", "the store label declares no data as shared")
        yield app.finding("app-label:sharing", "low", "PIPA 30", [*told[:20], lacks])
