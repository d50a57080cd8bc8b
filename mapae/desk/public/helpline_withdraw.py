"""청약철회 보내기: the letter as it will go out, then its proof of dispatch, what to keep, and what comes next."""

from __future__ import annotations

import base64
import json
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.helpline.advice import advice, filled
from mapae.desk.helpline.consumer import withdraw
from mapae.desk.helpline.consumer.outlook import lines
from mapae.desk.helpline.consumer.withdraw_days import GROUNDS, last_day_of
from mapae.desk.helpline.models import Complaint, Withdrawal
from mapae.desk.helpline.share import notice
from mapae.desk.law import said
from mapae.desk.public.helpline_fields import day
from mapae.desk.public.helpline_link import by_link, often, too_often
from mapae.errors import MapaeError

__all__ = ["letter_pdf", "proof", "write"]

AN_HOUR = 20  # letters from one network address
_FIELDS = {"name": 60, "order_number": 80, "product": 200}


@by_link(opened=True)
def write(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """The letter, its receivers, and the button that sends it."""
    ground = request.POST.get("ground") or GROUNDS.get(complaint.right, "17(1)")
    ground = ground if ground in ("17(1)", "17(3)") else "17(1)"
    seller = request.POST.get("seller_email", "").strip()[:120]
    supplied = request.POST.get("supplied") or withdraw.supplied_of(complaint)
    supplied = supplied if supplied in withdraw.SUPPLIED else "goods"
    wrong = ""
    if request.method == "POST":
        wrong = _remember(request, complaint)
        if request.POST.get("do") == "send" and not wrong:
            if often(f"help-letter:{request.META.get('REMOTE_ADDR', '')}", AN_HOUR, 3600):
                return too_often(request, 3600)
            try:
                made = withdraw.send(complaint, ground, seller, supplied)
                messages.success(request, _("Your withdrawal is declared. This page proves when it left."))
                return redirect("help-proof", link=complaint.link, code=made.code)
            except MapaeError as error:
                wrong = error.what
    context = _context(complaint, ground, seller, supplied) | {"wrong": wrong}
    return render(request, "desk/public_help_withdraw.html", context, status=422 if wrong else 200)


@by_link(opened=True)
def proof(request: HttpRequest, complaint: Complaint, code: str) -> HttpResponse:
    """When the letter left, to whom, with which number; renewed until all has left."""
    letter = _letter(complaint, code)
    if letter is None:
        return redirect("help-follow", link=complaint.link)
    sent, supplied = withdraw.dispatches(letter), withdraw.supplied_in(letter)
    context = {
        "complaint": complaint,
        "link": complaint.link,
        "letter": letter,
        "parts": json.loads(letter.content)["parts"],
        "sent": sent,
        "waiting": any(each.at is None and each.state not in ("failed", "in_doubt") for each in sent),
        "first": min((each.at for each in sent if each.at), default=None),
        "in_time": _in_time(letter, sent),
        "effect": filled(advice("letter")["effect"]),
        "keep": [said(row) for row in advice("letter")["keep"][supplied]],
        "follows": [filled(row) for row in advice("letter")["follows"][supplied]],
        "supplied": supplied,
    }
    return render(request, "desk/public_help_proof.html", context)


@by_link(opened=True)
def letter_pdf(request: HttpRequest, complaint: Complaint, code: str, what: str) -> HttpResponse:
    """The letter, or the proof with the letter behind it, as PDF."""
    letter = _letter(complaint, code)
    if letter is None:
        return redirect("help-follow", link=complaint.link)
    content = withdraw.proof_pdf(letter) if what == "proof" else base64.b64decode(letter.pdf)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{letter.code}-{what}.pdf"'
    return response


def _remember(request: HttpRequest, complaint: Complaint) -> str:
    """Name, order, goods and day as the consumer wrote them for the letter; what is wrong with the day, if anything."""
    changed = []
    for name, most in _FIELDS.items():
        told = request.POST.get(name)
        if told is not None and (value := told.replace("\0", "").strip()[:most]) != getattr(complaint, name):
            setattr(complaint, name, value)
            changed.append(name)
    came, wrong = _came(request.POST.get("delivered_on", ""), complaint.purchased_on)
    if came is not None and not wrong and came != complaint.delivered_on:
        complaint.delivered_on = came
        changed.append("delivered_on")
    if changed:
        complaint.save(update_fields=changed)
    return wrong


def _came(told: str, bought: date | None) -> tuple[date | None, str]:
    """The day of delivery, and why it cannot be."""
    found = day(told)
    if found is None:
        return None, _("Give the day as year, month, day.") if told else ""
    if found > clock.today():
        return found, _("The day lies in the future.")
    return found, _("It cannot arrive before it was bought.") if bought and found < bought else ""


def _letter(complaint: Complaint, code: str) -> Withdrawal | None:
    return complaint.withdrawals.filter(code=code).first()


def _in_time(letter: Withdrawal, sent: list[withdraw.Dispatch]) -> bool | None:
    """Whether it left up to the last day; None where either is not known."""
    from django.utils import timezone

    first = min((each.at for each in sent if each.at), default=None)
    if first is None or letter.last_day is None:
        return None
    return timezone.localtime(first).date() <= letter.last_day


def _context(complaint: Complaint, ground: str, seller: str, supplied: str) -> dict[str, Any]:
    last, periods, told = last_day_of(complaint, ground, supplied)
    to = withdraw.receivers(complaint, seller)
    words = advice("letter")
    return {
        "complaint": complaint,
        "link": complaint.link,
        "last_day": last,
        "late": last is not None and last < clock.today(),
        "told": told,  # by the triage; else counted from what stands in the letter
        "periods": lines(periods),
        "ground": ground,
        "grounds": [
            ("17(1)", _("I call it off without giving a reason.")),
            ("17(3)", _("It is not what was advertised or agreed.")),
        ],
        "seller_email": seller,
        "receivers": to,
        "parts": withdraw.draft_parts(complaint, ground, to, clock.now(), "W-…" if to else "", supplied),
        "supplied": supplied,
        "notice": notice(complaint),
        "retention": filled(words["retention"]),
        "effect": filled(words["effect"]),
        "today": clock.today().isoformat(),
    }
