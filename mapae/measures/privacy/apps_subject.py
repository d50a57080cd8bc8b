"""An app record opened: what its package, label and policy say, and how a reason points into them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import orjson

from mapae.contract import Row
from mapae.measures.privacy.apps_label import Label, read_label
from mapae.measures.privacy.apps_policy import Notice, read_told
from mapae.measures.privacy.apps_trackers import Seen, Signatures
from mapae.measures.privacy.segments import Segment
from mapae.model.finding import Finding, Reason, Severity

__all__ = ["App", "Rules"]

KEY, MEASURE = "privacy.app", "privacy"
_QUOTE = 200  # characters of a sentence that are shown
_OWN = "android.permission."


@dataclass(frozen=True)
class Rules:
    """What the check knows: table and kinds of the pack, the user's signatures, dates of provisions, the as-of day."""

    table: Mapping[str, Any]
    kinds: Mapping[str, Any]
    signatures: Signatures | None
    dated: Mapping[str, date | None]
    as_of: date

    @cached_property
    def reached_by(self) -> Mapping[str, str]:
        """Full permission name → kind of data."""
        own: dict[str, str] = {
            _OWN + name: kind for kind, names in self.table["permissions"].items() for name in names
        }
        return own | dict(self.table["named"])

    def kind_of(self, permission: str) -> str:
        """The kind of data a permission reaches, empty where it reaches none."""
        if permission in self.reached_by:
            return self.reached_by[permission]
        prefixes = self.table["prefixes"].items()
        return next((kind for prefix, kind in prefixes if permission.startswith(prefix)), "")

    def name(self, kind: str) -> str:
        """A kind's name as reasons write it."""
        return str(self.kinds[kind]["name"]["en"])


