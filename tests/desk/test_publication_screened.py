"""How many records were screened of each platform stands beside what was found: on what domestic and overseas rest."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import orjson
import pytest
import time_machine
from django.test import Client

from mapae.desk.findings.intake import import_run
from mapae.desk.publication.cells import said_in
from mapae.desk.publication.models import Release
from mapae.desk.publication.releases import make_due
from tests.desk.findings_files import finding, listing, write_run
from tests.desk.releasing import OCTOBER, PREVIEW, coming, hanmaru


def screened(folder: Path, platforms: list[str], **manifest: Any) -> None:
    """Import a screening of listings of these platforms, of which the first was found."""
    run = write_run(folder, [finding()], [listing(n, platform=each) for n, each in enumerate(platforms, 1)])
    about = orjson.loads((run / "manifest.json").read_bytes())
    (run / "manifest.json").write_bytes(orjson.dumps({**about, **manifest}))
    import_run(run)


@pytest.fixture
def october(world: SimpleNamespace, tmp_path: Path, settings: Any) -> Release:
    settings.EVIDENCE_ROOT = tmp_path
    hanmaru()
    with time_machine.travel(OCTOBER, tick=False):
        platforms = (
            ["루미베이"] * 40
            + ["Lumibay"] * 8
            + ["Hanmaru"] * 12
            + ["Dalmart"] * 2
            + ["Nobody knows"] * 7
            + [None]
        )
        screened(tmp_path / "one", platforms, rows_read=70)
    with time_machine.travel(PREVIEW, tick=False):
        return coming()


def test_records_of_every_platform_are_counted_found_or_not(october: Release) -> None:
    told = {
        (row["operator"] or row["side"]): row["n"] for row in october.figures if row["figure"] == "screened"
    }
    assert told == {"lumibay": None, "dalmart": None, "overseas": 50, "hanmaru": 12, "domestic": 12}
    assert all(row["low"] is None for row in october.figures if row["figure"] == "screened")


def test_what_came_in_without_a_screening_is_no_record_screened(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    with time_machine.travel(OCTOBER, tick=False):
        screened(tmp_path / "claims", ["Lumibay"] * 30)
    with time_machine.travel(PREVIEW, tick=False):
        make_due(PREVIEW)
    assert Release.objects.get().figures == []


@pytest.mark.parametrize("language", ["ko", "en", "zh"])
def test_every_figure_says_how_what_it_counts_was_chosen(october: Release, language: str) -> None:
    with time_machine.travel(datetime(2026, 11, 24, tzinfo=UTC), tick=False):
        page = Client(headers={"accept-language": language}).get("/figures/monthly").content.decode()
        told = Client().get(f"/figures/monthly/{october.digest}/release.json").json()
    for each in said_in()["figures"]:
        assert each["basis"][language][:40].replace("'", "&#x27;") in page
    assert all(each["basis"]["en"] for each in told["definitions"])
