"""What the desk adds to the parity report: who is domestic, decisions by group, the public figures of both."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from mapae.desk import clock
from mapae.desk.findings.intake import import_run
from mapae.desk.findings.models import Decision, Finding
from mapae.desk.findings.parity import desk_groups, desk_parity
from mapae.desk.parties.models import Operator
from mapae.report.parity import render_parity
from tests.desk.findings_files import finding, write_run


def test_decisions_are_parted_by_group_and_bulk_and_duplicates_prove_nothing(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    Operator.objects.create(key="hanmaru", name_ko="한마루", name_en="Hanmaru", country="KR", overseas=False)
    rows = [finding(n, operator="Hanmaru" if n < 4 else "Lumibay") for n in range(8)]
    import_run(write_run(tmp_path / "out", rows))
    for number, row in enumerate(Finding.objects.order_by("pk")):
        Decision.objects.create(
            finding=row, verdict="rejected" if number in (0, 7) else "accepted", by=world.sora, at=clock.now(),
            reason={0: "lawful", 7: "duplicate"}.get(number, ""), bulk=number == 6,
        )  # fmt: skip
    found = desk_parity()
    (row,) = found["precision"]
    assert (row["domestic"]["k"], row["domestic"]["n"]) == (3, 4)
    assert (row["overseas"]["k"], row["overseas"]["n"]) == (2, 2)
    assert row["apart"] is False
    page = render_parity(
        {"rules": [], "checks": [], "platforms": [], **found}, as_of="2026-11-25", language="ko"
    )
    assert "75.0 %" in page


def test_the_desk_knows_its_operators_by_any_name(world: SimpleNamespace) -> None:
    Operator.objects.create(key="hanmaru", name_ko="한마루", name_en="Hanmaru", country="KR", overseas=False)
    groups = desk_groups()
    assert [groups.of(name) for name in ("루미베이", "LUMIBAY", "한마루", "Nobody")] == [
        "overseas", "overseas", "domestic", "unknown",
    ]  # fmt: skip


def test_outcomes_name_every_public_figure_with_both_groups(world: SimpleNamespace) -> None:
    outcomes = desk_parity()["outcomes"]
    assert {"removed_2", "relisted", "wrongful", "contests"} <= {row["figure"] for row in outcomes}
    assert all({"domestic", "overseas"} <= set(row) for row in outcomes)
