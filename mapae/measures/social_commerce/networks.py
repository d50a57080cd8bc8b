"""The set-wise check `social_commerce.duties`: what each network's documents together say on its duties, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from mapae.contract import Check, Context, Records, Whole, titled
from mapae.measures.social_commerce.duties import STATUSES, Duty, Network, judge_networks
from mapae.model.finding import Finding, Reason, Severity

__all__ = ["DUTIES", "judge", "networks_of"]

_PERIOD = "eca.9-2.forward_period"
_SCHEMA = pa.schema(
    [
        (name, pa.string())
        for name in ("operator", "duty", "status", "lacks", "document", "seen", "provision", "known_by")
    ]
)
_TITLES = {
    "operator": {"ko": "서비스", "en": "network"},
    "duty": {"ko": "의무", "en": "duty"},
    "status": {"ko": "판단", "en": "verdict"},
    "lacks": {"ko": "확인되지 않은 것", "en": "not found"},
    "document": {"ko": "문서", "en": "document"},
    "seen": {"ko": "근거 문장", "en": "words seen"},
    "provision": {"ko": "조문", "en": "article"},
    "known_by": {"ko": "게시판 제공자로 본 까닭", "en": "why it is a board"},
}


def networks_of(records: Records, context: Context) -> list[Network]:
    """Every network of these policy records with its duties judged."""
    period = context.book.value(_PERIOD, context.as_of)
    table, services = context.pack.data("social/duties.yaml"), context.pack.data("helpline/operators.yaml")
    return judge_networks(records(), table, services, int(period))


def judge(records: Records, context: Context) -> Whole:
    """A finding a duty, also where it is met, and the table that compares networks (OUT/duties.parquet)."""
    table = context.pack.data("social/duties.yaml")
    rows = {row["key"]: row for row in table["duties"]}
    networks = networks_of(records, context)
    findings = [
        _finding(network, duty, rows[duty.key], table, context)
        for network in networks
        for duty in network.duties
    ]
    compared = pa.Table.from_pylist(list(_compared(networks, rows)), schema=_SCHEMA)
    title = {"ko": "사회관계망 서비스의 의무 비교", "en": "Duties of networks, side by side"}
    return Whole(findings, {"duties": titled(compared, title, _TITLES)})


def _finding(
    network: Network, duty: Duty, row: Mapping[str, Any], table: Mapping[str, Any], context: Context
) -> Finding:
    dated = context.book.provision(row["provision"], context.as_of)
    severity: Severity = row["severity"] if duty.status == "not_met" else "info"
    return Finding(
        check=DUTIES.key,
        measure=DUTIES.measure,
        subject_kind="operator",
        subject_id=network.operator,
        reference_id=f"duty:{duty.key}",
        severity=severity,
        score={"not_met": 0.85, "met": 0.85, "cannot_tell": 0.3}[duty.status],
        provision=row["provision"],
        provision_from=dated.valid_from if dated else None,
        reasons=tuple(_reasons(network, duty, row, table, context)),
        operator=network.operator,
        subject_title=f"{network.operator}: {row['title']['en']}",
    )


def _reasons(
    network: Network, duty: Duty, row: Mapping[str, Any], table: Mapping[str, Any], context: Context
) -> Iterator[Reason]:
    """The verdict with how many documents were read, what none of them has, what may follow, and the places."""
    read = f"{len(network.documents)} documents read: {network.known_by}"
    yield Reason("text", 0, 0, "", duty.status, read, 0.9)
    for key in duty.lacks:
        title = table["elements"][key]["title"]["en"]
        yield Reason("text", 0, 0, "", f"lacks:{key}", f"not found: {title}", 0.8)
    if duty.note:
        yield Reason("text", 0, 0, "", "note", duty.note, 0.8)
    fine = (
        context.book.value(row["fine"], context.as_of) if "fine" in row and duty.status == "not_met" else None
    )
    if fine:
        yield Reason("text", 0, 0, "", "ECA 45", f"fine of at most KRW {fine:,} (ECA 45)", 0.5)
    for key, place in duty.places.items():
        title = table["elements"][key]["title"]["en"]
        yield Reason(
            "text", place.start, place.end, place.seen, f"element:{key}", f"{place.document}: {title}", 0.8
        )


def _compared(networks: Sequence[Network], rows: Mapping[str, Mapping[str, Any]]) -> Iterator[dict[str, str]]:
    for network in networks:
        for duty in network.duties:
            first = next(iter(duty.places.values()), None)
            yield {
                "operator": network.operator,
                "duty": f"{rows[duty.key]['number']} {duty.key}",
                "status": STATUSES[duty.status]["en"],
                "lacks": ", ".join(duty.lacks),
                "document": first.document if first else "",
                "seen": first.seen if first else "",
                "provision": str(rows[duty.key]["provision"]),
                "known_by": network.known_by,
            }


DUTIES = Check(
    key="social_commerce.duties",
    measure="social_commerce",
    kinds=("policy",),
    whole=judge,
    provisions=("ECA 9-2", "ECD 11-3", "ECA 45"),
)
