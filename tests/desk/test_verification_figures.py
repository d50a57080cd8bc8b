"""The public figures count what our own looks saw, leave out what proves nothing, and hide what is small."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from django.apps import apps
from django.test import Client

from mapae.desk.answers.models import Contest
from mapae.desk.cases.actions import run
from mapae.desk.cases.models import CaseItem, ItemCheck
from mapae.desk.documents.models import Document
from mapae.desk.parties.models import Operator
from mapae.desk.publication.cells import digest
from mapae.desk.verification import counted
from mapae.desk.verification.counted import Asked
from mapae.desk.verification.figures import count, current, definitions, make_daily
from mapae.desk.verification.models import FigureSnapshot
from tests.desk.letters import NOON
from tests.desk.looking import served_case
from tests.desk.publishing import published_numbers
from tests.desk.releasing import many_items

SERVED = date(2026, 11, 25)  # a Wednesday: two business days end on Friday, five on Wednesday
LATER = date(2026, 12, 20)


def _at(day: int, hour: int = 9, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def _item(
    *checks: tuple[datetime, str], state: str = "asked", said: datetime | None = None, again: bool = False
) -> Asked:
    return Asked(state, SERVED, said, checks, again)


@pytest.mark.parametrize(
    ("item", "two", "five"),
    [
        (_item((_at(27), "removed")), True, True),
        (_item((_at(27), "still_up"), (_at(2, month=12), "removed")), False, True),
        (_item((_at(27), "still_up"), (_at(2, month=12), "still_up")), False, False),
        (_item((_at(27), "unreachable"), (_at(2, month=12), "differs")), False, False),
        (_item((_at(9, month=12), "removed")), None, None),
        (_item((_at(27), "refused_us"), (_at(9, month=12), "removed")), False, None),
        (_item(), None, None),
        (_item((_at(27), "removed"), state="withdrawn"), None, None),
    ],
)
def test_in_time_means_that_a_look_saw_it_gone_by_the_last_day(
    item: Asked, two: bool | None, five: bool | None
) -> None:
    assert counted.removed_within(item, 2, LATER) is two
    assert counted.removed_within(item, 5, LATER) is five


def test_what_is_not_due_yet_counts_neither_way() -> None:
    for seen in ("still_up", "removed"):
        assert counted.removed_within(_item((_at(26), seen)), 2, date(2026, 11, 27)) is None
    assert counted.declared_within(_item(), 5, date(2026, 12, 2)) is None
    assert counted.declared_within(_item(), 5, LATER) is False


def test_a_declaration_is_held_against_the_first_look_after_it() -> None:
    said = _at(26)
    assert counted.declared_true(_item((_at(25), "still_up"), (_at(27), "removed"), said=said)) is True
    assert counted.declared_true(_item((_at(27), "still_up"), (_at(28), "removed"), said=said)) is False
    assert counted.declared_true(_item((_at(25), "removed"), said=said)) is None


def test_goods_came_back_at_their_own_address_or_as_another_listing() -> None:
    gone = (_at(27), "removed")
    assert counted.came_back(_item(gone)) is False
    assert counted.came_back(_item(gone, (_at(28), "unreachable"))) is False
    assert counted.came_back(_item(gone, (_at(28), "still_up"))) is True
    assert counted.came_back(_item(gone, again=True)) is True
    assert counted.came_back(_item((_at(27), "still_up"))) is None


def _many(world: SimpleNamespace) -> Document:
    """Ten items: six seen gone in time, two too late, one relisted, one whose notice was withdrawn."""
    with time_machine.travel(NOON, tick=False):
        case, document = served_case(world, "http://127.0.0.1:9")
    case.items.all().update(state="")
    document.items.clear()
    plan = ["removed"] * 6 + ["still_up"] * 2 + ["relisted", "withdrawn"]
    for at, state in enumerate(plan):
        item = CaseItem.objects.create(
            case=case, kind="listing", subject_id=f"X-{at}", platform="Lumibay", title="x", state=state,
            said_removed_at=_at(26) if state != "withdrawn" else None,
        )  # fmt: skip
        document.items.add(item)
        if state != "withdrawn":
            for moment in (_at(27), _at(2, month=12)):
                seen = "still_up" if state == "still_up" else "removed"
                ItemCheck.objects.create(item=item, verdict=seen, how="fetch", at=moment)
    return document


def _values(operator: str, today: date = LATER) -> dict[str, tuple[int | None, float | None]]:
    return {row["figure"]: (row["n"], row["value"]) for row in count(today)[1] if row["operator"] == operator}


def test_figures_are_counted_from_the_desks_own_rows(world: SimpleNamespace) -> None:
    _many(world)
    found = _values("lumibay")
    assert found["removed_2"] == (9, 0.7778) and found["removed_5"] == (9, 0.7778)
    assert found["declared_5"] == (9, 1.0) and found["declared_true"] == (9, 0.7778)
    assert found["relisted"] == (7, 0.1429) and found["wrongful"] == (10, 0.1)
    assert "contests" not in found and "restoration" not in found


def test_domestic_and_overseas_stand_beside_each_other(world: SimpleNamespace) -> None:
    _many(world)
    groups = {
        row["side"]: row["n"]
        for row in count(LATER)[1]
        if row["figure"] == "wrongful" and not row["operator"]
    }
    assert groups == {"overseas": 10}
    Operator.objects.filter(key="lumibay").update(overseas=False)
    groups = {
        row["side"]: row["n"]
        for row in count(LATER)[1]
        if row["figure"] == "wrongful" and not row["operator"]
    }
    assert groups == {"domestic": 10}


def test_an_item_of_two_documents_and_a_withdrawn_document_count_once(world: SimpleNamespace) -> None:
    document = _many(world)
    with time_machine.travel(NOON, tick=False):
        case = document.case
        case.items.filter(state="").update(state="found")
    Document.objects.filter(pk=document.pk).update(state="withdrawn")
    assert _values("lumibay") == {"wrongful": (None, None)}
    Document.objects.filter(pk=document.pk).update(state="served")
    assert _values("lumibay")["wrongful"] == (10, 0.1)


@pytest.mark.parametrize("language", ["ko", "en", "zh-hans"])
def test_the_page_its_data_and_the_query_behind_it_open_for_everybody(
    world: SimpleNamespace, language: str
) -> None:
    _many(world)
    client = Client(headers={"accept-language": language})
    with time_machine.travel(datetime(2026, 12, 20, 3, tzinfo=UTC), tick=False):
        page = client.get("/figures")
        snapshot = current()
    text = page.content.decode()
    assert page.status_code == 200 and "77.8 %" in text and "<svg" in text and " style=" not in text
    assert snapshot.digest in text
    assert {"ko": "재등록률", "en": "Relisting rate", "zh-hans": "重新上架率"}[language] in text
    for each in definitions():
        answer = client.get(f"/figures/{snapshot.digest}/{each['key']}")
        assert answer.status_code == 200 and "FROM cells" in answer.content.decode()
    data = client.get(f"/figures.json?snapshot={snapshot.digest}").json()
    assert (data["snapshot"], data["as_of"], len(data["definitions"])) == (
        snapshot.digest,
        "2026-12-20",
        len(definitions()),
    )
    rows = list(csv.DictReader(io.StringIO(client.get("/figures.csv").content.decode("utf-8-sig"))))
    assert len(rows) == len(data["rows"]) and {row["snapshot"] for row in rows} == {snapshot.digest}


def test_every_number_of_the_page_is_what_its_published_query_gives_from_the_published_file(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    _many(world)
    client = Client(headers={"accept-language": "en"})
    with time_machine.travel(datetime(2026, 12, 20, 3, tzinfo=UTC), tick=False):
        page, snapshot = client.get("/figures").content.decode(), current()
    numbers = published_numbers(client, page, "figure-query", snapshot.digest, tmp_path)
    asked = re.findall(r'<td class="number[^>]*>([^<]*)', page)
    assert len(asked) > 20 and set(map(str.strip, asked)) <= numbers
    assert digest(snapshot.cells, snapshot.queries, snapshot.as_of) == snapshot.digest


def test_a_snapshot_stays_at_its_address_while_the_world_goes_on(world: SimpleNamespace) -> None:
    document = _many(world)
    with time_machine.travel(datetime(2026, 12, 20, 3, tzinfo=UTC), tick=False):
        first = current()
    document.items.filter(state="removed").update(state="withdrawn")
    with time_machine.travel(datetime(2026, 12, 21, 3, tzinfo=UTC), tick=False):
        make_daily(datetime(2026, 12, 21, 3, tzinfo=UTC))
        make_daily(datetime(2026, 12, 21, 4, tzinfo=UTC))
        second = current()
    assert FigureSnapshot.objects.count() == 2 and first.digest != second.digest
    assert (
        "10.0 %"
        in Client(headers={"accept-language": "en"}).get(f"/figures/{first.digest}/wrongful").content.decode()
    )
    assert Client().get("/figures/0000000000000000/wrongful").status_code == 404
    assert Client().get(f"/figures/{first.digest}/nonsense").status_code == 404


def test_without_any_row_the_page_says_what_would_fill_it(world: SimpleNamespace) -> None:
    assert (
        "served and looked at" in Client(headers={"accept-language": "en"}).get("/figures").content.decode()
    )


def test_days_to_restoration_and_contests_come_from_what_happened(world: SimpleNamespace) -> None:
    with time_machine.travel(NOON, tick=False):
        case, document = served_case(world, "http://127.0.0.1:9")
        for at in range(5):
            item = CaseItem.objects.create(
                case=case, kind="listing", subject_id=f"R-{at}", platform="Lumibay", state="asked"
            )
            document.items.add(item)
            Contest.objects.create(
                item=item, source="officer", ground="other", verdict="accepted" if at else "rejected", at=NOON
            )
        items = list(case.items.filter(subject_id__startswith="R-"))
        run("verify", world.sora, case, items=items, verdict="removed")
    for after, item in enumerate(items, start=1):
        with time_machine.travel(NOON, tick=False):
            run("withdraw_notice", world.hana, case, item=item, reasons="정식 판매자로 확인됨")
        with time_machine.travel(NOON + timedelta(days=after), tick=False):
            run("verify_restored", world.sora, case, item=item)
    found = _values("lumibay")
    assert found["restoration"] == (5, 3.0) and found["contests"] == (5, 0.8)


def test_figures_kept_before_their_queries_were_are_counted_anew_and_stay_at_their_address(
    world: SimpleNamespace,
) -> None:
    row = {
        "figure": "removed_2",
        "operator": "",
        "names": {},
        "group": "overseas",
        "n": 9,
        "k": 6,
        "value": 0.6667,
    }
    FigureSnapshot.objects.create(digest="0" * 16, as_of=world.today, made_at=datetime.now(UTC), rows=[row])
    assert current().queries
    import_module("mapae.desk.verification.migrations.0005_sides").name_sides(apps, None)
    assert "66.7 %" in Client().get(f"/figures/{'0' * 16}/removed_2").content.decode()


@pytest.mark.django_db
def test_a_snapshot_beside_an_earlier_one_tells_no_small_count(
    world: SimpleNamespace, tmp_path: Path, settings: SimpleNamespace
) -> None:
    settings.EVIDENCE_ROOT = tmp_path
    with time_machine.travel(NOON, tick=False):
        many_items(world, NOON)
    today = (NOON + timedelta(days=40)).date()
    shown = {row["figure"]: row["n"] for row in count(today)[1] if row["operator"] == "lumibay"}
    assert shown["wrongful"] == 8
    # before, it kept company to one that is gone: 8 now would tell how many that one had
    hidden = {"figure": "wrongful", "side": "overseas", "month": "", "outcome": None, "n": None}
    FigureSnapshot.objects.create(
        digest="before", as_of=NOON.date(), made_at=NOON, queries={"wrongful": "SELECT 1"},
        cells=[{**hidden, "operator": "lumibay"}, {**hidden, "operator": "sellfar"},
               {**hidden, "operator": "", "outcome": 0.0, "n": 11}],
    )  # fmt: skip
    told = {row["operator"]: row["n"] for row in count(today)[1] if row["figure"] == "wrongful"}
    assert told["lumibay"] is None and told["sellfar"] is None
