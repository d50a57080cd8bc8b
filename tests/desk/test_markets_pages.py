"""Market files on the desk: a table is kept by its content, judged by the law of a day, and seen by its body only."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mapae.app.screen import Request, screen
from mapae.desk.audit.models import AuditEntry
from mapae.desk.findings.intake import import_run
from mapae.desk.findings.models import Finding
from mapae.desk.markets.models import MarketFile

HEAD = "market,period,firm,group,basis,value,low,high,currency\n"
VIDEO = HEAD + "".join(
    f"video advertising,2017,{firm},,value,{share},,,\n"
    for firm, share in (("YouTube", 38.4), ("Facebook", 30.8), ("Naver", 11.2), ("Daum", 8.3))
)
OPEN = HEAD + "m,2024,A,,value,6000000000,,,KRW\nm,2024,B,,value,,1000000000,30000000000,KRW\n"


@pytest.fixture
def sora(world: SimpleNamespace, settings, tmp_path) -> Client:
    settings.EVIDENCE_ROOT = tmp_path
    client = Client()
    client.force_login(world.sora)
    return client


def add(client: Client, text: str, name: str = "shares.csv"):
    return client.post("/markets/add", {"file": SimpleUploadedFile(name, text.encode()), "title": ""})


def page(client: Client, text: str, language: str = "en", **query: str) -> str:
    address = add(client, text)["Location"]
    return client.get(address, query, headers={"accept-language": language}).content.decode()


def test_a_table_is_kept_once_and_recorded(sora: Client) -> None:
    first, second = add(sora, VIDEO), add(sora, VIDEO)
    assert first["Location"] == second["Location"]
    assert MarketFile.objects.count() == 1
    assert AuditEntry.objects.filter(kind="market_file").count() == 1
    assert "shares.csv" in sora.get("/markets").content.decode()


def test_the_page_tells_the_verdict_with_thresholds_and_their_articles(sora: Client) -> None:
    said = page(sora, VIDEO)
    assert said.count("Presumed dominant") >= 3 and "CR3 80.4" in said
    assert "제6조제2호" in said and "mrf.6.joint_share = 75" in said


def test_it_speaks_korean_and_tells_where_a_verdict_flips(sora: Client) -> None:
    said = page(sora, OPEN, "ko")
    assert "미지수에 따라 다름" in said and "이면 추정" in said


def test_the_law_of_the_day_counts(sora: Client) -> None:
    table = HEAD + "m,2022,A,,value,6000000000,,,KRW\nm,2022,B,,value,1000000000,,,KRW\n"
    assert "Presumed dominant" in page(sora, table, **{"as_of": "2023-05-01"})
    assert "Presumed dominant" not in page(sora, table, **{"as_of": "2026-05-01"})


def test_what_may_follow_tells_law_and_announcement_apart(sora: Client) -> None:
    table = HEAD + "m,2024,A,,value,900000000000,,,KRW\nm,2024,B,,value,100000000000,,,KRW\n"
    said = page(sora, table)
    for words in ("54,000,000,000", "180,000,000,000", "announced, not law", "2031-12-31", "2,000,000"):
        assert words in said


def test_faulty_rows_are_shown_with_their_reason_and_not_judged(sora: Client) -> None:
    said = page(sora, HEAD + "m,2024,A,,value,-5,,,KRW\nm,2024,B,,value,5,,,KRW\n")
    assert "a negative turnover" in said and "No market of this table could be judged" in said


@pytest.mark.parametrize(("text", "name"), [("a,b\n1,2\n", "x.csv"), (VIDEO, "x.pdf"), ("", "x.csv")])
def test_a_file_that_is_no_table_of_shares_is_refused_with_a_message(
    sora: Client, text: str, name: str
) -> None:
    answer = add(sora, text, name)
    assert answer.status_code == 302 and answer["Location"] == "/markets"
    assert not MarketFile.objects.exists()


def test_a_screened_table_comes_into_the_inbox_and_its_findings_open(sora: Client, tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(VIDEO, "utf-8")
    request = Request(
        (tmp_path / "m.csv",),
        tmp_path / "out",
        date(2026, 11, 25),
        "market_share",
        ("market_power", "ad_markets"),
        lists="none",
    )
    screen(request)
    import_run(tmp_path / "out")
    rows = list(Finding.objects.filter(measure__in=("market_power", "ad_markets")))
    assert len(rows) == 4
    for row in rows:
        assert sora.get(reverse("finding", args=[row.pk])).status_code == 200
    assert "YouTube" in sora.get("/inbox").content.decode()


def test_another_body_does_not_see_it_and_an_auditor_does(sora: Client, world: SimpleNamespace) -> None:
    address = add(sora, VIDEO)["Location"]
    for person, status in ((world.dojin, 404), (world.yuna, 200), (world.minjun, 403)):
        client = Client()
        client.force_login(person)
        assert client.get(address).status_code == status
