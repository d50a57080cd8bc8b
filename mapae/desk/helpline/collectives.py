"""Many consumers with the same harm: found, gathered, applied for, started, ended, each of them told (CON 68, COND 56)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case, CharField, Count, F, Max, Q, QuerySet, When
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.audit.models import record
from mapae.desk.cases.actions import Refused
from mapae.desk.helpline import desk_due, telling
from mapae.desk.helpline.actions import run
from mapae.desk.helpline.actions._said import day, needed, say
from mapae.desk.helpline.desk_scope import complaints_for
from mapae.desk.helpline.events import locked
from mapae.desk.helpline.models import Collective, Complaint
from mapae.desk.law import book
from mapae.desk.parties.models import Operator
from mapae.workflow.complaints import complaint_verbs

__all__ = ["STATES", "Mass", "apply", "finish", "gather", "hold", "least", "masses", "start"]

WINDOW = timedelta(days=180)  # complaints of the same kind within this time count together
STATES = {
    "gathering": {"ko": "모으는 중", "en": "Gathering", "zh": "收集中"},
    "applied": {"ko": "신청함", "en": "Applied for", "zh": "已申请"},
    "started": {"ko": "절차 개시", "en": "Started", "zh": "程序已启动"},
    "proposed": {"ko": "조정 내용 통지", "en": "Content told", "zh": "已告知调解内容"},
    "closed": {"ko": "종결", "en": "Closed", "zh": "已结束"},
}


@dataclass(frozen=True, slots=True)
class Mass:
    """Complaints of one kind about one operator. consumers: as many as complained with a name; newest: its last day."""

    operator: Operator
    category: str
    consumers: int
    newest: date
    enough: bool


def least() -> int:
    """How many consumers a collective needs (COND 56)."""
    return int(book().value("con.68.collective_consumers", clock.today()))


def masses(user: User, most: int = 20) -> list[Mass]:
    """Kinds of complaint that many consumers have, the most first; those below the number too, from half of it on."""
    rows = _ready(complaints_for(user)).filter(operator__isnull=False).exclude(category__in=("", "other"))
    counted = rows.values("operator", "category").annotate(n=Count("pk"), newest=Max("received_at"))
    found = list(counted.filter(n__gte=least() // 2).order_by("-n")[:most])
    operators = Operator.objects.in_bulk([row["operator"] for row in found])
    return [_mass(rows, operators[row["operator"]], row) for row in found]


def _mass(rows: QuerySet[Complaint], operator: Operator, row: dict[str, Any]) -> Mass:
    consumers = _consumers(rows.filter(operator=operator, category=row["category"]))
    newest = timezone.localtime(row["newest"]).date()
    return Mass(operator, row["category"], consumers, newest, consumers >= least())


def _consumers(rows: QuerySet[Complaint]) -> int:
    """How many persons: those with the same e-mail address or telephone count once."""
    whose = Case(
        When(~Q(words__email=""), then=F("words__email")),
        When(~Q(words__phone=""), then=F("words__phone")),
        default=Cast("pk", CharField()),
        output_field=CharField(),
    )
    return int(rows.aggregate(n=Count(whose, distinct=True))["n"])


@transaction.atomic
def gather(user: User, operator: Operator, category: str, title: str) -> Collective:
    """A new collective of all that complained so; Refused for fewer than law asks for."""
    name = needed(title, _("Give the collective a title."))
    rows = _ready(complaints_for(user)).filter(operator=operator, category=category).order_by("pk")
    if (consumers := _consumers(rows.order_by())) < least():
        words = _("A collective needs %(least)s consumers; these are %(n)s.")
        raise Refused(words % {"least": least(), "n": consumers})
    made = Collective.objects.create(
        number=_number(), operator=operator, title=name[:200], category=category, lead=user.body, made_by=user,
        made_at=clock.now(),
    )  # fmt: skip
    record(user, "collective_made", f"collective:{made.pk}", consumers=consumers)
    for each in list(rows):
        run("join_collective", user, each, collective=made)
    return made


@transaction.atomic
def apply(user: User, collective: Collective, on: date | None = None) -> None:
    """It was applied for at the commission, which has sixty days to start."""
    held, when = hold(user, collective, "gathering"), day(on)
    if (consumers := _consumers(held.complaints.filter(state="collective"))) < least():
        words = _("A collective needs %(least)s consumers; these are %(n)s.")
        raise Refused(words % {"least": least(), "n": consumers}, where=held.number)
    held.state, held.applied_at = "applied", _moment(when)
    held.save(update_fields=["state", "applied_at"])
    _all(held, user, "collective_applied", on=when)


@transaction.atomic
def start(user: User, collective: Collective, on: date | None, notice_until: date) -> None:
    """The commission decided to start; its notice runs until that day, and thirty days later it must be done."""
    held = hold(user, collective, "applied")
    when = day(on, since=timezone.localtime(held.applied_at).date() if held.applied_at else None)
    if notice_until < when + timedelta(days=13):
        raise Refused(_("The notice runs for at least 14 days."), where=notice_until.isoformat())
    held.state, held.started_on, held.notice_ended_on = "started", when, notice_until
    held.save(update_fields=["state", "started_on", "notice_ended_on"])
    _all(held, user, "collective_started", on=when)
    _all(held, user, "collective_notice_ended", on=notice_until, told=False)


@transaction.atomic
def finish(user: User, collective: Collective, outcome: str, text: str) -> int:
    """It has come to an end: every consumer in it is told the same outcome; how many."""
    held = hold(user, collective, "applied", "started", "gathering")
    words = needed(text, _("Say what it came to; every consumer in it reads this."))
    if outcome not in ("mediated", "mediation_failed", "not_settled", "settled"):
        raise Refused(_("Choose the outcome."), where=outcome[:40])
    members = list(held.complaints.filter(state="collective").order_by("pk"))
    for each in members:
        run("close", None, each, outcome=outcome, text=words)
    held.state, held.outcome = "closed", outcome
    held.save(update_fields=["state", "outcome"])
    record(user, "collective_ended", f"collective:{held.pk}", outcome=outcome, consumers=len(members))
    return len(members)


def _ready(complaints: QuerySet[Complaint]) -> QuerySet[Complaint]:
    """Those that may be taken into a collective now."""
    states = complaint_verbs(book())["join_collective"].before
    recent = clock.now() - WINDOW
    return complaints.filter(state__in=states, collective=None, anonymous=False, received_at__gte=recent)


def hold(user: User, collective: Collective, *states: str) -> Collective:
    """The collective, held until the transaction ends; Refused for another body's, or where it stands otherwise."""
    found = Collective.objects.select_for_update(of=("self",)).get(pk=collective.pk)
    if found.lead_id != user.body_id:
        raise Refused(_("Another body leads this collective."), where=found.number)
    if found.state not in states:
        raise Refused(_("This cannot be done as the collective stands now."), where=found.number)
    return found


def _all(collective: Collective, user: User, kind: str, *, on: date, told: bool = True) -> None:
    """The same event for everybody in it."""
    for each in _members(collective):
        say(each, kind, user, on=on.isoformat(), collective=collective.number)
        desk_due.refresh(each)
        if told:
            telling.tell(each, kind)


def _members(collective: Collective) -> Iterable[Any]:
    for pk in collective.complaints.filter(state="collective").order_by("pk").values_list("pk", flat=True):
        yield locked(Complaint(pk=pk))


def _moment(on: date) -> datetime:
    """Now; for a day before today its noon, since nobody wrote down the hour."""
    return (
        clock.now()
        if on == clock.today()
        else datetime.combine(on, time(12), timezone.get_current_timezone())
    )


def _number() -> str:
    head = f"{clock.today().year}-G-"
    last = (
        Collective.objects.filter(number__startswith=head)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    return f"{head}{int(last.rpartition('-')[2]) + 1 if last else 1:06d}"
