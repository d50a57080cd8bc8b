"""Complaints are found in Korean by parts of words; a search leaves none of its words behind."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from django.urls import reverse

from mapae.desk.audit.models import AuditEntry
from mapae.desk.helpline import desk_search
from mapae.desk.helpline.desk_search import newest
from mapae.desk.helpline.models import Complaint
from tests.desk.helping import complaint, handed_over, signed_in, text_of

pytestmark = pytest.mark.usefixtures("helpline_day")


def test_a_complaint_is_found_in_korean_by_parts_of_words_with_and_without_spaces(
    world: SimpleNamespace,
) -> None:
    made = complaint(world)
    complaint(world, text="다른 물건의 배송이 늦어요. 아직 안 왔습니다.", product="우산", seller="우산가게")
    everything = Complaint.objects.all()
    for query in (
        "치발기",
        "치 발기",
        "부러졌",
        "반짝상회",
        made.number,
        "루미베이 치발기",
        "lumibay 치발기",
    ):
        assert newest(everything, query, 5) == [made.pk], query
    assert newest(everything, "치", 5) == [] and newest(everything, "없는말", 5) == []
    page = text_of(signed_in(world.dojin), "complaints", queue="open", q="치발기")
    assert made.number in page and page.count('class="mono nowrap"') == 1


def test_a_search_leaves_its_words_out_of_the_audit_log(world: SimpleNamespace) -> None:
    complaint(world)
    text_of(signed_in(world.dojin), "complaints", q="치발기")
    entry = AuditEntry.objects.filter(kind="searched", subject="complaints").get()
    assert "치발기" not in json.dumps(entry.data) and entry.data["hits"] == 1


def test_search_pages_go_on_where_the_page_before_ended(world: SimpleNamespace) -> None:
    numbers = [complaint(world).pk for _ in range(5)]
    everything = Complaint.objects.all()
    first = newest(everything, "치발기", 2)
    assert first == numbers[::-1][:2]
    assert newest(everything, "치발기", 5, before=first[-1]) == numbers[::-1][2:]


def test_a_wide_search_and_a_narrow_one_find_the_same(
    world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [complaint(world, product=f"치발기 {place % 3}").pk for place in range(12)]
    everything = Complaint.objects.all()
    narrow = {
        query: newest(everything, query, 5) for query in ("치발기", "치발기 1", "루미베이 반짝", "없는말")
    }
    monkeypatch.setattr(desk_search, "_NARROW", 0)
    monkeypatch.setattr(desk_search, "_WINDOW", 2)
    assert {query: newest(everything, query, 5) for query in narrow} == narrow
    assert narrow["치발기"] == numbers[::-1][:5] and narrow["없는말"] == []
    oldest = Complaint.objects.filter(pk=numbers[0])
    assert newest(oldest, "치발기", 5) == [numbers[0]]


def test_the_one_search_box_leads_to_a_complaint_by_its_number(world: SimpleNamespace) -> None:
    made = handed_over(world)
    for person, name in ((world.dojin, "complaint"), (world.minjun, "agent-complaint")):
        answer = signed_in(person).get(reverse("search"), {"q": made.number.lower()})
        assert answer["Location"] == reverse(name, args=(made.number,))
    assert signed_in(world.rival).get(reverse("search"), {"q": made.number}).status_code == 200
