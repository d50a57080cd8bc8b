"""Search finds Korean inside words, numbers with or without dashes, and nothing that is not the person's to see."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from mapae.desk import clock
from mapae.desk.cases.actions import run
from mapae.desk.cases.grams import folded, folded_rows, span, words
from mapae.desk.cases.models import Case, SearchRow
from mapae.desk.cases.search import search
from mapae.desk.cases.search_rows import rebuild
from mapae.desk.documents.models import Document


@pytest.fixture
def case(world: SimpleNamespace) -> Case:
    made: Case = run(
        "open",
        world.sora,
        operator=world.lumibay,
        matter="hazardous_goods",
        title="실리콘 아기치발기 회수 (예시)",
    )
    run(
        "join",
        world.sora,
        made,
        kind="listing",
        subject_id="L-1",
        platform="Lumibay",
        title="嬰兒牙膠 Silicone teether",
    )
    run("note", world.sora, made, text="통관 기록은 다음 주에 확인한다")
    return made


def _found(world: SimpleNamespace, query: str) -> list[str]:
    return sorted(search(world.sora, query))


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("치발", ["case"]),
        ("치 발기", ["case"]),
        ("아기치발기", ["case"]),
        ("회수", ["case"]),
        ("루미베이 치발기", ["case"]),
        ("루미", ["case", "operator"]),
        ("婴儿", ["item"]),
        ("ONE TEETH", ["item"]),
        ("관기록", ["note"]),
        ("반짝", ["seller"]),
        ("lumibay.example", ["operator"]),
        ("치발기 없는말", []),
        ("발치", []),
        ("치", []),
        ("' OR 1=1 --", []),
        ('"치발" OR *', []),
    ],
)
def test_a_query_finds_what_has_its_words(
    world: SimpleNamespace, case: Case, query: str, kinds: list[str]
) -> None:
    assert _found(world, query) == kinds


def test_a_number_is_found_with_and_without_its_dashes(world: SimpleNamespace, case: Case) -> None:
    for query in (case.number, case.number.replace("-", ""), case.number[-8:]):
        assert [hit.object_id for hit in search(world.sora, query)["case"]] == [case.pk]


def test_a_hit_marks_the_words_in_the_text_as_written(world: SimpleNamespace, case: Case) -> None:
    (hit,) = search(world.sora, "치 발기")["case"]
    (mark,) = hit.marks
    assert hit.text[mark["start"] : mark["end"]] == "치발기"
    assert span("G.U.C.C.I 가방", words("gucci")[0]) == (0, 9)


def test_each_person_finds_only_what_they_may_see(world: SimpleNamespace, case: Case) -> None:
    assert search(world.dojin, "치발기") == {}
    assert search(world.taeho, "치발기") == {}
    assert set(search(world.yuna, "치발기")) == {"case"}
    assert search(world.yuna, "통관") == {}
    assert search(world.yuna, "반짝") == {}
    assert search(world.minjun, "teether") == {}


def test_an_agent_finds_what_was_served_and_no_notes(world: SimpleNamespace, case: Case) -> None:
    document = Document.objects.create(
        case=case, kind="guidance", body=world.motir, code="AB12CD34", addressee="Lumibay", drafter=world.sora,
        drafted_at=clock.now(), served_at=clock.now(),
    )  # fmt: skip
    document.items.add(case.items.get())
    assert set(search(world.minjun, "teether")) == {"item"}
    assert set(search(world.minjun, "AB12")) == {"document"}
    assert search(world.minjun, "통관") == {}
    assert search(world.rival, "teether") == {}
    assert search(world.ex, "teether") == {}


def test_changes_are_found_and_what_is_gone_is_not(world: SimpleNamespace, case: Case) -> None:
    item = case.items.get()
    item.title = "유아용 딸랑이"
    item.save()
    assert _found(world, "teether") == []
    assert _found(world, "딸랑") == ["item"]
    world.lumibay.name_ko = "새이름상점"
    world.lumibay.save()
    assert _found(world, "새이름") == ["case", "operator"]
    seller = world.seller
    seller.delete()
    assert _found(world, "반짝") == []


def test_rows_made_anew_are_the_same(world: SimpleNamespace, case: Case) -> None:
    fields = ("kind", "object_id", "case", "text", "folded", "grams")
    before = sorted(SearchRow.objects.values_list(*fields), key=str)
    assert rebuild() == len(before)
    assert sorted(SearchRow.objects.values_list(*fields), key=str) == before
    assert _found(world, "치발") == ["case"]


def test_an_agent_searches_their_own_pages(world: SimpleNamespace, case: Case) -> None:
    document = Document.objects.create(
        case=case, kind="guidance", body=world.motir, code="AB12CD34", addressee="Lumibay", drafter=world.sora,
        drafted_at=clock.now(), served_at=clock.now(),
    )  # fmt: skip
    document.items.add(case.items.get())
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(world.mei)
    text = client.get(reverse("search"), {"q": "teether"}).content.decode()
    assert reverse("agent-case", args=(case.number,)) in text
    assert "搜索" in text
    assert (
        reverse("agent-letter", args=("AB12CD34",))
        in client.get(reverse("search"), {"q": "AB12"}).content.decode()
    )
    client.force_login(world.rival)
    assert case.number not in client.get(reverse("search"), {"q": "teether"}).content.decode()


def test_rows_folded_together_are_those_folded_one_by_one() -> None:
    rows = [
        ["嬰兒牙膠 Silicone", "", "２０２６-KFTC"],
        [""],
        ["ㅊㅣ발기 T‑100", "a\u0301 ½ Ⅷ"],
        [],
        ["İstanbul\u200b 치 발기"],
    ]
    assert folded_rows(rows) == [folded(row) for row in rows]


def test_a_note_of_signs_only_is_kept_and_found_by_nothing(world: SimpleNamespace, case: Case) -> None:
    run("note", world.sora, case, text="…!")
    assert SearchRow.objects.filter(kind="note", grams="").exists()
    assert "case" in search(world.sora, "아기치발기")