@dataclass(frozen=True)
class App:
    """One record; the facts are read once."""

    row: Row
    rules: Rules

    @cached_property
    def facts(self) -> Mapping[str, Any]:
        """Of the package; empty where none was given, `error` where it could not be read."""
        if not self.apk.strip():
            return {}
        try:
            found = orjson.loads(self.apk)
        except orjson.JSONDecodeError:
            found = None
        return found if isinstance(found, dict) else {"error": "its facts are no JSON object"}

    @cached_property
    def apk(self) -> str:
        """The facts as text, which reasons point into."""
        return self.row.text("apk")

    @cached_property
    def label(self) -> Label | None:
        """The store's label, None where there is none."""
        return read_label(self.row.text("declared"), self.rules.kinds, self.rules.table["label"])

    @cached_property
    def policy(self) -> str:
        """Text of the policy."""
        return self.row.text("policy_text")

    @cached_property
    def notice(self) -> Notice | None:
        """What the policy says of the kinds of data, None where there is no policy."""
        return (
            read_told(self.policy, self.rules.kinds, self.rules.table["notice"])
            if self.policy.strip()
            else None
        )

    @cached_property
    def permissions(self) -> Sequence[Mapping[str, Any]]:
        """As the manifest asks for them."""
        found = self.facts.get("permissions")
        return (
            [item for item in found if isinstance(item, dict) and item.get("name")]
            if isinstance(found, list)
            else []
        )

    @cached_property
    def trackers(self) -> Sequence[Seen]:
        """Those of the user's list that the code shows."""
        signatures = self.rules.signatures
        if signatures is None or "error" in self.facts:
            return []
        return list(signatures.find(str(self.facts.get("classes") or ""), self.facts.get("hosts") or []))

    @cached_property
    def reached(self) -> Mapping[str, Sequence[str]]:
        """Kind of data → permissions that reach it and that users or the system must grant."""
        found: dict[str, list[str]] = {}
        for item in self.permissions:
            kind = self.rules.kind_of(item["name"])
            if kind and self.granted(item) and not self.rules.kinds[kind].get("quiet"):
                found.setdefault(kind, []).append(item["name"])
        for name, kind in self.services:
            found.setdefault(kind, []).append(name)
        return found

    @cached_property
    def services(self) -> Sequence[tuple[str, str]]:
        """Permission that guards a service of the app, and the kind of data the service reaches; each once."""
        guards = [
            item.get("permission") for item in self.facts.get("components") or () if isinstance(item, dict)
        ]
        known = {_OWN + name: kind for name, kind in self.rules.table["services"].items()}
        return [(name, known[name]) for name in dict.fromkeys(map(str, guards)) if name in known]

    @cached_property
    def tracked(self) -> Mapping[str, Sequence[Seen]]:
        """Kind of data → trackers, seen by their classes, that take it."""
        found: dict[str, list[Seen]] = {}
        for seen in self.trackers:
            for category in seen.tracker.categories if seen.by == "class" else ():
                for kind in self.rules.table["trackers"].get(category, ()):
                    found.setdefault(kind, []).append(seen)
        return found

    def granted(self, permission: Mapping[str, Any]) -> bool:
        """Whether it is one that a user is asked for, on a dialog or a settings page, or that the table counts so."""
        name = str(permission["name"])
        unasked = self.rules.kind_of(name) in self.rules.table["unasked"]
        return (
            "dangerous" in str(permission.get("level"))
            or name.removeprefix(_OWN) in self.rules.table["special"]
            or unasked
        )

    def fact(self, value: Any, matched: str, detail: str, score: float = 1.0) -> Reason:
        """A reason that points at a value among the package's facts."""
        seen = (
            orjson.dumps(value).decode() if not isinstance(value, str) else orjson.dumps(value).decode()[1:-1]
        )
        at = self.apk.find(f'"{seen}"') + 1 if isinstance(value, str) else self.apk.find(seen)
        if at <= 0:
            at = self.apk.find(seen)
        if at < 0 or not seen:
            return Reason("apk", 0, 0, "", matched, detail, score)
        return Reason("apk", at, at + len(seen), seen, matched, detail, score)

    def member(self, key: str, matched: str, detail: str) -> Reason:
        """A reason that points at a member of the facts, `"key":value`."""
        value = orjson.dumps(self.facts.get(key)).decode()
        at = self.apk.find(f'"{key}":{value}')
        seen = f'"{key}":{value}' if at >= 0 else ""
        return Reason("apk", max(at, 0), max(at, 0) + len(seen), seen, matched, detail)

    @property
    def clear(self) -> bool:
        """Whether the app may send in clear; a split leaves that to its base."""
        traffic = self.facts.get("cleartext")
        return isinstance(traffic, dict) and bool(traffic.get("allowed")) and not self.facts.get("split")

    def clear_traffic(self, detail: str) -> Reason:
        """A reason that points at the word that allows it."""
        traffic = self.facts["cleartext"]
        words = f'"cleartext":{{"allowed":true,"why":"{traffic.get("why")}"'
        at = self.apk.find(words)
        seen = words if at >= 0 else ""
        return Reason("apk", max(at, 0), max(at, 0) + len(seen), seen, "cleartext", detail)

    def quote(self, segment: Segment | None, matched: str, detail: str) -> Reason:
        """A reason that quotes the policy; one without a place where nothing is said."""
        if segment is None:
            return Reason("policy_text", 0, 0, "", matched, detail)
        end = min(segment.end, segment.start + _QUOTE)
        return Reason("policy_text", segment.start, end, self.policy[segment.start : end], matched, detail)

    def declared(self, span: tuple[int, int], matched: str, detail: str) -> Reason:
        """A reason that quotes the label."""
        return Reason("declared", *span, self.row.text("declared")[slice(*span)], matched, detail)

    def finding(
        self,
        reference: str,
        severity: Severity,
        provision: str,
        reasons: Iterable[Reason],
        score: float = 1.0,
    ) -> Finding:
        """A finding on this app."""
        return Finding(
            check=KEY,
            measure=MEASURE,
            subject_kind="app",
            subject_id=self.row.text("app_id"),
            reference_id=reference,
            severity=severity,
            score=score,
            provision=provision,
            provision_from=self.rules.dated.get(provision),
            reasons=tuple(reasons),
            operator=self.row["operator"],
            subject_title=self.facts.get("label") or None,
        )
