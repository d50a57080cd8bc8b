"""Market files on the desk: a table is kept by its content, judged by the law of a day, and seen by its body only."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mapae.app.screen import Request, screen
from mapae.desk import clock
from mapae.desk.audit.models import AuditEntry
from mapae.desk.cases import evidence
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


def test_a_table_is_read_by_the_name_it_came_with_whatever_others_called_its_content(
    sora: Client, world: SimpleNamespace
) -> None:
    evidence.keep(VIDEO.encode(), "text/plain", by=world.hana, name="of_others.jsonl")
    shown = page(sora, VIDEO)
    assert shown.count("Presumed dominant") >= 3 and "of_others" not in shown
    assert MarketFile.objects.get().name == "shares.csv"


def test_tables_kept_before_are_called_as_their_content_or_else_by_their_title(
    world: SimpleNamespace,
) -> None:
    rows = []
    for at, (called, title) in enumerate(
        (("a.csv", "2024"), ("photo.png", "b.csv"), ("photo.png", "shares"))
    ):
        kept = evidence.keep(str(at).encode(), "text/plain", name=called)
        about = {"evidence": kept, "title": title, "added_by": world.sora, "added_at": clock.now()}
        rows.append(MarketFile.objects.create(body=world.sora.body, **about))
    import_module("mapae.desk.markets.migrations.0002_name").names(apps, None)
    for row in rows:
        row.refresh_from_db()
    assert [row.name for row in rows] == ["a.csv", "b.csv", "photo.png"]


def test_the_page_tells_the_verdict_with_thresholds_and_their_articles(sora: Client) -> None:
    said = page(sora, VIDEO)
    assert said.count("Presumed dominant") >= 3 and "<dt>CR3</dt><dd>80.4 %</dd>" in said
    assert "3 largest together have 80.4 %" in said
    assert "제6조제2호" in said and "Joint share of three firms" in said and "75 %</td>" in said


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
    for words in ("54,000,000,000", "180,000,000,000", "announced, not law", "2031-12-31"):
        assert words in said
    assert "6 % of 900,000,000,000 won" in said and "/markets/remedy?as_of=" in said


def test_a_series_tells_the_change_of_concentration_since_the_period_before(sora: Client) -> None:
    rows = ((2023, "A", 50), (2023, "B", 50), (2024, "A", 60), (2024, "B", 40))
    table = HEAD + "".join(f"m,{year},{firm},,value,{share},,,\n" for year, firm, share in rows)
    assert '5,200.0 <span class="soft">(+200.0 since 2023)</span>' in page(sora, table)


def test_the_agreed_remedy_is_told_step_by_step_with_the_levy_for_late_days(sora: Client) -> None:
    said = sora.get(
        "/markets/remedy", {"as_of": "2026-11-25", "late": "12"}, headers={"accept-language": "en"}
    )
    for words in (
        "12 days × 2,000,000 won a day: at most 24,000,000 won",
        "30 days",
        "stands still",
        "제92조",
    ):
        assert words in said.content.decode()
    korean = sora.get("/markets/remedy", {"late": "3"}, headers={"accept-language": "ko"}).content.decode()
    assert (
        "3일 × 1일 2,000,000원 = 최대 6,000,000원" in korean
        and "공정거래법 제40조제1항 행위를 제외하고 가능" in korean
    )


def test_days_late_that_are_no_number_and_a_day_without_the_law_are_told(sora: Client) -> None:
    assert sora.get("/markets/remedy", {"late": "soon"})["Location"] == "/markets"
    early = sora.get("/markets/remedy", {"as_of": "1990-01-01"}, headers={"accept-language": "en"})
    assert "was no law on this day" in early.content.decode()


def test_faulty_rows_are_shown_with_their_reason_and_not_judged(sora: Client) -> None:
    said = page(sora, HEAD + "m,2024,A,,value,-5,,,KRW\nm,2024,B,,value,5,,,KRW\n")
    assert "a negative turnover" in said and "No market of this table could be judged" in said


def test_a_market_drawn_in_two_ways_stands_side_by_side_and_tells_where_the_answers_part(
    sora: Client,
) -> None:
    head = "market,definition,period,firm,share\n"
    wide = head + "apps,home,2024,A,55\napps,home,2024,B,20\napps,world,2024,A,30\napps,world,2024,B,8\n"
    said = page(sora, wide)
    assert "apps 2024: drawn in several ways" in said and 'data-label="home, value"' in said
    assert said.count('data-label="They agree">no<') == 2
    assert "drawn in several ways" not in page(sora, VIDEO)


def test_lines_of_the_file_tell_faulty_rows_and_cells_that_were_not_read(sora: Client) -> None:
    table = (
        "Market report,,,,,,,,\n"
        + HEAD
        + "m,2024,A,,value,9,,,KRW\nn,2024,B,,value,-5,,,KRW\nm,2024,C,,value,abc,,,KRW\n"
    )
    said = page(sora, table)
    assert 'data-label="Line">4<' in said and "a negative turnover" in said
    assert 'data-label="Line">5<' in said and "no number that can be understood" in said and ">abc<" in said
    assert 'data-label="Rows">3<' in said
    twice = page(sora, HEAD + "m,2024,A,,value,9,,,KRW\nm,2024,A,,value,8,,,KRW\n", "ko")
    assert "처음은 2줄" in twice


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
