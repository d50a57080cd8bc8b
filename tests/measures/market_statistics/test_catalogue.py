"""The series of the pack: the figures as published, read as known on a day, and never mixed where they are not one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mapae.errors import PackError, UsageError
from mapae.measures.market_statistics.catalogue import Catalogue, catalogue
from mapae.measures.market_statistics.series import Value
from mapae.measures.market_statistics.snapshot import rows, snapshot
from mapae.pack import Pack, load_pack
from mapae.text.periods import period


@pytest.fixture(scope="module")
def kr() -> Catalogue:
    return catalogue(load_pack("kr"))


def _figures(kr: Catalogue, key: str) -> dict[str, float | None]:
    return {str(value.period): value.value for value in kr.get(key).values}


def test_cross_border_consultations_are_shown_as_published_with_ten_months_marked_as_a_part(
    kr: Catalogue,
) -> None:
    found = _figures(kr, "kca.crossborder_consultations")
    assert [found[year] for year in ("2021", "2022", "2023", "2024")] == [14086, 16608, 19418, 22816]
    last = kr.get("kca.crossborder_consultations").last
    assert last is not None and (last.value, last.period.partial, last.period.months) == (30066, True, 10)


def test_the_two_series_on_aliexpress_are_there_and_refuse_to_be_mixed(kr: Catalogue) -> None:
    assert _figures(kr, "kcu.aliexpress") == {"2022": 93, "2023": 465}
    assert _figures(kr, "kca.aliexpress")["2022"] == 228 and _figures(kr, "kca.aliexpress")["2023"] == 673
    for keys in (["kcu.aliexpress", "kca.aliexpress"], ["kca.aliexpress", "kcu.aliexpress"]):
        with pytest.raises(UsageError, match="Two bodies"):
            kr.total(keys)
    with pytest.raises(UsageError, match="두 기관"):
        kr.total(["kcu.aliexpress", "kca.aliexpress"], "ko")


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        (["kca.crossborder_consultations", "kca.crossborder_breach"], "twice"),
        (["kcs.parcels", "kca.temu"], "units"),
        (["kcu.aliexpress", "kca.temu"], "one whole"),
        (["wiseapp.temu", "wiseapp.shein"], "same person"),
    ],
)
def test_a_sum_that_says_nothing_is_refused_with_its_reason(kr: Catalogue, keys: list[str], why: str) -> None:
    with pytest.raises(UsageError, match=why):
        kr.total(keys)


def test_parts_of_one_whole_are_added_where_all_have_the_period(kr: Catalogue) -> None:
    found = {str(at): value for at, value in kr.total(["kca.aliexpress", "kca.temu"]).items()}
    assert found == {"2023": 680, "2024-01..2024-02": 369, "2024-01..2024-09": 980}


def test_a_revision_is_kept_beside_what_was_known_before(kr: Catalogue) -> None:
    first = kr.get("kca.crossborder_consultations")
    later = first.with_values([Value(period("2024"), 22900, date(2026, 6, 1), "revised")])
    old = {str(value.period): value.value for value in later.as_known_on(date(2026, 5, 31)).values}
    new = {str(value.period): value.value for value in later.as_known_on(date(2026, 6, 1)).values}
    assert (old["2024"], new["2024"]) == (22816, 22900)
    assert [value.value for value in later.revisions(period("2024"))] == [22816, 22900]
    assert later.as_known_on(date(2020, 1, 1)).values == ()


def test_a_snapshot_is_the_same_for_the_same_figures_and_another_for_others(kr: Catalogue) -> None:
    one = kr.get("kca.temu").as_known_on(date(2026, 11, 23))
    data = rows([one])
    assert snapshot([one.key], date(2026, 11, 23), data) == snapshot(
        [one.key], date(2026, 11, 23), rows([one])
    )
    assert snapshot([one.key], date(2026, 11, 24), data) != snapshot([one.key], date(2026, 11, 23), data)
    changed = [{**data[0], "value": 8}, *data[1:]]
    assert snapshot([one.key], date(2026, 11, 23), changed) != snapshot([one.key], date(2026, 11, 23), data)


@pytest.mark.parametrize("text", ["2024", "2024-H2", "2024-Q3", "2024-02", "2024-02-29", "2025-01..2025-10"])
def test_a_period_is_written_as_it_is_read(text: str) -> None:
    assert str(period(text)) == text


@pytest.mark.parametrize("text", ["24", "2024-13", "2024-Q5", "2025-10..2025-01", "2025..2026", "soon"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        period(text)


_ROW = """
- key: a.b
  title: {en: A}
  definition: {en: D}
  unit: cases
  additive: false
  source: {en: S}
  method: {en: M}
  values: [{period: "2024", value: 1, known_on: 2025-01-01, reference: r}]
"""


@pytest.mark.parametrize(
    ("text", "apart", "said"),
    [
        (_ROW + _ROW, "[]", "there twice"),
        (_ROW, "[{series: [a.b, c.d], reason: {en: x}}]", "no series 'c.d'"),
        (_ROW.replace("  unit: cases\n", ""), "[]", "unit is missing"),
        (_ROW.replace("2025-01-01", "soon"), "[]", "known_on is no day"),
        (_ROW.replace('"2024"', '"24"'), "[]", "no period"),
        (_ROW.replace("{en: S}", "{en: S, and others}"), "[]", "has no text"),
    ],
)
def test_a_fault_in_the_data_is_named_by_file_and_series(
    tmp_path: Path, text: str, apart: str, said: str
) -> None:
    folder = tmp_path / "statistics"
    folder.mkdir()
    (folder / "one.yaml").write_text(text, "utf-8")
    (folder / "apart.yaml").write_text(apart, "utf-8")
    with pytest.raises(PackError, match=said) as caught:
        catalogue(Pack("xx", tmp_path))
    assert "statistics/" in str(caught.value) and "mend:" in str(caught.value)
