"""Campaigns in the report: the gravest first, what ties them, links to findings and back, nothing hostile; and as CSV."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mapae.measures.illegal_ads.aggregate import CAMPAIGN_SCHEMA
from mapae.report.campaigns import Campaigns, read_campaigns
from mapae.report.csv import CAMPAIGN_COLUMNS, write_campaigns_csv
from mapae.report.template import TIE_WORDS
from mapae.report.words import LANGUAGES
from tests.report.test_html import HOSTILE, Tags, finding, page


def member(
    campaign: str, record: str, flagged: bool, size: int, bad: int, value: str = "shop01"
) -> dict[str, Any]:
    link = {"kind": "kakao", "value": value, "field": "text", "start": 0, "end": 6, "seen": value}
    return {
        "campaign_id": campaign,
        "record_id": record,
        "flagged": flagged,
        "records_in_campaign": size,
        "flagged_in_campaign": bad,
        "links": [link],
        "detail": "same campaign as others",
        "advertiser": "가상상회",
        "title": f"=cmd {record}",
    }


@pytest.fixture
def file(tmp_path: Path) -> Path:
    rows = [
        member("a" * 16, "1", True, 2, 1),
        member("a" * 16, "2", False, 2, 1),
        *(member("b" * 16, f"b{i}", i in (17, 18), 20, 2, HOSTILE) for i in range(20)),
        *(member("c" * 16, f"c{i}", False, 2, 0) for i in range(2)),
    ]
    path = tmp_path / "campaigns.parquet"
    pq.write_table(pa.Table.from_pylist(rows, schema=CAMPAIGN_SCHEMA), path)
    return path


def test_campaigns_with_more_findings_come_first_and_their_unlawful_adverts_first(file: Path) -> None:
    found = read_campaigns(file, [finding(measure="illegal_ads", subject_id="b17", finding_id="7" * 32)])
    assert [(one.records, one.flagged) for one in found.shown] == [(20, 2), (2, 1)]
    first = found.shown[0]
    assert [item.record_id for item in first.members[:3]] == ["b17", "b18", "b0"]
    assert [item.finding_id for item in first.members[:2]] == ["7" * 32, ""]
    assert (len(first.members), first.members_left, first.links) == (12, 8, (("kakao", HOSTILE, 20),))
    assert (found.left, found.quiet) == (0, 1)


def test_a_finding_leads_to_its_campaign_and_the_campaign_to_its_findings(file: Path) -> None:
    row = finding(measure="illegal_ads", subject_id="1", subject_url=None, finding_id="5" * 32)
    tags = Tags(page(shown=[row], campaigns=read_campaigns(file, [row]))).found
    links = {attributes["href"] for tag, attributes in tags if tag == "a" and "href" in attributes}
    places = {attributes["id"] for _, attributes in tags if "id" in attributes}
    assert links == {"#findings", f"#f-{'5' * 32}", f"#c-{'a' * 16}"}
    assert {link[1:] for link in links} <= places


def test_hostile_values_in_campaigns_make_no_tag(file: Path) -> None:
    tags = Tags(page(campaigns=read_campaigns(file, []))).found
    assert [tag for tag, _ in tags if tag in ("script", "img")] == ["script"]


def test_where_nothing_unlawful_is_tied_the_report_says_so_and_other_reports_have_no_such_section() -> None:
    assert "No advert with a finding shares anything" in page(campaigns=Campaigns())
    assert 'id="campaigns"' not in page()


def test_every_kind_of_tie_has_a_name_in_every_language() -> None:
    assert all(set(names) == set(LANGUAGES) for names in TIE_WORDS.values())


def test_campaigns_as_csv_begin_no_formula(file: Path, tmp_path: Path) -> None:
    assert write_campaigns_csv(file, tmp_path / "campaigns.csv") == 24
    with (tmp_path / "campaigns.csv").open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.reader(text))
    assert rows[0] == CAMPAIGN_COLUMNS
    assert rows[1][:3] == ["a" * 16, "1", "True"]
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@\t" and cell]
