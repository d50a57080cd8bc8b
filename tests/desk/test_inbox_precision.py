"""Counts of decisions are kept by the database as decisions are taken and undone, and asked for without reading them all."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from types import SimpleNamespace

from django.db.models import F, Sum
from django.test.utils import CaptureQueriesContext

from mapae.desk import clock
from mapae.desk.cases.models import CaseItem
from mapae.desk.findings.intake import import_run
from mapae.desk.findings.models import Decision, DecisionTally, Finding
from mapae.desk.findings.precision import counted, may_bulk, precision_of_checks
from mapae.desk.findings.tallies import put_together
from tests.desk.findings_files import finding, write_run

_KIND = ("measure", "check_key", "verdict", "reason", "bulk")
_CHECKS = ("hazardous_goods.recalls", "hazardous_goods.substances")


def _have(folder: Path, count: int) -> list[Finding]:
    import_run(write_run(folder, [finding(number, check=_CHECKS[number % 2]) for number in range(count)]))
    return list(Finding.objects.order_by("pk"))


def _decide(world: SimpleNamespace, row: Finding, verdict: str, reason: str = "", bulk: bool = False) -> None:
    Decision.objects.create(
        finding=row, verdict=verdict, reason=reason, bulk=bulk, by=world.sora, at=clock.now()
    )


def _kept() -> dict[tuple[object, ...], int]:
    rows = DecisionTally.objects.values_list(*_KIND).annotate(total=Sum("n")).order_by()
    return {tuple(kind): total for *kind, total in rows if total}


def _counted_anew() -> dict[tuple[object, ...], int]:
    standing = Decision.objects.filter(undone_at__isnull=True)
    of_finding = standing.annotate(measure=F("finding__measure"), check_key=F("finding__check_key"))
    return dict(Counter(of_finding.order_by().values_list(*_KIND)))


def test_whatever_happens_to_decisions_the_counts_are_theirs(world: SimpleNamespace, tmp_path: Path) -> None:
    rows, chance = _have(tmp_path / "out", 12), Random(3)
    for _round in range(60):
        row, now = chance.choice(rows), clock.now()
        verdict, reason = chance.choice((("accepted", ""), ("rejected", "lawful"), ("merged", "")))
        _decide(world, row, verdict, reason, chance.random() < 0.3)
        if chance.random() < 0.3:
            row.decisions.filter(undone_at__isnull=True).update(undone_at=now)
        if chance.random() < 0.1:
            row.decisions.update(undone_at=None)
        if chance.random() < 0.1:
            row.decisions.all()[:1].get().delete()
    assert _kept() == _counted_anew() != {}
    put_together(at_least=1)
    assert _kept() == _counted_anew()
    Finding.objects.filter(pk__in=[row.pk for row in rows[:6]]).delete()
    assert _kept() == _counted_anew()


def test_decisions_written_together_are_counted_together(world: SimpleNamespace, tmp_path: Path) -> None:
    rows, now = _have(tmp_path / "out", 10), clock.now()
    Decision.objects.bulk_create(
        Decision(finding=row, verdict="accepted", by=world.sora, at=now) for row in rows
    )
    assert sorted(_kept().values()) == [5, 5]


def test_the_figures_read_no_decision_that_held(world: SimpleNamespace, tmp_path: Path) -> None:
    from django.db import connection

    for row in _have(tmp_path / "out", 8):
        _decide(world, row, "accepted")
    with CaptureQueriesContext(connection) as asked:
        assert sum(row.n for row in counted()) == 8
    assert len(asked) == 2
    assert "findings_decision" not in asked[0]["sql"].replace("findings_decisiontally", "")


def test_the_right_to_bulk_is_looked_up_for_the_checks_asked_about(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    first, second = _have(tmp_path / "out", 2)
    for row in (first, second):
        _decide(world, row, "accepted")
    assert {row.check for row in counted({_CHECKS[0]})} == {_CHECKS[0]}
    assert may_bulk({_CHECKS[0]})[_CHECKS[0]].decided == 1
    assert set(may_bulk({"nobody.knows"})) == {"nobody.knows"}


def test_a_notice_taken_back_and_the_case_closed_as_lawful_count_once(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    from mapae.desk.findings.accept import accept
    from mapae.desk.findings.wrong import recount

    (row,) = _have(tmp_path / "out", 1)
    (case,) = accept(world.sora, [row])
    CaseItem.objects.filter(case=case, kind="listing").update(state="withdrawn")
    type(case).objects.filter(pk=case.pk).update(outcome="lawful", state="closed")
    recount(case)
    record = next(each for each in precision_of_checks() if each.check == _CHECKS[0])
    assert (record.accepted, record.decided, record.wrong) == (0, 1, {"withdrawn": 1})


def test_a_case_that_is_opened_again_gives_the_check_its_acceptance_back(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    from mapae.desk.cases.actions import run
    from mapae.desk.findings.accept import accept

    (row,) = _have(tmp_path / "out", 1)
    (case,) = accept(world.sora, [row])
    for verb, data, held in (
        ("close", {"outcome": "lawful"}, 0),
        ("reopen", {"reason": "closed by mistake"}, 1),
    ):
        run(verb, world.sora, case, **data)
        record = next(each for each in precision_of_checks() if each.check == _CHECKS[0])
        assert (record.accepted, record.decided) == (held, 1)
