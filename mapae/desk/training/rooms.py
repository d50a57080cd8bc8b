"""Fills the desk's further rooms: market tables, events, merchants' reports, a rights holder, goods held at customs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from mapae.desk import clock
from mapae.desk.agreements.intake import take_events
from mapae.desk.findings.models import Finding
from mapae.desk.inspections.detentions import hold, suggested
from mapae.desk.markets.files import add_file
from mapae.desk.merchants import share
from mapae.desk.merchants.acts import join
from mapae.desk.merchants.intake import receive
from mapae.desk.merchants.markers import add_series
from mapae.desk.merchants.models import MerchantReport
from mapae.desk.merchants.replies import reply
from mapae.desk.parties.models import Operator
from mapae.desk.rights.bulk import COLUMNS, take_batch
from mapae.desk.rights.register import add_right, decide_right, register
from mapae.desk.training.reading import story
from mapae.desk.training.world import person

__all__ = ["Rooms"]

_WHO = ("name", "shop", "email")


class Rooms:
    """Call `evening` once a day, in order. sample: the demo's OUT folder, or none: then what needs its files is left out."""

    def __init__(self, sample: Path | None) -> None:
        rows = story("rooms")
        records = sample / "sample" if sample is not None else None
        plans: list[tuple[date, Callable[[], None]]] = [
            *((row["day"], _of(_report, row)) for row in rows["merchants"]),
            *((row["series"]["day"], _of(_watched, row)) for row in rows["merchants"] if "series" in row),
            (rows["holder"]["day"], _of(_holder, rows["holder"])),
        ]
        if records is not None:
            plans += [
                (rows["markets"]["day"], _of(_market, rows["markets"], records)),
                (rows["events"]["day"], _of(_events, rows["events"], records)),
                (rows["held"]["day"], _of(_held, rows["held"])),
            ]
        self.plans = sorted(plans, key=lambda plan: plan[0])

    def evening(self) -> None:
        """What is to have happened by this day of the desk's clock."""
        while self.plans and self.plans[0][0] <= clock.today():
            self.plans.pop(0)[1]()


def _of(act: Callable[..., None], *given: Any) -> Callable[[], None]:
    return lambda: act(*given)


def _market(row: Mapping[str, Any], records: Path) -> None:
    add_file(person(row["by"]), _upload(records / row["file"]), row["title"])


def _events(row: Mapping[str, Any], records: Path) -> None:
    """Those of the sample's events that have happened by today."""
    with (records / row["file"]).open(encoding="utf-8-sig", newline="") as file:
        past = [one for one in csv.DictReader(file) if one["at"] <= clock.today().isoformat()]
    for key in row["operators"]:
        upload = _table(Path(row["file"]).name, past[0], (one.values() for one in past))
        take_events(person(row["by"]), Operator.objects.get(key=key), upload)


def _report(row: Mapping[str, Any]) -> None:
    who = {name: row[name] for name in _WHO if name in row}
    made = receive(
        confidence=row["confidence"], matter=row["matter"], text=row["text"], operator_told=row["operator"], **who
    ).report  # fmt: skip
    if "told" in row:
        _tell(made, row)


def _tell(report: MerchantReport, row: Mapping[str, Any]) -> None:
    """What an officer would tell the platform, agreed to by the merchant, answered by the agent."""
    officer = person(row["told"]["by"])
    join(officer, report)
    report.refresh_from_db()
    told = share.prepare(officer, report, row["told"]["text"])
    share.answer(report, agrees=True)
    reply(person(row["reply"]["by"]), told.code, row["reply"]["text"])


def _watched(row: Mapping[str, Any]) -> None:
    """What the merchant wrote down day by day, before and after the report."""
    report = MerchantReport.objects.get(matter=row["matter"], operator__name_en=row["operator"])
    add_series(report, row["series"]["kind"], _values(row["series"]))


def _values(row: Mapping[str, Any]) -> str:
    """Lines of day and value: so many days at most of what was usual, so many at what is left."""
    chance = Random(row["kind"])
    days = [(row["from"] + timedelta(days=n), row["most"] if n < row["before"] else row["least"])
            for n in range(row["before"] + row["after"])]  # fmt: skip
    return "\n".join(f"{day.isoformat()}, {round(value * chance.uniform(0.9, 1.1))}" for day, value in days)


def _holder(row: Mapping[str, Any]) -> None:
    who = {name: row[name] for name in ("contact", "email")}
    holder = register(row["name"], **who).holder
    right = add_right(holder, row["right"]["kind"], row["right"]["mark"], number=row["right"]["number"])
    decide_right(person(row["by"]), right, confirm=True)
    holder.refresh_from_db()
    take_batch(holder, _table("claims.csv", COLUMNS, row["claims"]))


def _held(row: Mapping[str, Any]) -> None:
    """The first parcels that were found with a mark of a recorded right."""
    found = Finding.objects.filter(check_key="consignments.brands", shadow=False).order_by("pk")
    for finding in found[: row["parcels"]]:
        hold(person(row["by"]), finding.subject_id, {**suggested(finding), **row["facts"]}, finding)


def _upload(path: Path) -> SimpleUploadedFile:
    return SimpleUploadedFile(path.name, path.read_bytes())


def _table(name: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> SimpleUploadedFile:
    text = io.StringIO()
    csv.writer(text).writerows([heads, *rows])
    return SimpleUploadedFile(name, text.getvalue().encode())
