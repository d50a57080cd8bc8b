"""The table of answers: what goes out comes back as it was, whatever it holds, and no spreadsheet runs it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from mapae.desk.answers.answer import moment_of, read_answer
from mapae.desk.answers.models import AnswerFile, DraftAnswer
from mapae.desk.answers.table import COLUMNS, read_rows, rejects_csv, write_csv
from mapae.desk.cases.models import CaseItem
from mapae.errors import InputError

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
ITEM = CaseItem(pk=7, kind="listing", subject_id="L-7", platform="Lumibay", title="치발기", state="asked")


def _texts() -> st.SearchStrategy[str]:
    return st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=80).map(str.strip)


@given(text=_texts())
@settings(max_examples=150, deadline=None)
def test_what_was_drafted_comes_back_as_it_was(text: str) -> None:
    draft = DraftAnswer(kind="contest", ground="other", text=text, at=NOW)
    out = write_csv([ITEM], {7: draft})
    ((line, row),) = list(read_rows(out.encode()))
    assert (line, row["item"], row["kind"], row["text"]) == (2, "7", "contest", text)


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "@x", "-2+3", "\t=1"])
def test_no_cell_of_an_export_begins_a_formula(cell: str) -> None:
    row = {"line": 2, "cells": [cell] * len(COLUMNS), "why": ["x"]}
    body = rejects_csv(AnswerFile(rejects=[row])).splitlines()[1]
    assert all(part.strip('"')[:1] == "'" for part in body.split(",")[:-1])


@pytest.mark.parametrize(
    "content",
    [
        "item;kind;removed_at\n7;removed;2026-11-25 11:00",
        "item\tkind\tremoved_at\n7\tremoved\t2026-11-25 11:00",
        "\ufeffItem,KIND,removed_at\n7,removed,2026-11-25 11:00",
    ],
)
def test_tables_of_every_spreadsheet_are_read(content: str) -> None:
    for encoding in ("utf-8", "utf-16"):
        ((_line, row),) = list(read_rows(content.encode(encoding)))
        assert (row["item"], row["kind"], row["removed_at"]) == ("7", "removed", "2026-11-25 11:00")


def test_a_table_too_long_or_without_its_columns_is_refused() -> None:
    with pytest.raises(InputError):
        list(read_rows(b"a,b\n1,2"))
    with pytest.raises(InputError):
        list(read_rows(b"item,kind\n" + b"7,removed\n" * 10_001))


@given(st.text(max_size=30))
@settings(max_examples=150, deadline=None)
def test_any_text_as_a_moment_is_read_or_refused_in_words(text: str) -> None:
    with translation.override("en"):
        _answer, wrong = read_answer(ITEM, {"kind": "removed", "removed_at": text}, NOW)
    assert wrong or moment_of(text.strip(), NOW) is not None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2026-11-25 12:00", "2026-11-25T03:00+00:00"),
        ("2026-11-25T11:00", "2026-11-25T02:00+00:00"),
        ("2026-11-25T02:30:00+00:00", "2026-11-25T02:30+00:00"),
        ("2026-11-24", "2026-11-24T14:59+00:00"),
        ("2026-11-25", "2026-11-25T03:00+00:00"),
    ],
)
def test_moments_are_korean_time_and_a_day_means_its_end(text: str, told: str) -> None:
    found = moment_of(text, NOW)
    assert found is not None
    assert found.astimezone(UTC).isoformat(timespec="minutes") == told


@pytest.mark.parametrize("text", ["0001-01-01 00:00", "9999-12-31", "2026-13-01", "2026-02-30 10:00", "어제"])
def test_impossible_moments_are_refused(text: str) -> None:
    assert moment_of(text, NOW) is None
