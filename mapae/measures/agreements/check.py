"""The set-wise check `agreements.commitments`: all events of an operator held against the commitments that bind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl
import pyarrow as pa

from mapae.contract import Check, Context, Records, Whole, titled
from mapae.measures.agreements.commitments import Agreement, load_agreements, operator_key
from mapae.measures.agreements.events import read_events
from mapae.measures.agreements.score import STATUSES, Score, finite, of_operator, score_agreement
from mapae.measures.agreements.words import against_words, breach_words, value_words
from mapae.model.finding import Finding, Reason, Severity

__all__ = ["CHECK", "finding_of", "judge", "scores_of"]

_NAMED = 6  # broken units that a finding shows
_PROVISIONS = ("APA 48", "ECA 9-2", "ECD 11-3", "ECD 25-2")
_COLUMNS = {
    "operator": {"ko": "사업자", "en": "operator"},
    "agreement": {"ko": "협약·의무", "en": "agreement"},
    "commitment": {"ko": "이행 사항", "en": "commitment"},
    "status": {"ko": "판단", "en": "verdict"},
    "value": {"ko": "값", "en": "value"},
    "low": {"ko": "하한", "en": "from"},
    "high": {"ko": "상한", "en": "to"},
    "n": {"ko": "대상 수", "en": "of"},
    "against": {"ko": "기준", "en": "against"},
    "declared": {"ko": "사업자 발표", "en": "declared"},
    "inside": {"ko": "구간 안", "en": "inside"},
}


def scores_of(
    events: pl.DataFrame, context: Context, operators: Sequence[str] = (), agreements: Iterable[str] = ()
) -> list[Score]:
    """Scores of every operator that the events name (or of these), under every agreement that binds it.

    A set of duties that no event of the operator touches is left out.
    """
    rules = context.pack.data("agreements/register.yaml")
    loaded = load_agreements(context.pack, context.book, context.as_of, agreements)
    groups = _groups(context)
    names = _names(events, groups)
    one_name = {name: names[_group(name, groups)] for name in events["operator"].unique() if name}
    events = events.with_columns(operator=pl.col("operator").replace(one_name))
    found: list[Score] = []
    for operator in operators or sorted(names.values()):
        known = names.get(_group(operator, groups), operator)
        mine = of_operator(events, known, unnamed=bool(operators))
        met = set(mine["event"].unique())
        for agreement in loaded:
            if agreement.binds(operator) and (agreement.operators or _touched(agreement, met)):
                found += score_agreement(
                    mine, operator, agreement, context.as_of, level=rules["level"], least=rules["least"]
                )
    return found


def judge(records: Records, context: Context) -> Whole:
    """Findings for commitments not met, and the table of all scores (OUT/agreements.parquet)."""
    read = read_events(records(), context.pack.data("agreements/events.yaml"))
    scores = scores_of(read.table, context)
    findings = [finding_of(score, context) for score in scores if _is_breach(score)]
    return Whole(findings, {"agreements": _table(scores)}, read.faults)


def finding_of(score: Score, context: Context) -> Finding:
    """A commitment that was not met, with what it was read against and the latest units that were not kept."""
    item = score.commitment
    dated = context.book.provision(item.provision, context.as_of)
    severity: Severity = "high" if score.agreement.kind == "law" else "medium"
    first = Reason("event", 0, 0, "", item.title["en"], f"{value_words(score)}; {against_words(score)}", 0.9)
    units = [
        Reason("subject_id", 0, 0, one.subject_id, item.title["en"], breach_words(one), 0.8)
        for one in score.breaches[:_NAMED]
    ]
    return Finding(
        check=CHECK.key,
        measure=CHECK.measure,
        subject_kind="operator",
        subject_id=score.operator,
        reference_id=f"commitment:{score.agreement.key}.{item.key}",
        severity=severity,
        score=0.9,
        provision=item.provision,
        provision_from=dated.valid_from if dated else None,
        reasons=(first, *units),
        operator=score.operator,
        subject_title=f"{score.operator}: {item.title['en']}",
    )


def _is_breach(score: Score) -> bool:
    return score.status == "not_met" and score.agreement.kind != "reference"


def _groups(context: Context) -> dict[str, str]:
    """Key of a name → the operator of an agreement whose name it is, since a firm may sign for its platform."""
    loaded = load_agreements(context.pack, context.book, context.as_of)
    return {
        operator_key(name): key for one in loaded for key, names in one.operators.items() for name in names
    }


def _group(name: str, groups: Mapping[str, str]) -> str:
    key = operator_key(name)
    return groups.get(key, key)


def _names(events: pl.DataFrame, groups: Mapping[str, str]) -> dict[str, str]:
    """One name of each operator, the one met most often."""
    counts = (
        events.filter(pl.col("operator") != "")["operator"]
        .value_counts()
        .sort("count", "operator", descending=[True, False])
    )
    names: dict[str, str] = {}
    for name in counts["operator"]:
        names.setdefault(_group(name, groups), name)
    return names


def _touched(agreement: Agreement, met: set[str]) -> bool:
    return any(name in met for item in agreement.commitments for name in item.of)


def _table(scores: Sequence[Score]) -> pa.Table:
    return titled(
        pa.Table.from_pylist(list(_rows(scores)), schema=_SCHEMA),
        {"ko": "협약과 의무의 이행", "en": "Agreements and duties kept"},
        _COLUMNS,
    )


_SCHEMA = pa.schema(
    [
        ("operator", pa.string()),
        ("agreement", pa.string()),
        ("commitment", pa.string()),
        ("status", pa.string()),
        ("value", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("n", pa.int64()),
        ("against", pa.string()),
        ("declared", pa.float64()),
        ("inside", pa.bool_()),
    ]
)


def _rows(scores: Sequence[Score]) -> Iterator[dict[str, object]]:
    for score in scores:
        stated = score.declared[-1] if score.declared else None
        yield {
            "operator": score.operator,
            "agreement": score.agreement.key,
            "commitment": score.commitment.key,
            "status": STATUSES[score.status]["en"],
            "value": finite(score.value),
            "low": finite(score.low),
            "high": finite(score.high),
            "n": score.n,
            "against": against_words(score),
            "declared": stated.value if stated else None,
            "inside": stated.inside if stated else None,
        }


CHECK = Check(
    key="agreements.commitments",
    measure="agreements",
    kinds=("event",),
    whole=judge,
    provisions=_PROVISIONS,
)
