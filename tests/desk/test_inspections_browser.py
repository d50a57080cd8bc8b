"""Inspections in Chromium: a policy's sheet decided item by item and taken as PDF, ranked parcels with their results."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mapae.desk.cases.models import Case
from mapae.desk.inspections.rankings import import_ranking
from tests.desk.browsing import chromium
from tests.desk.people import make_world
from tests.desk.test_helpline_desk_browser import Desk
from tests.desk.test_inspections_pages import AGENT, PERIOD, PURPOSE, policy, ranking

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.apart,
    pytest.mark.django_db(transaction=True),
]


@pytest.mark.parametrize(("language", "width"), [("ko", 360), ("en", 1280)])
def test_an_officer_decides_a_sheet_and_enters_results_of_ranked_parcels(
    desk_server: Any, language: str, width: int, tmp_path: Path
) -> None:
    world = make_world(date(2026, 11, 25))
    sheet = policy(tmp_path / "p", [AGENT, PERIOD, PURPOSE])
    ranked = import_ranking(ranking(tmp_path / "r"))
    with chromium() as browser:
        desk = Desk(browser, desk_server.url, world.sora, language, width)
        page = desk.look("/inspections", f"inspections-{language}")
        page.locator(f'a[href="/inspections/sheets/{sheet.pk}"]').first.click()
        desk.look("", f"sheet-{language}")
        with page.expect_download() as coming:
            page.locator(f'a[href="/inspections/sheets/{sheet.pk}/file.pdf"]').click()
        assert Path(coming.value.path()).read_bytes().startswith(b"%PDF-")
        for box in page.locator('input[name="ids"]').all():
            box.check()
        page.fill('input[name="title"]', "방침 점검")
        _press(page, 'form[action$="/accept"] section:last-of-type button')
        desk.look(f"/inspections/sheets/{sheet.pk}", f"sheet-decided-{language}")
        assert page.locator('input[name="ids"]').count() == 0
        desk.look(f"/inspections/rankings/{ranked.pk}", f"ranking-{language}")
        for result in ("critical", "clean"):
            _press(page, f'button[name="result"][value="{result}"]')
        desk.look("", f"ranking-empty-{language}")
        desk.look(f"/inspections/rankings/{ranked.pk}?state=done", f"ranking-done-{language}")
    case = Case.objects.get()
    assert (case.title, case.findings.count()) == ("방침 점검", 2)
    assert dict(ranked.selected.values_list("consignment_id", "result")) == {
        "D-1": "critical",
        "D-3": "clean",
    }
    assert desk.wrong == []


def _press(page: Any, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()
