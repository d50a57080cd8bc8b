"""One page over several reports, with nothing of the input running in it."""

from __future__ import annotations

from datetime import date

import pytest

from mapae.report.overview import Overview, Part, SameName, render_overview
from tests.report.test_html import HOSTILE, Tags, finding


def page(**changes):
    values = {
        "as_of": date(2026, 11, 25),
        "seconds": 2.5,
        "parts": (
            Part("listing", "listing/report.html", 5000, {"counterfeits": 12}),
            Part("advert", "advert/report.html", 600, {"illegal_ads": 3}),
        ),
        "measures": {
            "counterfeits": {"en": "Counterfeits", "ko": "가품"},
            "illegal_ads": {"en": "Adverts", "ko": "광고"},
        },
        "provisions": {"TM 108": {"en": "Acts deemed infringement", "ko": "침해로 보는 행위"}},
        "shown": (finding(),),
        "duties": (
            (date(2026, 11, 25), HOSTILE, "ECA 20-5", "not_required", ("not in force yet",)),
            (date(2027, 1, 21), HOSTILE, "ECA 20-5", "required", ("revenue",)),
        ),
        "names": (SameName(HOSTILE, "Dalmuri Trading", True, 0.97, ("sounds the same",)),),
    }
    return render_overview(Overview(**(values | changes)))


def test_it_counts_by_measure_and_kind_and_leads_to_each_report():
    text = page()
    links = [
        attributes["href"] for tag, attributes in Tags(text).found if tag == "a" and "href" in attributes
    ]
    assert links.count("listing/report.html") == 2
    assert links.count("advert/report.html") == 2
    assert "<dd>5,600</dd>" in text
    assert "<dd>15</dd>" in text


def test_hostile_names_make_no_tag_and_no_handler():
    tags = Tags(page()).found
    assert [tag for tag, _ in tags if tag in ("script", "img", "iframe", "style")] == ["style", "script"]
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]


def test_an_answer_stands_under_its_day():
    text = page()
    assert text.index("2026-11-25</th>") < text.index("2027-01-21</th>")
    assert text.index('class="answer not_required"') < text.index('class="answer required"')


def test_without_duties_and_names_their_sections_are_left_out():
    text = page(duties=(), names=())
    assert 'id="duties"' not in text
    assert 'id="names"' not in text


@pytest.mark.parametrize("language", ["en", "ko"])
def test_it_opens_in_the_language_asked_for(language):
    assert f'<html lang="{language}">' in page(language=language)
