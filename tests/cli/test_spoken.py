"""What the command line says in Korean: every error the source can raise has its words, and no row is without an error."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import mapae
from mapae.cli.spoken import refusal, told
from mapae.errors import InputError, UsageError

HERE = Path(mapae.__file__).parent
ROWS: dict[str, str] = yaml.safe_load((HERE / "cli" / "spoken_ko.yaml").read_text("utf-8"))
COUNT = "{} fault{} {}"
_ERRORS = {"UsageError", "InputError", "PackError", "ListError", "FactError", "MapaeError"}


def _pattern(node: ast.expr, names: dict[str, str]) -> str | None:
    """The words of a text, {} for what is filled in; None for what is put together elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return names.get(node.id) if isinstance(node, ast.Name) else None


def _trees() -> Iterator[ast.Module]:
    for path in sorted(HERE.rglob("*.py")):
        if "desk" not in path.parts:
            yield ast.parse(path.read_text("utf-8"))


def _raised() -> set[str]:
    """What every error of the core says, and every remedy."""
    found: set[str | None] = set()
    for tree in _trees():
        names = {
            str(row.targets[0].id): str(row.value.value)
            for row in tree.body
            if isinstance(row, ast.Assign) and isinstance(row.targets[0], ast.Name)
            and isinstance(row.value, ast.Constant)
        }  # fmt: skip
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in _ERRORS and node.args:
                found.add(_pattern(node.args[0], names))
                found.update(_pattern(each.value, names) for each in node.keywords if each.arg == "mend")
    return {text for text in found if text}


def _written() -> set[str]:
    """Every text that stands in the source of the core."""
    texts = {_pattern(node, {}) for tree in _trees() for node in ast.walk(tree) if isinstance(node, ast.expr)}
    return {text for text in texts if text}


def _said_by_parts(text: str) -> bool:
    return text in ROWS or all(part in ROWS or part == "{}" for part in text.split("; "))


def test_every_error_and_remedy_of_the_core_has_korean_words() -> None:
    assert {text for text in _raised() if not _said_by_parts(text)} == set()


def test_no_row_stands_for_words_that_nothing_says() -> None:
    texts = {text.strip() for text in _written()}
    parts = {part for text in texts for part in text.split("; ")} | texts
    assert {row for row in ROWS if row not in parts} == set()


@pytest.mark.parametrize("english", sorted(ROWS))
def test_korean_words_fill_in_what_the_english_ones_do(english: str) -> None:
    holes = sorted(map(int, re.findall(r"\{(\d)\}", ROWS[english])))
    needed = (
        1 if english == COUNT else english.count("{}")
    )  # a plural's letter and "in the file" go without saying
    assert holes == list(range(needed)) and ROWS[english].strip()


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("there is no such file", "그런 파일이 없습니다"),
        ("not a day: '2026-99-01'", "날짜가 아닙니다: '2026-99-01'"),
        ("the list would shrink from 5,000 to 12 entries", "목록이 5,000개에서 12개로 줄어듭니다"),
        (
            "did you mean price?; columns of a listing: title, price",
            "혹시 이것입니까? price; listing의 열: title, price",
        ),
        (
            "columns seen: 'a', 'b'; the first line looks like a row: put a header with the columns' names above it",
            "파일의 열: 'a', 'b'; 첫 줄이 내용으로 보입니다. 그 위에 열 이름이 적힌 제목 행을 넣으십시오",
        ),
        (
            "a.yaml:3:5: unknown fact 'revenu'\n    revenu: 1\n    ^\n  mend: check the name\n1 fault in the file",
            "a.yaml:3:5: 모르는 사실 항목입니다: 'revenu'\n    revenu: 1\n    ^\n"
            "  고치는 법: 이름을 확인하십시오\n잘못된 곳 1군데",
        ),
        ("words that stand nowhere", "words that stand nowhere"),
        ("", ""),
    ],
)
def test_words_are_found_whole_by_pattern_and_in_parts(english: str, korean: str) -> None:
    assert told(english, "ko") == korean and told(english, "en") == english


@given(st.text(max_size=40))
def test_what_the_user_wrote_is_said_again_as_it_was(text: str) -> None:
    assert told(f"not a share: {text!r}", "ko") == f"비율이 아닙니다: {text!r}"


def test_a_refusal_says_what_where_and_how_to_mend_it_in_either_language() -> None:
    error = InputError("there is no such file", where="a.csv", mend="check the name and the folder")
    assert (
        refusal(error, "en") == "error: a.csv: there is no such file\n  mend: check the name and the folder"
    )
    assert (
        refusal(error, "ko") == "오류: a.csv: 그런 파일이 없습니다\n  고치는 법: 이름과 폴더를 확인하십시오"
    )
    assert refusal(UsageError("no input"), "ko") == "오류: 입력이 없습니다"
