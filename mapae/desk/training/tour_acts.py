"""The acts of the tour: what a visitor may do by hand, done for them by the same actions that the pages call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from mapae.desk import clock
from mapae.desk.answers.answer import Answer
from mapae.desk.answers.models import Contest
from mapae.desk.cases import evidence
from mapae.desk.cases.actions import run
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.documents.models import Document
from mapae.desk.documents.outbox import run_outbox
from mapae.desk.documents.queries import language_for
from mapae.desk.documents.worker import transports
from mapae.desk.training import phone
from mapae.desk.training.checking import notice_relisting, recheck
from mapae.desk.training.models import recall, remember
from mapae.desk.training.reading import story
from mapae.desk.training.shop import list_again, take_down
from mapae.desk.training.times import at, move_to
from mapae.desk.training.tour_audit import alter, check_log, checked, put_back
from mapae.desk.training.tour_state import TourState
from mapae.desk.training.world import person

__all__ = ["ACTS", "DEADLINE", "Act"]

DEADLINE = date(2026, 9, 28)  # two business days after service on the tour's first days: Chuseok lies between


@dataclass(frozen=True, slots=True)
class Act:
    """One act. step: of the six; who: a face; done: whether it has happened; work: does it."""

    key: str
    step: int
    who: str
    title: Any
    done: Callable[[TourState], bool]
    work: Callable[[Case], None]


def _assign(case: Case) -> None:
    run("assign", person("hana"), case, to=person("sora"))


def _draft(case: Case) -> None:
    items = list(case.items.filter(kind="listing").order_by("pk"))
    run(
        "draft", person("sora"), case, kind="takedown_recommendation", items=items, confirmed=True,
        language=language_for(case),
    )  # fmt: skip


def _document(case: Case) -> Document:
    found = case.documents.filter(kind="takedown_recommendation").exclude(state="withdrawn").first()
    assert found is not None
    return found


def _approve(case: Case) -> None:
    run("approve", person("hana"), case, document=_document(case))


def _serve(case: Case) -> None:
    run("serve", person("sora"), case, document=_document(case), channel="email")
    run_outbox(transports())


def _plain(case: Case) -> list[CaseItem]:
    """Listings of the case that its agent has taken down: neither contested nor forgotten."""
    other = {row["id"] for row in story("shop")["listings"] if row.get("keep") or row.get("forget")}
    return list(
        case.items.filter(kind="listing", platform="Lumibay").exclude(subject_id__in=other).order_by("pk")
    )


def _remove(case: Case) -> None:
    items = [item for item in _plain(case) if item.state == "asked"]
    for item in items:
        take_down(item.subject_id)
    gone = clock.now() - timedelta(minutes=5)
    run(
        "record_answer", person("minjun"), case,
        answers=[Answer(item, "removed", removed_at=gone) for item in items],
    )  # fmt: skip


def _contest(case: Case) -> None:
    shop = story("shop")
    kept = next(row["id"] for row in shop["listings"] if row.get("keep"))
    invoice = evidence.keep(shop["invoice"].encode(), "text/plain", by=person("minjun"), name="invoice.txt")
    answer = Answer(case.items.get(subject_id=kept), "contest", files=(invoice,), **shop["contest"])
    take_down(kept)
    run("contest", person("minjun"), case, answers=[answer])


def _report(case: Case) -> None:
    run("record_answer", person("minjun"), case, document=_document(case), reply=story("shop")["report"])


def _wait(case: Case) -> None:
    move_to(at(DEADLINE, 18))
    remember("waited", True)


def _check(case: Case) -> None:
    recheck(person("sora"), case)


def _accept(case: Case) -> None:
    contest = Contest.objects.filter(item__case=case, verdict="").first()
    run(
        "decide_contest", person("hana"), case, contest=contest, verdict="accepted",
        reasons=story("shop")["accept"],
    )  # fmt: skip


def _restore(case: Case) -> None:
    """The listing came off when it was contested, so it is asked back; the shop puts it up again; it is seen."""
    from mapae.desk.training.models import ShopListing

    for item in case.items.filter(state__in=("withdrawn", "restoring")):
        ShopListing.objects.filter(listing_id=item.subject_id).update(up=True)
        if item.state == "withdrawn" and item.said_removed_at:
            run("request_restoration", person("sora"), case, item=item)
        run("verify_restored", person("sora"), case, item=item)


def _missed(case: Case) -> None:
    """What was still up comes off, and is seen to be gone: nothing is left over, the case is verified."""
    items = list(case.items.filter(state="still_up", platform="Lumibay").order_by("pk"))
    for item in items:
        take_down(item.subject_id)
    gone = clock.now() - timedelta(minutes=5)
    run(
        "record_answer", person("minjun"), case,
        answers=[Answer(item, "removed", removed_at=gone) for item in items],
    )  # fmt: skip
    recheck(person("sora"), case)


def _relist(case: Case) -> None:
    list_again()


def _notice(case: Case) -> None:
    notice_relisting(case)


def _altered() -> bool:
    told = recall("audit_shown") or {}
    return bool(told.get("altered") or recall("audit_put_back"))


def _waited(state: TourState) -> bool:
    return bool(recall("waited")) or clock.today() >= DEADLINE


ACTS: tuple[Act, ...] = (
    Act(
        "tell",
        2,
        "jiwoo",
        _("Jiwoo tells what happened and withdraws from the purchase"),
        lambda s: s.told,
        phone.tell,
    ),
    Act(
        "attach",
        3,
        "dojin",
        _("Dojin at the helpline joins Jiwoo's report to the case"),
        lambda s: s.joined,
        phone.attach,
    ),
    Act("assign", 3, "hana", _("Hana gives the case to Sora"), lambda s: s.assigned, _assign),
    Act("draft", 4, "sora", _("Sora drafts the takedown recommendation"), lambda s: s.drafted, _draft),
    Act("approve", 4, "hana", _("Hana, a second person, approves it"), lambda s: s.approved, _approve),
    Act(
        "serve", 4, "sora", _("It is served at the address that was consented to"), lambda s: s.served, _serve
    ),
    Act("remove", 5, "minjun", _("Minjun removes six listings"), lambda s: s.answered > 0, _remove),
    Act(
        "contest",
        5,
        "minjun",
        _("Minjun contests one, with an invoice"),
        lambda s: s.contest is not None,
        _contest,
    ),
    Act("report", 5, "minjun", _("Minjun reports on the measures taken"), lambda s: s.reported, _report),
    Act("wait", 5, "sora", _("The demo clock goes on to the target day, past Chuseok"), _waited, _wait),
    Act("check", 5, "sora", _("Every listing is looked at again"), lambda s: s.checked > 0, _check),
    Act(
        "accept",
        6,
        "hana",
        _("Hana accepts the contest; the notice is withdrawn"),
        lambda s: s.decided,
        _accept,
    ),
    Act("restore", 6, "sora", _("The listing is back, and that is verified"), lambda s: s.restored, _restore),
    Act(
        "missed",
        6,
        "minjun",
        _("The missed one comes off too; all is seen gone, and the case is verified"),
        lambda s: s.verified,
        _missed,
    ),
    Act(
        "relist",
        6,
        "jiwoo",
        _("You become the seller: the goods return under another name"),
        lambda s: s.relisted,
        _relist,
    ),
    Act("notice", 6, "sora", _("The desk sees it and reopens the case"), lambda s: s.noticed, _notice),
    Act("audit", 6, "yuna", _("The auditor checks the log: green"), lambda s: checked(), check_log),
    Act(
        "alter",
        6,
        "yuna",
        _("One entry of a copy is altered: red, and the entry is named"),
        lambda s: _altered(),
        alter,
    ),
    Act(
        "put_back",
        6,
        "yuna",
        _("It is put back: green again"),
        lambda s: bool(recall("audit_put_back")),
        put_back,
    ),
)
