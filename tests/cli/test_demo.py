"""`mapae demo` tells what it found, serves it on this machine, and ends by itself when asked to."""

from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

from mapae.app.demo_data.write import BY_HAND, ORDINARY, TOGETHER
from mapae.cli.demo import _line, _plain, app
from mapae.cli.demo_words import say_in


@pytest.mark.slow
@pytest.mark.no_cover
def test_once_it_tells_fetches_the_first_page_and_ends(tmp_path):
    done = CliRunner().invoke(app, ["--once", "--out", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert re.search(r"First finding after \d+\.\d s:", done.output)
    assert re.search(r"8,\d{3} records: [\d,]+ findings in", done.output)
    assert "Local agent required on 2027-01-21: Lumibay Holdings (ECA 20-5)" in done.output
    assert re.search(r"http://127\.0\.0\.1:\d+/tour answered", done.output)


def test_hidden_characters_are_told_by_their_code():
    assert _plain("C\u200bBD\n오일") == "C‹200B›BD 오일"


def test_a_finding_is_one_line():
    row = {
        "severity": "high", "reference_id": "brand:Nike", "provision": "TM 108", "subject_title": "N1ke\nAir",
        "subject_id": "1", "reasons": [
            {"field": "title", "start": 0, "end": 4, "seen": "N1ke", "matched": "Nike", "detail": "", "score": 1.0}
        ],
    }  # fmt: skip
    assert _line(row).plain == "  [high] N1ke → Nike · brand:Nike · TM 108 · N1ke Air"


@pytest.mark.parametrize(
    ("language", "begins"), [("en", "Screening an invented market"), ("ko", "지어낸 시장")]
)
def test_it_speaks_english_and_korean(language, begins):
    assert say_in(language, "begin").startswith(begins)
    assert all(say_in(language, kind) for kind in (*ORDINARY, *BY_HAND, *TOGETHER))
