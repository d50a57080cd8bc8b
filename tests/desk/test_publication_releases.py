"""Monthly figures: operators see them five working days ahead, everybody reproduces every number, small ones stay hidden."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from mapae.app.evaluate.scores import wilson
from mapae.desk.cases.actions._action import Refused
from mapae.desk.publication import cells as kept
from mapae.desk.publication.models import Release, ReleaseComment
from mapae.desk.publication.releases import Day, calendar, comment, latest, make_due, plan, revise
from mapae.desk.publication.shown import figures_of
from mapae.measures.market_statistics.suppress import determined
from tests.desk.releasing import OCTOBER, PREVIEW, coming, complain, hanmaru, many_items

pytestmark = pytest.mark.slow

PUBLIC = datetime(2026, 11, 23, 0, tzinfo=UTC)
BEFORE = PUBLIC - timedelta(days=1)


@pytest.fixture
def october(world: SimpleNamespace, tmp_path: Any, settings: Any) -> Release:
    """30 complaints about Lumibay, 3 about Dalmart, 9 about a third shop abroad, 40 about one at home; eight items."""
    settings.EVIDENCE_ROOT = tmp_path
    third = type(world.lumibay).objects.create(
        key="sellfar", name_ko="셀파", name_en="Sellfar", country="US", platforms=["Sellfar"]
    )
    for operator, number in ((world.lumibay, 30), (world.dalmart, 3), (third, 9), (hanmaru(), 40)):
        complain(operator, number)
    with time_machine.travel(OCTOBER, tick=False):
        many_items(world, OCTOBER)
    with time_machine.travel(PREVIEW, tick=False):
        return coming()


def _signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_month_is_counted_ten_business_days_after_its_end_and_public_after_five_full_ones_more() -> None:
    assert plan("2026-10").preview == date(2026, 11, 13)
    assert plan("2026-10").publish == date(2026, 11, 23)
    assert plan("2026-09").preview == date(
        2026, 10, 16
    )  # the substitute holiday of 5 October and the 9th do not count


@pytest.mark.django_db
def test_the_worker_counts_a_month_once_and_not_before_its_day(world: SimpleNamespace) -> None:
    make_due(PREVIEW - timedelta(days=1))
    assert not Release.objects.exists()
    for moment in (PREVIEW, PREVIEW + timedelta(hours=3), PREVIEW + timedelta(days=1)):
        make_due(moment)
    assert [(each.month, each.publish_on) for each in Release.objects.all()] == [
        ("2026-10", date(2026, 11, 23))
    ]


@pytest.mark.django_db
def test_the_calendar_keeps_a_counted_month_by_its_own_days_and_tells_when_a_late_one_comes(
    world: SimpleNamespace,
) -> None:
    late = PREVIEW + timedelta(days=5)  # the worker stood still for three business days
    assert calendar(PREVIEW.date())[0] == plan("2026-10")
    promised = calendar(late.date())[0]
    assert promised == Day("2026-10", date(2026, 11, 18), date(2026, 11, 26))
    with time_machine.travel(late, tick=False):
        make_due(late)
    assert calendar(date(2026, 11, 20))[0] == promised, "counted, it stays as it was told"
    assert calendar(date(2026, 11, 26))[0].month == "2026-11", "published, it is no longer to come"


def test_nobody_but_operators_sees_a_release_before_its_day(world: SimpleNamespace, october: Release) -> None:
    pages = [
        "release",
        "release-csv",
        "release-figures-parquet",
        "release-cells",
        "release-parquet",
        "release-json",
    ]
    for moment, status in ((BEFORE, 404), (PUBLIC, 200)):
        with time_machine.travel(moment, tick=False):
            for name in pages:
                assert Client().get(reverse(name, args=[october.digest])).status_code == status
    with time_machine.travel(BEFORE, tick=False):
        assert latest(date(2026, 11, 22)) is None
        assert october.digest not in Client().get(reverse("releases")).content.decode()


def test_an_agent_sees_its_own_operators_ahead_and_the_sides_as_a_whole(
    world: SimpleNamespace, october: Release
) -> None:
    with time_machine.travel(BEFORE, tick=False):
        page = (
            _signed_in(world.minjun)
            .get(reverse("agent-releases"), headers={"accept-language": "en"})
            .content.decode()
        )
        other = (
            _signed_in(world.rival)
            .get(reverse("agent-releases"), headers={"accept-language": "en"})
            .content.decode()
        )
    assert "Lumibay" in page and "Sellfar" not in page and october.digest in page
    assert "Dalmart" in other and "Lumibay" not in other


def test_a_comment_is_published_with_the_figures_as_it_was_written(
    world: SimpleNamespace, october: Release
) -> None:
    address = reverse("agent-release-comment", args=[october.digest, "lumibay"])
    with time_machine.travel(BEFORE, tick=False):
        told = _signed_in(world.minjun).post(
            address, {"text": "축제 <행사> 기간에 주문이 세 배였습니다."}, follow=True
        )
        assert "수치와 함께 공표합니다" in told.content.decode() and "2026-11-22" in told.content.decode()
        assert _signed_in(world.rival).post(address, {"text": "x"}).status_code == 404
    with time_machine.travel(PUBLIC, tick=False):
        page = Client().get(reverse("releases")).content.decode()
        with pytest.raises(Refused):
            comment(world.minjun, october, world.lumibay, "late", "ko")
    assert "축제 &lt;행사&gt; 기간에" in page
    assert ReleaseComment.objects.get().text.startswith("축제")


def test_small_counts_are_hidden_with_what_would_give_them_away(october: Release) -> None:
    shown = {
        (row["operator"], row["side"]): row["n"] for row in october.figures if row["figure"] == "complaints"
    }
    assert shown["dalmart", "overseas"] is None and shown["sellfar", "overseas"] is None
    assert shown["lumibay", "overseas"] == 30 and shown["", "overseas"] == 42
    assert shown["hanmaru", "domestic"] == 40
    hidden = [row for row in october.cells if row["operator"] == "dalmart" and row["figure"] == "complaints"]
    assert [(row["month"], row["outcome"], row["n"]) for row in hidden] == [("2026-10", None, None)]


def test_the_snapshot_is_the_hash_of_what_is_published(october: Release) -> None:
    with time_machine.travel(PUBLIC, tick=False):
        told = Client().get(reverse("release-json", args=[october.digest])).json()
    asked = {each["key"]: each["query"] for each in told["definitions"]}
    assert kept.digest(told["cells"]["rows"], asked, told["month"], told["revision"]) == told["snapshot"]
    changed = [{**told["cells"]["rows"][0], "n": 41}, *told["cells"]["rows"][1:]]
    assert kept.digest(changed, asked, told["month"], told["revision"]) != told["snapshot"]


def test_every_number_of_the_pages_is_what_the_published_query_gives_from_the_published_cells(
    october: Release,
) -> None:
    with time_machine.travel(PUBLIC, tick=False):
        client = Client(headers={"accept-language": "en"})
        table = pq.read_table(
            io.BytesIO(client.get(reverse("release-parquet", args=[october.digest])).content)
        )
        told = client.get(reverse("release-json", args=[october.digest])).json()
        page = client.get(reverse("releases")).content.decode()
        queries = {
            each["key"]: client.get(
                reverse("release-query", args=[october.digest, each["key"]])
            ).content.decode()
            for each in told["definitions"]
        }
    connection = duckdb.connect()
    connection.register("cells", table)
    again: dict[str, list[tuple[Any, ...]]] = {}
    for each in told["definitions"]:
        again[each["key"]] = connection.execute(each["query"]).fetchall()
    names = ("side", "operator", "month", "n", "k", "value", "low", "high")
    for key, rows in again.items():
        published = [tuple(row[name] for name in names) for row in told["figures"] if row["figure"] == key]
        assert published == rows
        for row in rows:
            assert _shown(row, key) in page and _shown(row, key) in queries[key]
    numbers = {text for rows in again.items() for row in rows[1] for text in _texts(row, rows[0])}
    cells = re.findall(r'<td class="number(?: nowrap)?"[^>]*>([^<]*)', page)
    assert cells and all(text.strip() in numbers | {"", "–"} or text.strip().isdigit() for text in cells)


def test_figures_and_cells_are_the_same_as_csv_and_as_parquet(october: Release) -> None:
    with time_machine.travel(PUBLIC, tick=False):
        client = Client()
        for table, parquet in (
            ("release-csv", "release-figures-parquet"),
            ("release-cells", "release-parquet"),
        ):
            text = client.get(reverse(table, args=[october.digest])).content.decode("utf-8-sig")
            told = [
                {name: "" if value is None else str(value) for name, value in row.items()}
                for row in pq.read_table(
                    io.BytesIO(client.get(reverse(parquet, args=[october.digest])).content)
                ).to_pylist()
            ]
            assert told == list(csv.DictReader(io.StringIO(text))) and len(told) > 5


def _shown(row: tuple[Any, ...], key: str) -> str:
    value, kind = row[5], (kept.definition(key) or {})["kind"]
    if value is None:
        return "too few"
    return (
        f"{value:,.0f}"
        if kind == "count"
        else f"{100 * value:.1f} %"
        if kind == "share"
        else "1 day"
        if value == 1
        else f"{value:g} days"
    )


def _texts(row: tuple[Any, ...], key: str) -> set[str]:
    _, _, _, n, _, value, low, high = row
    if value is None:
        return {"too few to show"}
    kind = (kept.definition(key) or {})["kind"]
    between = {
        "count": f"{low:,.1f}–{high:,.1f}", "share": f"{100 * low:.1f}–{100 * high:.1f} %", "days": f"{low:g}–{high:g}",
    }[kind]  # fmt: skip
    return {_shown(row, key), between, str(n)}


def test_a_revision_is_a_release_of_its_own_and_the_first_stays(
    world: SimpleNamespace, october: Release
) -> None:
    with time_machine.travel(BEFORE, tick=False), pytest.raises(Refused):
        revise(world.hana, "2026-10", "too early")
    with time_machine.travel(PUBLIC, tick=False):
        complain(world.lumibay, 5)
        address = reverse("release-revise", args=["2026-10"])
        assert _signed_in(world.sora).post(address, {"why": "x"}).status_code == 403
        _signed_in(world.hana).post(address, {"why": ""})
        assert Release.objects.count() == 1
        _signed_in(world.hana).post(address, {"why": "늦게 접수된 다섯 건"})
        revised = Release.objects.get(revision=1)
        assert not revised.is_public(PUBLIC.date())
    with time_machine.travel(datetime(2026, 12, 2, tzinfo=UTC), tick=False):
        client = Client(headers={"accept-language": "en"})
        old = client.get(reverse("release", args=[october.digest])).content.decode()
        new = client.get(reverse("releases")).content.decode()
    assert reverse("release", args=[revised.digest]) in old and "30" in old
    assert "늦게 접수된 다섯 건" in new and "35" in new


def test_while_a_revision_waits_the_page_says_so_and_what_an_operator_said_before_stands_beside(
    world: SimpleNamespace, october: Release
) -> None:
    with time_machine.travel(BEFORE, tick=False):
        comment(world.minjun, october, world.lumibay, "행사 기간이었습니다.", "ko")
    with time_machine.travel(PUBLIC, tick=False):
        officer, agent = _signed_in(world.hana), _signed_in(world.minjun)
        address = reverse("release-revise", args=["2026-10"])
        assert address in officer.get(reverse("officer-releases")).content.decode()
        officer.post(address, {"why": "늦게 접수된 건"})
        assert address not in officer.get(reverse("officer-releases")).content.decode()
        with translation.override("en"), pytest.raises(Refused, match=r"on its way.*2026-12-01"):
            revise(world.hana, "2026-10", "again")
        page = agent.get(reverse("agent-releases"), headers={"accept-language": "en"}).content.decode()
        assert "You said of the first" in page and "행사 기간이었습니다." in page
        comment(world.minjun, Release.objects.get(revision=1), world.lumibay, "정정에도 같습니다.", "ko")
        page = agent.get(reverse("agent-releases"), headers={"accept-language": "en"}).content.decode()
        assert "You said of the first" not in page


def test_a_side_of_which_nothing_was_counted_says_so_beside_the_other(october: Release) -> None:
    with time_machine.travel(PUBLIC, tick=False):
        page = Client(headers={"accept-language": "en"}).get(reverse("releases")).content.decode()
    asked = page.partition('id="figure-takedowns"')[2].partition("</section>")[0]
    assert "All overseas" in asked and re.search(r"All domestic</th><td[^>]*>Nothing was counted", asked)
    complaints = page.partition('id="figure-complaints"')[2].partition("</section>")[0]
    assert "All domestic" in complaints and "Nothing was counted" not in complaints


def test_ahead_an_operator_reads_the_rank_that_everybody_will_read(october: Release) -> None:
    row = {
        "figure": "removed_5",
        "side": "overseas",
        "month": "2026-10",
        "n": 40,
        "k": 20,
        "low": 0.3,
        "high": 0.7,
    }
    october.figures = [
        row | {"operator": name, "value": value}
        for name, value in (("lumibay", 0.5), ("dalmart", 0.8), ("sellfar", 0.9))
    ]
    ranks = {
        each["operator"]: each.get("rank")
        for figure in figures_of(october, {"lumibay", "dalmart"})
        for each in figure["newest"]
    }
    assert ranks == {"lumibay": 3, "dalmart": 2}


def test_ranks_stand_only_where_thirty_or_more_were_counted(october: Release) -> None:
    from mapae.desk.publication.shown import _rank

    rows = [
        {"whole": False, "n": n, "value": value}
        for n, value in ((30, 0.9), (29, 1.0), (100, 0.95), (None, None))
    ]
    rows.append({"whole": True, "n": 400, "value": 0.99})
    _rank(rows, "high")
    assert [row.get("rank") for row in rows] == [2, None, 1, None, None]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["removed_5", "answer_days", "complaints"]), st.integers(1, 4), st.integers(0, 1)
        ),
        max_size=150,
    )
)
def test_the_queries_give_what_plain_arithmetic_gives(counted: list[tuple[str, int, int]]) -> None:
    operators = {1: ("a", "overseas"), 2: ("b", "overseas"), 3: ("c", "overseas"), 4: ("d", "domestic")}
    rows = kept.cells(
        [kept.Counted(figure, who, "2026-10", float(what)) for figure, who, what in counted],
        operators,
        ["2026-10"],
    )
    whole: dict[tuple[str, str], list[int]] = defaultdict(list)
    for figure, who, what in counted:
        whole[figure, operators[who][0]].append(what)
        whole[figure, operators[who][1]].append(what)
    for row in kept.run(rows, kept.queries(kept.said_in()["figures"])):
        values = sorted(whole[row["figure"], row["operator"] or row["side"]])
        if row["n"] is None:
            assert row["value"] is row["low"] is row["high"] is None and values
            continue
        assert row["n"] == len(values) >= 5
        if row["figure"] == "removed_5":
            low, high = wilson(sum(values), len(values))
            assert (row["k"], row["value"]) == (
                sum(values),
                pytest.approx(sum(values) / len(values), abs=1e-4),
            )
            assert (row["low"], row["high"]) == (pytest.approx(low, abs=2e-3), pytest.approx(high, abs=2e-3))
        elif row["figure"] == "answer_days":
            middle = (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2
            assert row["value"] == middle and row["low"] <= middle <= row["high"]
        else:
            assert row["value"] == len(values) and row["low"] < len(values) < row["high"]


OVERSEAS = {number: (name, "overseas") for number, name in enumerate("abcde")}


def _one_figure(numbers: list[int], *before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    counted = [kept.Counted("complaints", who, "2026-10", 1, n) for who, n in enumerate(numbers) if n]
    return kept.cells(counted, OVERSEAS, ["2026-10"], before)


def test_a_release_keeps_out_what_the_last_one_did_so_that_their_difference_tells_no_small_count() -> None:
    first = _one_figure([3, 6, 9, 30])  # b is the smallest that keeps a company
    later = _one_figure([3, 12, 9, 30], first)  # else c would be, and a = whole - b - c of the first
    for rows in (first, later):
        assert {row["operator"] for row in rows if row["n"] is None} == {"a", "b"}
    grown = _one_figure([5, 12, 9, 30], first, later)
    assert all(row["n"] is not None for row in grown)


def test_what_was_shown_and_has_not_changed_is_no_company_for_a_count_that_became_small() -> None:
    first = _one_figure([7, 10, 20])
    later = _one_figure([3, 10, 20], first)  # b and c can be read in the first release
    assert {row["operator"] for row in later if row["n"] is None} == {"a", ""}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.booleans()), min_size=1, max_size=5))
def test_two_releases_together_tell_no_count_that_is_small(pairs: list[tuple[int, int, bool]]) -> None:
    numbers = [[old for old, _, _ in pairs], [old if same else new for old, new, same in pairs]]
    first = _one_figure(numbers[0])
    both = [first, _one_figure(numbers[1], first)]
    # a count that is the same in both is one unknown: what a reader would suppose
    place = {
        (at, who): (0 if numbers[0][who] == numbers[1][who] else at, who)
        for at in (0, 1)
        for who in range(len(pairs))
    }
    shown = [{row["operator"] for row in rows if row["n"] is not None} for rows in both]
    told = [{row["operator"] for row in rows} for rows in both]
    known = {
        place[at, who]
        for at in (0, 1)
        for who in range(len(pairs))
        if "abcde"[who] in shown[at] or "abcde"[who] not in told[at]
    }
    names = sorted({*place.values()})
    totals = [len(names) + at for at in (0, 1)]
    equations = [
        (totals[at], tuple(names.index(place[at, who]) for who in range(len(pairs)))) for at in (0, 1)
    ]
    hidden = {names.index(each) for each in names if each not in known}
    hidden |= {totals[at] for at in (0, 1) if "" not in shown[at] and "" in told[at]}
    found = determined(hidden, equations)
    small = {names.index(place[1, who]) for who in range(len(pairs)) if 0 < numbers[1][who] < kept.least()}
    assert not small & found
