"""The timeline tells every event in words, in three languages, and shows what people wrote as they wrote it."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from django.utils import translation

import mapae.desk
from mapae.desk.cases.actions import run
from mapae.desk.cases.actions._action import log
from mapae.desk.cases.models import Case
from mapae.desk.cases.story import sentences, story
from mapae.desk.words import read_words

DESK = Path(mapae.desk.__file__).parent


OWN_LOGS = {"helpline": "desk_story.yaml", "merchants": "story.yaml"}  # areas that keep events of their own


def _logged(area: str = "") -> set[str]:
    """Kinds of event that any part of the desk writes with log(case, kind, …), or with the log of that area."""
    found = set()
    for path in DESK.rglob("*.py"):
        text = path.read_text("utf-8")
        own = [each for each in OWN_LOGS if f"from mapae.desk.{each}.events import" in text]
        if own != [area] * bool(area):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "log" and len(node.args) > 1:
                found |= {part.value for part in ast.walk(node.args[1]) if isinstance(part, ast.Constant)}
    return {kind for kind in found if isinstance(kind, str)}


def _begins(kind: str) -> bool:
    """Whether it is the fixed part of kinds that are put together (contest_accepted, contest_rejected)."""
    return kind.endswith("_") and any(each.startswith(kind) for each in sentences())


def test_every_event_that_the_desk_writes_has_its_sentence() -> None:
    logged = _logged()
    assert {"opened", "noted", "extended", "closed"} <= logged
    assert [kind for kind in logged - set(sentences()) if not _begins(kind)] == []


@pytest.mark.parametrize(
    ("area", "some"),
    [("helpline", {"share_agreed", "mail_received"}), ("merchants", {"joined", "disclosure"})],
)
def test_every_event_of_a_complaint_or_report_has_its_sentence(area: str, some: set[str]) -> None:
    logged = _logged(area)
    assert some | {"received"} <= logged
    told = yaml.safe_load((DESK / area / OWN_LOGS[area]).read_text("utf-8"))
    assert logged - set(told) == set()


@pytest.mark.parametrize("kind", sorted(sentences()))
def test_a_sentence_names_the_same_things_in_every_language(kind: str) -> None:
    row = sentences()[kind]
    assert set(row) == {"ko", "en", "zh"}
    named = {frozenset(re.findall(r"{(\w+)}", text)) for text in row.values()}
    assert len(named) == 1


@pytest.fixture
def case(world: SimpleNamespace) -> Case:
    made: Case = run(
        "open", world.sora, operator=world.lumibay, matter="hazardous_goods", title="치발기 (예시)"
    )
    return made


def test_the_newest_event_stands_first_with_who_and_what(world: SimpleNamespace, case: Case) -> None:
    run("join", world.sora, case, kind="listing", subject_id="L-1", title="{person} 치발기 %s")
    run("assign", world.sora, case, to=world.hana)
    run("hold", world.hana, case, reason="시험 결과 대기")
    log(case, "relisted", None, item=case.items.get())
    with translation.override("ko"):
        told = story(case)
    assert [(each.who, each.sentence, each.words) for each in told] == [
        ("", "재등록 발견: {person} 치발기 %s", ""),
        ("Hana", "사건을 보류함(법정 기한은 계속 진행)", "시험 결과 대기"),
        ("Sora", "담당자로 Hana 지정", ""),
        ("Sora", "판매 게시물 합침: {person} 치발기 %s", ""),
        ("Sora", "사건을 개시함", ""),
    ]


def test_an_event_that_counts_for_another_day_says_so(world: SimpleNamespace, case: Case) -> None:
    log(case, "delivered", world.sora, ref="X", on="2026-09-18")
    assert story(case)[0].on is not None
    assert case.events.last().plain().on.isoformat() == "2026-09-18"


def test_a_kind_without_a_sentence_is_told_by_its_name(world: SimpleNamespace, case: Case) -> None:
    log(case, "something_new", world.sora)
    assert story(case)[0].sentence == "something new"


def test_pages_of_the_timeline_follow_each_other(world: SimpleNamespace, case: Case) -> None:
    for number in range(7):
        run("note", world.sora, case, text=str(number))
    first = story(case, most=3)
    second = story(case, most=3, before=first[-1].seq)
    assert [each.words for each in first + second] == ["6", "5", "4", "3", "2", "1"]
    assert story(case, most=1, notes=False)[0].words == ""


_OWN = sorted((DESK / "templates/desk").glob("officer_case*.html"))


@pytest.mark.parametrize(
    "path", [*_OWN, DESK / "templates/desk/officer_overdue.html"], ids=lambda path: path.name
)
def test_every_word_of_the_case_pages_has_its_korean(path: Path) -> None:
    text, known = path.read_text("utf-8"), read_words(DESK)
    said = [found[1] for found in re.findall(r"{% translate ([\"'])(.*?)\1", text)]
    blocks = re.findall(r"{% blocktranslate.*?%}(.*?){% endblocktranslate", text, re.S)
    parts = [part for block in blocks for part in re.split(r"{% *plural *%}", block)]
    said += [re.sub(r"{{ *(\w+) *}}", r"%(\1)s", part) for part in parts]
    assert [word for word in said if not known.get(word, {}).get("ko")] == []
