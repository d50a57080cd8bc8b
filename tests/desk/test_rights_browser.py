"""A rights holder in Chromium registers on a phone, reports fakes as a file, reads what was refused and what became of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from mapae.desk.findings.models import Finding
from mapae.desk.rights.models import RightsHolder
from tests.desk.browsing import chromium
from tests.desk.test_merchants_browser import Seat
from tests.desk.touring import begin

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
MARK, NUMBER = "반짝솔(예시)", "40-0000456"
ROWS = (
    f"https://lumibay.example/item/1,{NUMBER},fake_mark,S-1", f"https://lumibay.example/item/2,{MARK},own_photo,S-2",
    f"lumibay.example/item/3,{NUMBER},fake_mark,S-3", "https://lumibay.example/item/4,남의 상표,fake_mark,S-4",
)  # fmt: skip


def test_a_rights_holder_reports_fakes_in_bulk_and_reads_what_became_of_them(
    settings: Any, desk_server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAPAE_HOME", str(tmp_path))
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    cache.clear()
    begin(settings, desk_server.url)
    (tmp_path / "가품.csv").write_text("\n".join(["url,right,reason,seller", *ROWS]), "utf-8")
    with chromium() as browser:
        holder = Seat(browser, desk_server.url, "rights-phone", 390)
        page = holder.page
        holder.go("/rights-holders")
        holder.look("1-form")
        for field, value in (
            ("name", "반짝솔 주식회사(예시)"),
            ("email", "ip@banjjaksol.example"),
            ("mark", MARK),
        ):
            page.fill(f"#{field}", value)
        holder.press("main form button")
        assert "등록번호" in page.inner_text('[role="status"]'), "without a proof it says what is missing"
        assert page.input_value("#mark") == MARK, "what was typed stays"
        page.fill("#number", NUMBER)
        holder.press("main form button")
        holder.look("2-registered")
        code = page.inner_text('section[role="alert"] strong')
        assert "다음에 일어날 일" in page.inner_text("main") and page.locator("#file").count() == 0

        officer = Seat(browser, desk_server.url, "rights-officer", 1280)
        officer.become("eunseo")
        officer.go("/holders")
        officer.look("3-list")
        officer.press("main table a")
        officer.look("4-holder")
        officer.press('button[value="confirm"]')

        page.context.clear_cookies()
        page.reload()
        holder.look("5-closed")
        assert MARK not in page.inner_text("main"), "the address alone shows no rights"
        page.fill("#code", code)
        holder.press('button[value="open"]')
        page.set_input_files("#file", str(tmp_path / "가품.csv"))
        holder.press('button[value="claims"]')
        holder.look("6-reported")
        told = page.inner_text("main")
        assert (
            "줄 4:" in told
            and "줄 5:" in told
            and "상품 주소가 없음" in told
            and "등록한 권리가 아님" in told
        )
        assert told.count("담당자가 검토 중") >= 2
        with page.expect_download() as kept:
            page.locator('a[href$="/claims.csv"]').click()
        assert len(Path(kept.value.path()).read_text("utf-8").splitlines()) == 3

        officer.go("/inbox?check=counterfeits.claims")
        officer.look("7-inbox")
        assert Finding.objects.filter(check_key="counterfeits.claims").count() == 2
        officer.go(f"/holders/{RightsHolder.objects.get().number}")
        officer.look("8-claims")
        wrong = [*holder.wrong, *officer.wrong]
        assert wrong == [], "\n".join(wrong)
