"""Promises for everybody are counted once a day; every value is what its published query gives from the published cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from math import inf
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pyarrow.parquet as pq
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from mapae.desk.agreements import kept
from mapae.desk.agreements.intake import take_events
from mapae.desk.agreements.models import PromiseSnapshot
from mapae.desk.agreements.scores import scores
from mapae.desk.parties.models import Operator
from mapae.desk.publication.cells import digest, run
from mapae.measures.agreements.intervals import quantile_with_open_ends, wilson
from tests.desk.publishing import answer_of

NOW = datetime(2026, 11, 25, 10, tzinfo=timezone(timedelta(hours=9)))


def _events() -> Iterator[str]:
    """Twelve requests: some answered in time, some late, some never; three of a kind that is too few to show."""
    for number, days in enumerate((1, 1, 2, 2, 3, 4, 7, 9, 9, 20, None, None)):
        yield f"Temu,L{number},notice_sent,2026-06-01"
        if days is not None:
            yield f"Temu,L{number},removed_seen,2026-06-{1 + days:02d}"
    for number in range(3):
        yield f"Temu,H{number},hazard_info_given,2026-06-01"


@pytest.fixture
def temu(world: SimpleNamespace, tmp_path: Path, settings: SimpleNamespace) -> Operator:
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    made = Operator.objects.create(
        key="temu", name_ko="테무", name_en="Temu", country="CN", platforms=["Temu"]
    )
    text = "operator,subject_id,event,at\n" + "\n".join(_events())
    with time_machine.travel(NOW, tick=False):
        take_events(world.dojin, made, SimpleUploadedFile("e.csv", text.encode(), "text/csv"))
    return made


@time_machine.travel(NOW, tick=False)
def test_every_value_of_the_page_is_what_the_published_query_gives_from_the_published_file(
    temu: Operator, tmp_path: Path
) -> None:
    client = Client(headers={"accept-language": "en"})
    page, told = client.get("/promises").content.decode(), client.get("/promises.json").json()
    places = set(re.findall(rf'"(/promises/{told["snapshot"]}/[\w-]+)"', page))
    again = {
        (place.rpartition("/")[2], row["operator"]): row
        for place in places
        for row in answer_of(client, place, tmp_path)
    }
    published = {(f"{row['agreement']}-{row['commitment']}", row["operator"]): row for row in told["rows"]}
    assert again.keys() == published.keys() and len(again) > 2
    for key, row in published.items():
        assert [row[name] for name in ("value", "low", "high", "n")] == [
            again[key][name] for name in ("value", "low", "high", "n")
        ]
        assert _shown(again[key]) in page.replace("&nbsp;", " ")
    assert digest(told["cells"]["rows"], told["queries"], told["as_of"]) == told["snapshot"]


def _shown(row: dict[str, float]) -> str:
    if row["k"] is None:
        return f"{row['value']:g} business days"
    return f"{row['k']} of {row['n']} ({100 * row['value']:.1f} %)"


@time_machine.travel(NOW, tick=False)
def test_published_values_are_those_of_the_scores_without_what_rests_on_few(temu: Operator) -> None:
    own = {(one.agreement.key, one.commitment.key): one for one in scores(temu) if one.n >= 5}
    rows = {(one.agreement.key, one.commitment.key): one for one in kept.published(kept.current())[temu]}
    assert rows.keys() == own.keys() and ("kftc_product_safety", "tell_sellers") not in rows
    for key, one in rows.items():
        assert (one.value, one.low, one.high) == pytest.approx(
            (own[key].value, own[key].low, own[key].high), abs=1e-4
        )


@time_machine.travel(NOW, tick=False)
def test_values_are_the_same_as_csv_and_as_parquet(temu: Operator) -> None:
    client, snapshot = Client(), kept.current()
    text = client.get(reverse("promises-values", args=[snapshot.digest])).content.decode("utf-8-sig")
    content = client.get(reverse("promises-values-parquet", args=[snapshot.digest])).content
    told = [
        {name: "" if value is None else str(value) for name, value in row.items()}
        for row in pq.read_table(io.BytesIO(content)).to_pylist()
    ]
    assert told == list(csv.DictReader(io.StringIO(text))) and len(told) == len(snapshot.rows) > 2


def test_values_are_counted_once_a_day_and_stay_at_their_address(temu: Operator) -> None:
    for moment in (NOW, NOW + timedelta(hours=5), NOW + timedelta(days=1)):
        with time_machine.travel(moment, tick=False):
            kept.make_daily(moment)
    first, second = PromiseSnapshot.objects.order_by("made_at")
    temu.events.all().delete()
    key = next(row["figure"] for row in first.rows)
    for snapshot in (first, second):
        answer = Client().get(reverse("promise-query", args=[snapshot.digest, key]))
        assert answer.status_code == 200 and snapshot.digest in answer.content.decode()
    assert Client().get(reverse("promise-query", args=[first.digest, "none"])).status_code == 404
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert second.digest in Client().get("/promises").content.decode()


_UNITS = st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=40)


def _asked(metric: str, quantile: float = 0.5) -> dict[str, str]:
    text = kept._sql()[metric]
    return {"f": text.replace("{key}", "f").replace("{quantile}", str(quantile))}


def _cell(outcome: float, ended: bool) -> dict[str, object]:
    return {"figure": "f", "operator": "a", "outcome": outcome, "ended": ended, "n": 1}


@settings(max_examples=40, deadline=None)
@given(_UNITS, st.sampled_from([0.5, 0.9]))
def test_the_query_of_times_gives_what_plain_arithmetic_gives(
    units: list[tuple[int, bool]], quantile: float
) -> None:
    (row,) = run([_cell(took, ended) for took, ended in units], _asked("time", quantile), kept.CELLS)
    done = np.array([took for took, ended in units if ended], dtype=np.int64)
    waiting = np.array([took for took, ended in units if not ended], dtype=np.int64)
    found = tuple(inf if row[name] is None else row[name] for name in ("value", "low", "high"))
    assert found == quantile_with_open_ends(done, waiting, quantile)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 60), st.integers(0, 60))
def test_the_query_of_shares_gives_wilsons_interval(yes: int, no: int) -> None:
    cells = [_cell(1, True)] * yes + [_cell(0, True)] * no
    rows = run(cells, _asked("share"), kept.CELLS)
    assert bool(rows) == bool(cells)
    for row in rows:
        assert (row["value"], row["low"], row["high"]) == pytest.approx(
            (yes / (yes + no), *wilson(yes, yes + no)), abs=1e-4
        )
