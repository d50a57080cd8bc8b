"""The compiler of pack data: every fault is told by file, line, column, with the line, a caret and the remedy."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mapae.errors import PackError
from mapae.pack import find_pack, load_pack
from mapae.pack.checks import check_stale
from mapae.pack.compile import compile_law
from mapae.pack.problem import report

SOUND = """\
provisions:
  - key: TST 1
    title: {ko: 시험, en: Test}
    versions:
      - {from: 2025-01-01, to: 2025-12-31, status: in_force, summary: {ko: 옛, en: old},
         reference: Act 1, checked_on: 2026-01-01}
      - {from: 2026-01-01, to: null, status: in_force, summary: {ko: 새, en: new}, reference: Act 2, checked_on: 2026-01-01}
parameters:
  - key: tst.1.days
    title: {ko: 일수, en: Days}
    unit: days
    provision: TST 1
    values:
      - {from: 2025-01-01, to: null, status: in_force, value: 7, reference: Act 1, checked_on: 2026-01-01}
"""

# name → (what is put in place of what, first line of the report without its folder, the remedy)
FAULTS: dict[str, tuple[str, str, str, str]] = {
    "no reference": (
        "summary: {ko: 새, en: new}, reference: Act 2",
        "summary: {ko: 새, en: new}",
        "law.yaml:7:9: no reference",
        "add reference: the law's title and article, or the page read",
    ),
    "overlap": (
        "from: 2026-01-01, to: null",
        "from: 2025-06-01, to: null",
        "law.yaml:7:9: ",
        "",
    ),
    "unknown provision": (
        "provision: TST 1",
        "provision: TST 2",
        "law.yaml:12:16: there is no provision 'TST 2'",
        "did you mean TST 1?",
    ),
    "unknown unit": (
        "unit: days",
        "unit: dais",
        "law.yaml:11:11: unknown unit 'dais'",
        "did you mean days?",
    ),
    "bad status": (
        "status: in_force, value: 7",
        "status: valid, value: 7",
        "law.yaml:14:46: status is 'valid'",
        "one of: in_force, promulgated_not_in_force, draft, bill",
    ),
    "day in quotes": (
        "{from: 2025-01-01, to: null, status: in_force, value",
        '{from: "1.1.2025", to: null, status: in_force, value',
        "law.yaml:14:16: from is no day: '1.1.2025'",
        "write it as YYYY-MM-DD, without quotes",
    ),
    "no title": (
        "title: {ko: 일수, en: Days}",
        "title: {ko: 일수}",
        "law.yaml:10:12: no en title",
        "add title: {en: …}",
    ),
    "no Korean summary": (
        "summary: {ko: 새, en: new}",
        "summary: {en: new}",
        "law.yaml:7:65: no ko summary",
        "add summary: {ko: …}",
    ),
    "misspelt field": (
        "    unit: days",
        "    units: days\n    unit: days",
        "law.yaml:11:12: unknown field 'units'",
        "did you mean unit?",
    ),
    "a key twice in one map": (
        "    unit: days",
        "    unit: days\n    unit: days",
        "law.yaml:12:5: the key 'unit' stands twice (first in line 11)",
        "keep one of them",
    ),
    "a value of another sort": (
        "value: 7",
        "value: seven",
        "law.yaml:14:63: 'seven' is no value in days",
        "write a number in digits, or a map of them",
    ),
    "a day that is none": (
        "{from: 2025-01-01, to: null, status: in_force, value",
        "{from: 2025-02-30, to: null, status: in_force, value",
        "law.yaml:14:16: from is no day: '2025-02-30'",
        "put the day right",
    ),
    "no YAML": ("provisions:", "provisions: [", "law.yaml:2:3: not YAML: ", "mend the form of this line"),
    "unknown section": (
        "parameters:",
        "parametres:",
        "law.yaml:9:3: unknown section 'parametres'",
        "sections are: provisions, parameters",
    ),
}


def _law(folder: Path, text: str) -> Path:
    place = folder / "law"
    place.mkdir()
    (place / "law.yaml").write_text(text, "utf-8")
    return place


def test_a_sound_file_compiles_to_dated_provisions_and_parameters(tmp_path: Path) -> None:
    law = compile_law(_law(tmp_path, SOUND))
    assert not law.problems
    assert [dated.value for dated in law.provisions["TST 1"].versions] == [
        {"ko": "옛", "en": "old"},
        {"ko": "새", "en": "new"},
    ]
    assert law.parameters["tst.1.days"].values[0].line == 14


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_place_the_line_a_caret_and_the_remedy(name: str, tmp_path: Path) -> None:
    old, new, head, mend = FAULTS[name]
    assert old in SOUND
    law = compile_law(_law(tmp_path, SOUND.replace(old, new, 1)))
    text = report(law.problems).replace(str(tmp_path / "law") + "/", "")
    first = text.splitlines()[0]
    assert first.startswith(head), text
    assert mend in text
    assert any(line.strip() == "^" for line in text.splitlines())
    assert text.splitlines()[-1].endswith("in pack data")


def test_the_same_key_in_two_entries_is_refused(tmp_path: Path) -> None:
    entry = SOUND[SOUND.index("  - key: tst.1.days") :]
    law = compile_law(_law(tmp_path, SOUND + entry))
    assert "the key 'tst.1.days' is there already" in report(law.problems)


def test_every_fault_is_collected_none_stops_the_rest(tmp_path: Path) -> None:
    text = SOUND.replace("unit: days", "unit: dais").replace("provision: TST 1", "provision: TST 9")
    assert report(compile_law(_law(tmp_path, text)).problems).endswith("2 faults in pack data")


def test_a_reference_nobody_read_for_a_year_is_stale(tmp_path: Path) -> None:
    law = compile_law(_law(tmp_path, SOUND))
    texts = law.provisions["TST 1"].versions
    assert not check_stale(texts, date(2027, 1, 1))
    assert len(check_stale(texts, date(2027, 1, 3))) == 2


def test_a_pack_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(PackError, match="there is no pack 'xx'") as caught:
        find_pack("xx")
    assert "kr" in caught.value.mend


def test_the_shipped_pack_has_a_reference_and_a_day_for_every_text_and_value() -> None:
    pack = load_pack("kr")
    dated = [one for item in pack.provisions.values() for one in item.versions]
    dated += [one for item in pack.parameters.values() for one in item.values]
    assert len(dated) > 400
    assert all(one.reference and one.checked_on for one in dated)


def test_a_file_the_pack_lacks_or_cannot_parse_is_told_by_name(tmp_path: Path) -> None:
    _law(tmp_path, SOUND)
    pack = load_pack(str(tmp_path))
    with pytest.raises(PackError, match="the pack has no such file"):
        pack.data("lexicons/none.yaml")
    (tmp_path / "bad.yaml").write_text("a: [", "utf-8")
    with pytest.raises(PackError, match="not YAML"):
        pack.data("bad.yaml")
