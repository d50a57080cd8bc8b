"""Before anything goes to an agent: what is sent, to whom, in which country, how long, how to refuse, and what then."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.cases.actions import Refused
from mapae.desk.helpline import share as shares
from mapae.desk.helpline.actions import allowed, run
from mapae.desk.helpline.advice import advice
from mapae.desk.helpline.models import Complaint
from mapae.desk.law import said
from mapae.desk.public.helpline_link import by_link

__all__ = ["share"]


@by_link(opened=True)
def share(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """Show the page; take the yes, the no, or the consent back."""
    said_now = request.POST.get("do", "") if request.method == "POST" else ""
    if said_now == "refuse":
        shares.decide(complaint, agrees=False)
        messages.success(
            request, _("Nothing is sent. Your complaint stays here, and the advice stays yours.")
        )
        return redirect("help-follow", link=complaint.link)
    if said_now == "take_back":
        return _taken_back(request, complaint)
    verb = _verb(complaint)
    if verb is None:
        messages.info(request, _("Nothing can be sent as your complaint stands now."))
        return redirect("help-follow", link=complaint.link)
    if said_now == "agree":
        if request.POST.get("agree") == "on":
            return _agreed(request, complaint, verb)
        messages.error(request, _("Tick that you agree, or refuse."))
    facts = request.POST.get("facts", "").replace("\0", "").strip()[:8000]
    status = 422 if said_now == "agree" else 200
    return render(request, "desk/public_help_share.html", _context(request, complaint, facts), status=status)


def _agreed(request: HttpRequest, complaint: Complaint, verb: str) -> HttpResponse:
    """Consent and handing over are one step: neither stands without the other."""
    chosen = [key for key in shares.FIELDS if request.POST.get(f"field-{key}") == "on"]
    facts = request.POST.get("facts", "").replace("\0", "").strip()[:8000]
    with transaction.atomic():
        shares.decide(
            complaint, agrees=True, fields=chosen, facts=facts, abroad=_abroad(request, complaint),
            seen=request.POST.get("seen", ""),
        )  # fmt: skip
        run(verb, "consumer", complaint)
    messages.success(request, _("It is sent. You see below by when you must have an answer."))
    return redirect("help-follow", link=complaint.link)


def _abroad(request: HttpRequest, complaint: Complaint) -> bool:
    """Whether it may leave Korea: asked apart wherever it would."""
    return request.POST.get("abroad") == "on" or not shares.notice(complaint).abroad


def _taken_back(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    shares.take_back(complaint)
    messages.success(request, _("From now the agent sees nothing of your complaint."))
    return redirect("help-follow", link=complaint.link)


def _verb(complaint: Complaint) -> str | None:
    """What the consent leads to: the agent, or the social network that passes it on."""
    wanted = "send_to_network" if complaint.responsible == "social_network" else "hand_over"
    if not shares.has_receiver(complaint):
        raise Refused(_("This shop has no local agent today. You can send a letter of withdrawal yourself."))
    return wanted if wanted in allowed("consumer", complaint) else None


def _context(request: HttpRequest, complaint: Complaint, facts: str) -> dict[str, Any]:
    rows = shares.preview(complaint, facts)
    posted = request.method == "POST"
    names = advice("share")["fields"]
    return {
        "complaint": complaint,
        "link": complaint.link,
        "notice": shares.notice(complaint),
        "facts": rows.get("facts", ""),
        "fields": [
            {
                "key": key,
                "title": said(names[key]),
                "value": shares.readable(key, value),
                "always": key in shares.ALWAYS,
                "ticked": request.POST.get(f"field-{key}") == "on" if posted else key in shares.DEFAULT,
            }
            for key, value in rows.items()
            if key != "country"  # said above, with its own consent
        ],
        "ground": said(advice("share")["grounds"]["consent"]),
        "way": said(advice("share")["way"]),
        "agrees": request.POST.get("agree") == "on",
        "agrees_abroad": request.POST.get("abroad") == "on",
        "today": timezone.localtime(clock.now()).date(),
    }
