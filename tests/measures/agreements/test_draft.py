"""Recurring breaches become proposals with metric, baseline and interval, threshold, evidence and review date; others not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mapae.contract import Context
from mapae.measures.agreements.check import scores_of
from mapae.measures.agreements.draft import Draft, Run, draft_commitments
from tests.measures.agreements.conftest import Row


def _draft(context: Context, table, runs: list[Run], language: str = "en") -> Draft:  # type: ignore[no-untyped-def]
    scores = scores_of(table, context, ("Temu",)) if table is not None else []
    rules, events = (context.pack.data(f"agreements/{name}.yaml") for name in ("draft", "events"))
    return draft_commitments("Temu", scores, runs, context.as_of, language, rules, events)


def _late(months: tuple[int, ...], kept: int) -> list[Row]:
    rows: list[Row] = []
    for month in months:
        for number in range(20):
            rows.append((f"{month}-{number}", "notice_sent", f"2026-{month:02d}-02"))
            if number < kept:
                rows.append((f"{month}-{number}", "removed_seen", f"2026-{month:02d}-03"))
    return rows


def test_a_breach_of_two_months_is_drafted_with_all_its_parts(context: Context, events) -> None:  # type: ignore[no-untyped-def]
    made = _draft(context, events(_late((3, 4), 10)).table, [])
    first = next(one for one in made.proposals if one.key.endswith("block_on_request"))
    assert first.baseline["n"] == 40
    assert first.baseline["low"] < 0.5 < first.baseline["high"]
    assert first.threshold["share"] >= 0.8736
    assert first.evidence
    assert first.review_on == date(2027, 2, 25)
    text = made.markdown(context.pack)
    assert all(word in text for word in ("Metric", "Baseline", "Threshold", "Evidence", "Review", "50.0 %"))


def test_one_bad_month_does_not_recur(context: Context, events) -> None:  # type: ignore[no-untyped-def]
    made = _draft(context, events(_late((3,), 10)).table, [])
    assert not made.proposals
    assert "No breach recurs" in made.markdown(context.pack)


def test_it_speaks_korean_with_titles_of_events(context: Context, events) -> None:  # type: ignore[no-untyped-def]
    text = _draft(context, events(_late((3, 4), 10)).table, [], "ko").markdown(context.pack)
    assert "‘차단 요청 보냄’ 뒤 2영업일 안에 ‘차단 확인’까지 이른 비율" in text
    assert "removed_seen" not in text


def test_it_cites_the_article_that_a_duty_rests_on_in_its_language(context: Context, events) -> None:  # type: ignore[no-untyped-def]
    made = _draft(context, events(_late((3, 4), 10)).table, [], "ko")
    told = replace(made, proposals=(replace(made.proposals[0], provision="ECD 25-2"),))
    assert "전자상거래법 시행령 제25조의2" in told.markdown(context.pack)


def test_findings_of_two_screenings_and_sellers_found_again_are_drafted(context: Context) -> None:
    rows = tuple(("counterfeits.text", f"L{n}", f"S{n // 3}") for n in range(12))
    runs = [Run(date(2026, 5, 1), "a", rows), Run(date(2026, 6, 1), "b", rows[:8])]
    found = {one.key: one for one in _draft(context, None, runs).proposals}
    assert found["findings.counterfeits.text"].threshold["most"] == 4
    assert found["findings.counterfeits.text"].baseline["value"] == 8
    assert found["findings.repeat_sellers"].baseline["value"] == 1.0


def test_one_small_screening_drafts_nothing(context: Context) -> None:
    assert not _draft(
        context, None, [Run(date(2026, 5, 1), "a", (("counterfeits.text", "L1", "S1"),))]
    ).proposals
