"""Figures, their queries, official series, promises and violations fit a phone and 400 % zoom, and axe-core finds nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from mapae.desk import clock
from mapae.desk.agreements.models import PromiseSnapshot
from mapae.desk.parties.models import Operator
from mapae.desk.publication import cells
from mapae.desk.publication.models import Release
from mapae.desk.verification.figures import definitions
from mapae.desk.verification.models import FigureSnapshot
from tests.desk.browsing import chromium, faults, keep_picture, too_wide
from tests.desk.touring import begin

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.apart,
    pytest.mark.django_db(transaction=True),
]
PROMISE = "eca_complaints-result_in_time"


def _counted(figures: list[dict[str, Any]], month: str) -> list[dict[str, Any]]:
    """Forty outcomes of each figure and operator, three of a second one, which stay hidden."""
    sides = {row.pk: (row.key, "overseas" if row.overseas else "domestic") for row in Operator.objects.all()}
    whole = [
        cells.Counted(each["key"], pk, month, float(number % 2))
        for each in figures
        for place, pk in enumerate(sorted(sides))
        for number in range(3 if place == 1 else 40)
    ]
    return cells.cells(whole, sides, [month])


def _published() -> list[str]:
    """Addresses of a release, a snapshot of figures and one of promises, and of a query of each."""
    now, today = clock.now(), date(2026, 1, 2)
    month, figures = "2025-12", cells.said_in()["figures"]
    rows, asked = _counted(figures, month), cells.queries(figures)
    Release.objects.create(
        month=month, digest="release", made_at=now, previewed_from=today, publish_on=today, cells=rows, queries=asked,
        figures=cells.run(rows, asked),
    )  # fmt: skip
    rows, asked = _counted(definitions(), ""), cells.queries(definitions())
    found = [{**row, "names": {"ko": "루미베이", "en": "Lumibay"}} for row in cells.run(rows, asked)]
    FigureSnapshot.objects.create(
        digest="figures", as_of=today, made_at=now, cells=rows, queries=asked, rows=found
    )
    row = {
        "figure": PROMISE,
        "operator": "lumibay",
        "n": 40,
        "k": 31,
        "value": 0.775,
        "low": 0.62,
        "high": 0.88,
    }
    PromiseSnapshot.objects.create(
        digest="promises", as_of=today, made_at=now, queries={PROMISE: "SELECT 1"}, rows=[row]
    )
    return [
        reverse("release", args=["release"]),
        reverse("release-query", args=["release", "complaints"]),
        reverse("figure-query", args=["figures", "removed_5"]),
        reverse("promise-query", args=["promises", PROMISE]),
        *(reverse(name) for name in ("figures", "series-list", "promises", "violations", "networks")),
        reverse("network", args=["lumibay"]),
        reverse("series", args=["kca.aliexpress"]),
    ]


def test_public_figures_fit_a_phone_and_four_hundred_percent(settings: Any, desk_server: Any) -> None:
    begin(settings, desk_server.url)
    places, wrong = _published(), []
    with chromium() as browser:
        for language, width in (("ko", 360), ("en", 320)):  # 320: 1280 px at 400 %
            context = browser.new_context(locale=language, viewport={"width": width, "height": 800})
            page = context.new_page()
            for number, place in enumerate(places):
                answer = page.goto(desk_server.url + place)
                keep_picture(page, f"figures-{language}-{number}")
                found = [*faults(page), *([f"{wide} px too wide"] if (wide := too_wide(page)) else [])]
                wrong += [
                    f"{language} {place} {answer.status}: {each}"
                    for each in found or [""]
                    if each or not answer.ok
                ]
    assert wrong == [], "\n".join(wrong)
