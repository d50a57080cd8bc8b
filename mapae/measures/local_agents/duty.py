"""The check `local_agents.duty`: must the operator have an agent under each law on the day, and has it a fit one?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from mapae.contract import Batch, Check, Context, Hits, Row
from mapae.detect.lexicon import Term
from mapae.errors import FactError
from mapae.law.questions import answer
from mapae.model.finding import Finding, Reason, Severity

__all__ = ["DUTY", "facts_of"]

ARTICLES = {"ECA": "ECA 20-5", "PIPA": "PIPA 31-2", "NET": "NET 32-5", "TBA": "TBA 22-8"}
# what an operator is under a law that knows one role only
_ROLES = {"PIPA": "controller", "NET": "information_service_provider", "TBA": "value_added_telecom"}
_YES, _NO = frozenset({"true", "yes", "1", "y"}), frozenset({"false", "no", "0", "n"})


@dataclass(frozen=True)
class _Bound:
    context: Context

    @property
    def terms(self) -> tuple[Term, ...]:
        return ()

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        """A finding for every law under which an agent is due and missing or unfit, and one where facts are missing."""
        for index in range(len(batch)):
            row = batch.row(index)
            facts = facts_of(row)
            for regime in ARTICLES:
                yield from self._judged(row, regime, facts)

    def _judged(self, row: Row, regime: str, facts: Mapping[str, Any]) -> Iterator[Finding]:
        duty, reasons = self._ask("agent_duty", regime, self._known(regime, "agent_duty", facts))
        if duty == "unknown":
            yield self._finding(row, regime, "info", "duty unknown", reasons, 0.3)
        if duty != "required":
            return
        agents = [agent for agent in _agents(row) if agent.get("regime", regime) == regime]
        if not agents:
            yield self._finding(row, regime, "high", "no agent", reasons, 0.95)
        for agent in agents:
            told = self._known(regime, "agent_eligible", {**facts, **agent})
            fit, why = self._ask("agent_eligible", regime, told)
            if fit == "no":
                yield self._finding(row, regime, "high", f"unfit: {agent.get('name', '')}", why, 0.9)
            elif fit == "unknown":
                yield self._finding(row, regime, "low", f"fitness unknown: {agent.get('name', '')}", why, 0.4)

    def _ask(self, question: str, regime: str, facts: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
        book, as_of = self.context.book, self.context.as_of
        found = answer(question, regime, facts, as_of, book, where=regime)
        return str(found.value), tuple(found.reasons)

    def _known(self, regime: str, question: str, facts: Mapping[str, Any]) -> dict[str, Any]:
        """The facts that the question knows, with the role under that law; a value it cannot take is not known."""
        forms = self.context.pack.data("questions.yaml")[question]["facts"][regime]
        told = {key: value for key, value in facts.items() if key in forms and value is not None}
        if "role" in forms:
            told["role"] = told.get("role") if regime == "ECA" else _ROLES[regime]
        told = {key: value for key, value in told.items() if value is not None}
        for key in list(told):
            try:
                answer(
                    question, regime, {key: told[key]}, self.context.as_of, self.context.book, where=regime
                )
            except FactError:
                del told[key]
        return told

    def _finding(
        self, row: Row, regime: str, severity: Severity, matched: str, reasons: tuple[str, ...], score: float
    ) -> Finding:
        dated = self.context.book.provision(ARTICLES[regime], self.context.as_of)
        told = reasons or (matched,)
        return Finding(
            check=DUTY.key,
            measure=DUTY.measure,
            subject_kind="operator",
            subject_id=row.text("operator_id"),
            reference_id=f"law:{ARTICLES[regime]}",
            severity=severity,
            score=score,
            provision=ARTICLES[regime],
            provision_from=dated.valid_from if dated else None,
            reasons=tuple(Reason("agents", 0, 0, "", matched, text, score) for text in told),
            operator=row.text("operator_id"),
            subject_title=_title(row),
        )


def facts_of(row: Row) -> dict[str, Any]:
    """Facts by the words of the statute vocabulary: from `extra`, then what the columns say.

    revenue: won of the prior year; users: monthly average, or an object of facts;
    korean_address: yes or no; roles: the role under the E-Commerce Act.
    """
    extra = _json(row["extra"])
    facts: dict[str, Any] = dict(extra) if isinstance(extra, dict) else {}
    for column, plain in (("revenue", "revenue_krw_prior_year"), ("users", "consumers_monthly_avg_q4")):
        value = _json(row[column])
        if isinstance(value, dict):
            facts.update(value)
        elif isinstance(value, int | float):
            facts.setdefault(plain, round(value))
    said = row.text("korean_address").strip().casefold()
    if said in _YES | _NO:
        facts["korean_address"] = said in _YES
    elif said:
        facts["korean_address"] = True  # an address is written there
    if role := row.text("roles").strip():
        facts.setdefault("role", role)
    companies = _json(row["korean_companies"])
    if companies == []:
        facts.setdefault("founded_korean_company", False)
    elif companies:
        facts.setdefault("founded_korean_company", True)
    return facts


def _agents(row: Row) -> list[dict[str, Any]]:
    """Agents as objects: name, regime, named (what it is), named_korean_address."""
    value = _json(row["agents"])
    if isinstance(value, dict):
        value = [value]
    if isinstance(value, list):
        return [item if isinstance(item, dict) else {"name": str(item)} for item in value]
    return [{"name": str(value)}] if value else []


def _title(row: Row) -> str:
    names = _json(row["names"])
    if isinstance(names, dict):
        return " / ".join(str(name) for name in names.values())
    if isinstance(names, list):
        return " / ".join(map(str, names))
    return str(names or row.text("operator_id"))


def _json(value: Any) -> Any:
    """The cell as JSON where it is some, else as it is."""
    if not isinstance(value, str) or not value.strip():
        return value or None
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError:
        return value


DUTY = Check(
    key="local_agents.duty",
    measure="local_agents",
    kinds=("operator",),
    bind=_Bound,
    provisions=tuple(ARTICLES.values()),
)
