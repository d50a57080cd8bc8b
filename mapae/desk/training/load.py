"""Loads a training desk: tables, world, findings of the sample, the month, the tour's case; then the day the tour begins."""

from __future__ import annotations

import os
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

__all__ = ["TOUR_DAY", "load", "main"]

TOUR_DAY = date(2026, 9, 22)  # Chuseok lies between this day and the due dates of the tour


def load(sample: Path | None = None, *, wait: bool = False) -> dict[str, Any]:
    """Make everything. sample: a folder of screening runs, a kind a folder, or none; wait: until they are all there. What was
    made, in numbers and words."""
    from mapae.desk import clock
    from mapae.desk.cases.models import Case
    from mapae.desk.findings.models import Finding
    from mapae.desk.publication.releases import make_due
    from mapae.desk.training.ahead import begin
    from mapae.desk.training.checking import evening, watch_all
    from mapae.desk.training.consumers import Consumers
    from mapae.desk.training.loopback import serving
    from mapae.desk.training.month import play_month
    from mapae.desk.training.register import make_register
    from mapae.desk.training.rooms import Rooms
    from mapae.desk.training.times import at, move_to
    from mapae.desk.training.tour_case import make_tour_case
    from mapae.desk.training.world import make_world

    ahead = begin(TOUR_DAY)
    move_to(at(date(2026, 8, 24), 8))
    make_world()
    make_register()
    if sample is not None:
        if wait:
            _await(sample / "said.txt", os.getppid())
        import_sample(sample)
    watch_all()
    consumers, rooms = Consumers(), Rooms(sample)

    def close_day() -> None:
        evening()
        consumers.evening()
        rooms.evening()
        if clock.today().month == TOUR_DAY.month:  # of the month before there is something to count
            make_due(clock.now())

    with serving():
        refused = [*play_month(TOUR_DAY, close_day), *consumers.refused]
    move_to(at(TOUR_DAY, 9, 30))
    ahead.wait()
    make_tour_case()
    watch_all()
    return {"cases": Case.objects.count(), "findings": Finding.objects.count(), "refused": refused}


def _await(file: Path, parent: int) -> None:
    """Until the file is there, or the process that would write it is gone."""
    while not file.is_file():
        if os.getppid() != parent:
            raise SystemExit(f"{file} never came")
        time.sleep(0.2)


def import_sample(sample: Path) -> None:
    """The findings of every run below the folder."""
    from mapae.desk.findings.intake import import_run
    from mapae.desk.training.models import remember

    found = {"records": 0, "findings": 0, "seconds": 0.0}
    for place in sorted(sample.glob("*/findings.parquet")):
        if place.parent.name == "first":
            continue
        run = import_run(place.parent)
        found["records"] += int(run.manifest.get("rows_read", 0))
        found["findings"] += int(run.manifest.get("findings", 0))
        found["seconds"] += float(run.manifest.get("seconds", 0))
    remember("sample", found)


def move_addresses(old: str, new: str) -> None:
    """The shop answers at another port now: items and findings that name its pages follow."""
    from django.db.models import F, Value
    from django.db.models.functions import Replace

    from mapae.desk.cases.models import CaseItem
    from mapae.desk.findings.models import Finding

    for model, field in ((CaseItem, "url"), (Finding, "subject_url")):
        rows = model.objects.filter(**{f"{field}__startswith": f"{old}/"})
        rows.update(**{field: Replace(F(field), Value(f"{old}/"), Value(f"{new}/"))})


def main() -> None:
    """`python -m mapae.desk.training.load [SAMPLE [--wait]]`, or `--moved-from ADDRESS`, in the desk's environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mapae.desk.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from mapae.desk.training.reset import keep_pristine

    if not settings.TRAINING:
        raise SystemExit("only a training desk is loaded with invented work: set MAPAE_TRAINING=1")
    call_command("migrate", verbosity=0, interactive=False)
    if sys.argv[1:2] == ["--moved-from"]:
        move_addresses(sys.argv[2], settings.PUBLIC_URL)
        return
    made = load(Path(sys.argv[1]) if len(sys.argv) > 1 else None, wait="--wait" in sys.argv[2:])
    keep_pristine()
    for line in made["refused"]:
        print(f"left out: {line}", file=sys.stderr)
    print(f"{made['cases']} cases, {made['findings']} findings")


if __name__ == "__main__":
    main()
