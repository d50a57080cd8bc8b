"""The form by which a merchant reports a platform: what each degree of confidence means is shown first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from mapae.desk.helpline.consumer.withdraw import MAIL
from mapae.desk.helpline.intake import LANGUAGES
from mapae.desk.merchants.intake import clean_files, receive
from mapae.desk.merchants.matters import body_of, choices, confidences, table
from mapae.desk.merchants.opened import opened
from mapae.desk.parties.models import Operator
from mapae.desk.public.helpline_fields import day, sent
from mapae.desk.public.helpline_link import careful, often, tell_error, too_often
from mapae.desk.uploads import ACCEPT, LIMITS
from mapae.errors import MapaeError

__all__ = ["form"]

# field → most characters
FIELDS = {
    "matter": 16, "operator_told": 120, "began_on": 10, "ended_on": 10, "amount": 40, "text": 8000, "confidence": 12,
    "name": 60, "shop": 80, "email": 120, "phone": 30,
}  # fmt: skip
AN_HOUR = 20  # reports from one network address


def form(request: HttpRequest) -> HttpResponse:
    """The form; sent, it leads to the page behind the new secret address."""
    data = (
        sent(request, FIELDS) if request.method == "POST" else {"matter": request.GET.get("matter", "")[:16]}
    )
    wrong = _faults(data) if request.method == "POST" else {}
    if request.method == "POST" and not wrong:
        if often(f"merchants:{request.META.get('REMOTE_ADDR', '')}", AN_HOUR, 3600):
            return too_often(request)
        try:
            return _sent(request, data)
        except MapaeError as error:
            tell_error(request, error)
            wrong = {"files": error.what}
    return careful(
        render(request, "desk/public_merchants.html", _context(data, wrong), status=422 if wrong else 200)
    )


def _sent(request: HttpRequest, data: dict[str, str]) -> HttpResponse:
    files = clean_files(request.FILES.getlist("files"))
    language = translation.get_language() or "ko"
    made = receive(
        **{name: data[name] for name in FIELDS if name not in ("began_on", "ended_on")},
        began_on=day(data["began_on"]), ended_on=day(data["ended_on"]), files=files,
        language=language if language in LANGUAGES else "ko",
    )  # fmt: skip
    opened(request, made.report)
    request.session[f"merchant-code-{made.report.pk}"] = made.code
    return redirect("merchant-follow", link=made.link)


def _faults(data: dict[str, str]) -> dict[str, str]:
    """Field → what is wrong with it."""
    wrong = {}
    if data["matter"] not in table("matters"):
        wrong["matter"] = _("Choose what it is about.")
    if data["confidence"] not in table("confidence"):
        wrong["confidence"] = _("Choose how confidential it is to be.")
    if len(data["text"]) < 10:
        wrong["text"] = _("Write in a few words what happened.")
    if not data["operator_told"]:
        wrong["operator_told"] = _("Name the platform.")
    for name in ("began_on", "ended_on"):
        if data[name] and day(data[name]) is None:
            wrong[name] = _("Give the day as year, month, day.")
    began, ended = day(data["began_on"]), day(data["ended_on"])
    if began and ended and ended < began:
        wrong["ended_on"] = _("It cannot end before it began.")
    if data["email"] and data["confidence"] != "anonymous" and not MAIL.fullmatch(data["email"]):
        wrong["email"] = _("The e-mail address cannot be read.")
    return wrong


def _context(data: dict[str, str], wrong: dict[str, str]) -> dict[str, Any]:
    return {
        "data": data,
        "wrong": wrong,
        "matters": choices("matters"),
        "confidences": confidences(),
        "body": body_of("fees"),
        "shops": [str(each) for each in Operator.objects.all()],
        "accept": ",".join(ACCEPT),
        "limits": LIMITS,
    }
