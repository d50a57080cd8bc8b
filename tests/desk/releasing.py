"""Counts for the tests of releases: complaints, decisions, and items asked to be taken down; everything is invented."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from mapae.desk import clock
from mapae.desk.agreements.models import PromiseSnapshot
from mapae.desk.cases.models import CaseItem, ItemCheck
from mapae.desk.helpline.intake import receive
from mapae.desk.helpline.models import Complaint
from mapae.desk.parties.models import Operator
from mapae.desk.publication.models import Release
from mapae.desk.publication.releases import make_due
from mapae.desk.rights.models import ClaimSnapshot
from mapae.desk.rights.published import FIGURE
from tests.desk.looking import served_case

__all__ = ["coming", "complain", "hanmaru", "many_items", "releases"]

OCTOBER = datetime(2026, 10, 12, 3, tzinfo=UTC)
PREVIEW = datetime(2026, 11, 13, 0, tzinfo=UTC)  # ten business days after October


def hanmaru() -> Operator:
    """A domestic operator."""
    return Operator.objects.create(
        key="hanmaru",
        name_ko="한마루",
        name_en="Hanmaru",
        country="KR",
        overseas=False,
        platforms=["Hanmaru"],
    )


def complain(operator: Operator, number: int, at: datetime = OCTOBER) -> None:
    """So many complaints about the operator, received at that moment."""
    for _ in range(number):
        made = receive("web", "예시 상담", operator_told=operator.name_ko)
        Complaint.objects.filter(pk=made.pk).update(operator=operator, received_at=at, duplicate_of=None)


def many_items(world: SimpleNamespace, served_at: datetime) -> None:
    """Eight items of one document: six seen gone in time, one still up, one whose notice was withdrawn."""
    case, document = served_case(world, "http://127.0.0.1:9")
    type(document).objects.filter(pk=document.pk).update(served_at=served_at)
    case.items.all().update(state="")
    document.items.clear()
    for at, state in enumerate(["removed"] * 6 + ["still_up", "withdrawn"]):
        item = CaseItem.objects.create(
            case=case, kind="listing", subject_id=f"X-{at}", platform="Lumibay", title="예시", state=state
        )
        document.items.add(item)
        for days in (2, 7) if state != "withdrawn" else ():
            ItemCheck.objects.create(
                item=item, verdict=state, how="fetch", at=served_at + timedelta(days=days)
            )


def coming() -> Release:
    """October as counted on its day of preview."""
    make_due(PREVIEW)
    return Release.objects.get(month="2026-10", revision=0)


def releases() -> dict[str, str]:
    """The digests of a release that everybody sees, of one that only operators see, of promises and of claims, for the
    permission matrix."""
    today = clock.today()
    made = {}
    for name, month, publish_on in (
        ("release", "2020-01", today),
        ("coming", "2020-02", today + timedelta(days=1)),
    ):
        about = {"made_at": clock.now(), "previewed_from": today, "publish_on": publish_on}
        made[name] = Release.objects.create(month=month, digest=f"{name}-digest"[:16], **about).digest
    key, row = (
        "eca_complaints-result_in_time",
        {"operator": "lumibay", "n": 9, "k": 9, "value": 1, "low": 0.7, "high": 1},
    )
    about = {"as_of": today, "made_at": clock.now(), "queries": {key: "SELECT 1"}}
    PromiseSnapshot.objects.create(digest="promises", rows=[{"figure": key, **row}], **about)
    ClaimSnapshot.objects.create(
        digest="claims", as_of=today, made_at=clock.now(), queries={FIGURE: "SELECT 1"}
    )
    return {**made, "promises": "promises", "promise": key, "claims": "claims"}
