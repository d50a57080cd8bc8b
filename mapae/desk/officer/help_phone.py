"""The phone desk: an officer writes while the consumer speaks, and sees at once rights, last day and who is responsible."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mapae.desk import clock
from mapae.desk.audit.models import record
from mapae.desk.helpline import share as shares
from mapae.desk.helpline import telling
from mapae.desk.helpline.actions import run
from mapae.desk.helpline.advice import advice, title
from mapae.desk.helpline.consumer.outlook import lines, outlook
from mapae.desk.helpline.desk_scope import runs_helpline
from mapae.desk.helpline.intake import LANGUAGES, receive
from mapae.desk.law import book, said
from mapae.desk.money import CURRENCIES
from mapae.desk.officer.help_page import complaint_or_404
from mapae.desk.public.helpline_fields import FIRST, REST, about, first_faults, rest_faults, sent
from mapae.desk.scope import operators_for
from mapae.errors import MapaeError
from mapae.workflow.complaints import referral_for

__all__ = ["complaint_live", "complaint_new", "complaint_share"]


@require_http_methods(["GET", "POST"])
def complaint_new(request: HttpRequest) -> HttpResponse:
    """The form; what is sent becomes a complaint of the officer's, and its number is read to the consumer."""
    if not runs_helpline(request.user):
        messages.info(
            request, _("Your body does not run the helpline; what is referred to it comes to the queue.")
        )
        return redirect("complaints")
    data = _data(request)
    wrong = first_faults(data) | rest_faults(data) if request.method == "POST" else {}
    if request.method != "POST" or wrong or "look" in request.POST:
        context = {**_form(request, data, wrong), **(_live(data) if request.method == "POST" else {})}
        return render(request, "desk/officer_help_new.html", context, status=422 if wrong else 200)
    language = request.POST.get("language", "ko")
    made = receive(
        "phone", data["text"], language=language if language in LANGUAGES else "ko", user=request.user, **about(data)
    )  # fmt: skip
    telling.tell(made, "received")
    if request.POST.get("advised"):
        run("advise", request.user, made)
    messages.success(
        request, _("Taken in as %(number)s. Read the number to the consumer.") % {"number": made.number}
    )
    if not telling.reachable(made) and not made.anonymous:
        messages.warning(
            request,
            _("Nothing can be sent to this consumer. Agree by which call they hear what comes of it."),
        )
    return redirect("complaint", made.number)


@require_POST
def complaint_live(request: HttpRequest) -> HttpResponse:
    """What can be told at once of what was written so far; nothing is kept."""
    return render(request, "desk/officer_help_live.html", _live(_data(request)))


@require_http_methods(["GET", "POST"])
def complaint_share(request: HttpRequest, number: str) -> HttpResponse:
    """What would be sent, to read to the consumer on the telephone; their word is recorded with who heard it."""
    found = complaint_or_404(request.user, number)
    if request.method == "POST":
        chosen = [key for key in shares.FIELDS if request.POST.get(f"field-{key}") == "on"]
        agrees = request.POST.get("do") == "agree"
        facts = request.POST.get("facts", "").replace("\0", "").strip()[:8000]
        abroad = request.POST.get("abroad") == "on" or not shares.notice(found).abroad
        try:
            shares.decide(
                found, agrees=agrees, fields=chosen, facts=facts, abroad=abroad,
                seen=request.POST.get("seen", ""), user=request.user,
            )  # fmt: skip
        except MapaeError as error:
            messages.error(request, f"{error.what} {error.mend}".strip())
        else:
            messages.success(request, _("The consumer's word is recorded."))
        return redirect("complaint", number)
    shown = _shown(found)
    record(request.user, "read_personal", f"complaint:{found.pk}", fields=len(shown["fields"]))
    return render(request, "desk/officer_help_share.html", shown)


def _shown(complaint: Any) -> dict[str, Any]:
    names, rows = advice("share")["fields"], shares.preview(complaint)
    return {
        "complaint": complaint,
        "notice": shares.notice(complaint),
        "fields": [
            {
                "key": key,
                "title": said(names[key]),
                "value": shares.readable(key, value),
                "fixed": key in shares.ALWAYS,
                "ticked": key in shares.DEFAULT,
            }
            for key, value in rows.items()
            if key != "country"  # said above, with its own consent
        ],
        "goes": shares.has_receiver(complaint),
        "facts": rows["facts"],
        "way": said(advice("share")["way"]),
    }


def _data(request: HttpRequest) -> dict[str, str]:
    return sent(request, {**FIRST, **REST})


def _live(data: dict[str, str]) -> dict[str, Any]:
    """Rights, last day with its working, who is responsible and why, and the body to name."""
    if len(data["text"]) < 5:
        return {"outlook": None}
    found = outlook(data["text"], clock.now(), about(data))
    category = next((key for key in advice("categories") if title("categories", key) == found.category), "")
    named = referral_for(found.responsible, category, book())
    return {"outlook": found, "periods": lines(found.periods), "named": said(named.why) if named else ""}


def _form(request: HttpRequest, data: dict[str, str], wrong: dict[str, str]) -> dict[str, Any]:
    return {
        "data": data,
        "wrong": wrong,
        "remedies": [(key, title("remedies", key)) for key in advice("remedies")],
        "currencies": CURRENCIES,
        "names": [str(each) for each in operators_for(request.user)],
        "language": request.POST.get("language", "ko"),
        "advised": bool(request.POST.get("advised")),  # never ticked by itself: it ends the desk's clock
        "languages": [("ko", "한국어"), ("en", "English"), ("zh-hans", "简体中文")],
        "today": clock.today(),
    }
