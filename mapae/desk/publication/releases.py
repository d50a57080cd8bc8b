"""When the figures of a month are counted, shown to operators, and published; revisions; which release everybody sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.audit.models import record
from mapae.desk.cases.actions._action import Refused
from mapae.desk.parties.models import Operator
from mapae.desk.publication.cells import cells, digest, queries, run, said_in
from mapae.desk.publication.counting import count
from mapae.desk.publication.models import Release, ReleaseComment
from mapae.law.calendar import business_days

__all__ = ["Day", "calendar", "comment", "latest", "make_due", "plan", "published", "revise", "upcoming"]


@dataclass(frozen=True, slots=True)
class Day:
    """The days of a month's release: operators see it from `preview`, everybody from `publish`."""

    month: str
    preview: date
    publish: date


def plan(month: str) -> Day:
    """When the figures of `2026-10` come out: business days after the month's end, and full ones in between."""
    rules = said_in()["calendar"]
    preview = business_days(_last(month), rules["preview_after"]).end
    return Day(month, preview, _publish_on(preview))


def calendar(today: date, ahead: int = 6) -> list[Day]:
    """The releases still to be published, the next first: counted ones by their own days, others as planned."""
    found: list[Day] = []
    month = _shift(_month(today), -2)
    counted = {row.month: row for row in Release.objects.filter(month__gte=month, revision=0)}
    while len(found) < ahead:
        day = plan(month)
        if kept := counted.get(month):
            day = Day(month, kept.previewed_from, kept.publish_on)
        elif day.preview < today and month == _shift(_month(today), -1):
            day = Day(month, today, _publish_on(today))  # late: the worker counts it at its next turn
        if day.publish > today:
            found.append(day)
        month = _shift(month, 1)
    return found


def published(today: date) -> Iterator[Release]:
    """Releases that everybody may see, the newest first; a month's older revisions follow its newest."""
    return Release.objects.filter(publish_on__lte=today).iterator()


def latest(today: date) -> Release | None:
    """What the page shows."""
    return Release.objects.filter(publish_on__lte=today).first()


def upcoming(today: date) -> list[Release]:
    """Counted, shown to operators, not yet public."""
    return list(Release.objects.filter(previewed_from__lte=today, publish_on__gt=today))


def make_due(now: datetime) -> None:
    """Count the last month once its day of preview has come, by the worker; publication keeps its distance to that day."""
    today = timezone.localtime(now).date()
    day = plan(_shift(_month(today), -1))
    if day.preview <= today and not Release.objects.filter(month=day.month).exists():
        _keep(day.month, 0, today, "")


def revise(user: User, month: str, why: str) -> Release:
    """Count a published month anew, with the reason; operators see the revision ahead as they saw the first."""
    before = Release.objects.filter(month=month).first()
    if before is not None and before.revision and not before.is_public(clock.today()):
        said = _("A revision of this month is on its way. Everybody sees it from %(day)s.")
        raise Refused(said % {"day": before.publish_on}, where=month)
    if before is None or not before.is_public(clock.today()):
        raise Refused(_("Only figures that are public can be revised."), where=month)
    if not why.strip():
        raise Refused(_("A revision needs its reason."), where=month)
    made = _keep(month, before.revision + 1, clock.today(), why.strip()[:300])
    record(user, "figures_revised", f"release:{made.digest}", month=month)
    return made


def comment(user: User, release: Release, operator: Operator, text: str, language: str) -> None:
    """Keep what an operator says of its figures; Refused once they are public."""
    if release.is_public(clock.today()):
        raise Refused(_("These figures are public; comments closed the day before."), where=release.month)
    if not text.strip():
        ReleaseComment.objects.filter(release=release, operator=operator).delete()
        record(user, "figures_comment_withdrawn", f"release:{release.digest}", operator=operator.key)
        return
    ReleaseComment.objects.update_or_create(
        release=release,
        operator=operator,
        defaults={"by": user, "at": clock.now(), "text": text.strip()[:2000], "language": language[:8]},
    )
    record(user, "figures_comment", f"release:{release.digest}", operator=operator.key)


def _keep(month: str, revision: int, today: date, why: str) -> Release:
    """Count, freeze and plan; a second worker at the same moment finds it made."""
    months = [_shift(month, -back) for back in range(said_in()["calendar"]["months"])]
    sides = {row.pk: (row.key, "overseas" if row.overseas else "domestic") for row in Operator.objects.all()}
    before = Release.objects.values_list("cells", flat=True).iterator()
    rows, asked = cells(count(today), sides, months, before), queries(said_in()["figures"])
    about = {
        "digest": digest(rows, asked, month, revision), "made_at": clock.now(), "previewed_from": today, "why": why,
        "publish_on": _publish_on(today), "cells": rows, "queries": asked,
        "figures": run(rows, asked),
    }  # fmt: skip
    try:
        with transaction.atomic():
            return Release.objects.create(month=month, revision=revision, **about)
    except IntegrityError:
        return Release.objects.get(month=month, revision=revision)


def _publish_on(preview: date) -> date:
    """The day after the full business days that operators have from that day on."""
    return business_days(preview, said_in()["calendar"]["preview_for"] + 1).end


def _month(day: date) -> str:
    return f"{day.year}-{day.month:02d}"


def _shift(month: str, by: int) -> str:
    number = int(month[:4]) * 12 + int(month[5:]) - 1 + by
    return f"{number // 12}-{number % 12 + 1:02d}"


def _last(month: str) -> date:
    following = _shift(month, 1)
    return date(int(following[:4]), int(following[5:]), 1) - timedelta(days=1)
