"""The check of privacy policies: fifteen items and five on transfer, each with the sentence it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mapae.contract import Batch, Check, Context, Hits, Row
from mapae.detect.lexicon import Term
from mapae.detect.tagger import Tagger
from mapae.measures.privacy.agent import PARTS, find_agent, not_obliged
from mapae.measures.privacy.items import judge_items
from mapae.measures.privacy.judged import Judged
from mapae.measures.privacy.language import is_read
from mapae.measures.privacy.lines import joined
from mapae.measures.privacy.practices import Passage, filled, model_in, tagged
from mapae.measures.privacy.segments import Segment, segments
from mapae.measures.privacy.transfer import judge_transfer
from mapae.model.finding import Finding, Reason, Severity

__all__ = ["CHECK", "TABLES", "Policy", "cut", "read_policy"]

_SEVERITY: dict[str, Severity] = {
    "missing": "medium",
    "partial": "low",
    "present": "info",
    "not_applicable": "info",
}
TABLES = ("topics", "transfer", "agent", "places", "practices")
_QUOTE = 200  # characters of a sentence that are shown


@dataclass(frozen=True)
class Policy:
    """Items P1–P15 and the five on transfer as judged; the agent's four parts, or None; passages as a model tags them."""

    items: Mapping[str, Judged]
    transfer: Mapping[str, Judged]
    agent: Mapping[str, str | None] | None
    passages: tuple[Passage, ...] = ()


def cut(text: str, data: Mapping[str, Any]) -> tuple[Segment, ...]:
    """A policy's segments by the pack's tables."""
    return segments(text, re.compile("|".join(data["topics"]["P8"]["local"])))


def read_policy(text: str, data: Mapping[str, Any], model: Tagger | None = None) -> Policy:
    """Judge a policy by the pack's tables (topics, transfer, agent, places), and by a trained model of passages."""
    parts = cut(text, data)
    items = judge_items(data["topics"], data["places"], parts)
    five, transfer = judge_transfer(data["transfer"], data["places"], parts)
    agent = find_agent(data["agent"], text, parts)
    passages: Sequence[Passage] = ()
    if model is not None:
        passages = tagged(model, text, parts, data["practices"]["shortest"])
        items = filled(items, passages, data["practices"])
    items["P12"] = transfer
    spared = not_obliged(data["agent"], parts)
    if agent:
        items["P15"] = agent.judged()
    elif spared:
        items["P15"] = Judged("not_applicable", spared)
    else:
        items["P15"] = Judged("missing", None, "no domestic agent is named")
    if not is_read(text):
        items = {name: _unread(item) for name, item in items.items()}
        five = {name: _unread(item) for name, item in five.items()}
    ordered = {name: items[name] for name in sorted(items, key=lambda name: int(name[1:]))}
    four = {part: getattr(agent, part) for part in PARTS} if agent else None
    return Policy(ordered, five, four, tuple(passages))


def _unread(item: Judged) -> Judged:
    """An item that was not found, with the reason that the text's language is not read."""
    if item.status != "missing":
        return item
    return Judged("missing", None, "not found; the text seems to be in a language that is not read")


@dataclass(frozen=True)
class _Bound:
    data: Mapping[str, Any]
    dated: Mapping[str, date | None]
    model: Tagger | None = None

    @property
    def terms(self) -> tuple[Term, ...]:
        return ()

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        """Twenty findings a policy: one an item."""
        for index in range(len(batch)):
            row = batch.row(index)
            if row.text("doc_kind") in ("", "privacy"):
                yield from self._findings(row)

    def _findings(self, row: Row) -> Iterator[Finding]:
        policy = read_policy(row.text("text"), self.data, self.model)
        for name, judged in policy.items.items():
            more = _agent_reasons(row.text("text"), policy.agent) if name == "P15" and policy.agent else ()
            yield self._finding(row, f"item:{name}", judged, "PIPA 30", more)
        for name, judged in policy.transfer.items():
            yield self._finding(row, f"cross_border:{name}", judged, "PIPA 28-8")

    def _finding(
        self, row: Row, reference: str, judged: Judged, provision: str, more: tuple[Reason, ...] = ()
    ) -> Finding:
        text = row.text("text")
        at = judged.segment
        end = min(at.end, at.start + _QUOTE) if at else 0
        seen = text[at.start : end] if at else ""
        reason = Reason("text", at.start if at else 0, end, seen, judged.status, judged.why)
        return Finding(
            check=CHECK.key,
            measure=CHECK.measure,
            subject_kind="policy",
            subject_id=row.text("document_id"),
            reference_id=reference,
            severity=_SEVERITY[judged.status],
            score=1.0,
            provision=provision,
            provision_from=self.dated[provision],
            reasons=(reason, *more),
            operator=row["operator"],
            subject_url=row["url"],
        )


def _agent_reasons(text: str, agent: Mapping[str, str | None]) -> tuple[Reason, ...]:
    found, plain = [], joined(text)
    for part, value in agent.items():
        if value is not None:
            at = max(0, plain.replace("\\", "").find(value)) if value not in plain else plain.find(value)
            seen = text[at : at + len(value)] if value in plain else ""
            found.append(
                Reason("text", at, at + len(seen), seen, f"agent:{part}:{value}", f"the agent's {part}")
            )
    return tuple(found)


def _bind(context: Context) -> _Bound:
    data = {name: context.pack.data(f"privacy/{name}.yaml") for name in TABLES}
    dated = {key: context.book.provision(key, context.as_of) for key in ("PIPA 30", "PIPA 28-8")}
    since = {key: found.valid_from if found else None for key, found in dated.items()}
    return _Bound(data, since, model_in(context.options.get("model")))


CHECK = Check(
    key="privacy.policy",
    measure="privacy",
    kinds=("policy",),
    bind=_bind,
    provisions=("PIPA 30", "PIPA 28-8"),
)
