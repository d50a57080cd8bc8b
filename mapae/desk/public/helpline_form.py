"""The consumer's form: three questions first, then what is known at once, then the rest; a draft is kept without account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.agent.forms import kept_files
from mapae.desk.helpline.actions import run
from mapae.desk.helpline.advice import advice, title
from mapae.desk.helpline.consumer import drafts
from mapae.desk.helpline.consumer.opened import is_open, make_pin, opened
from mapae.desk.helpline.consumer.outlook import lines, outlook
from mapae.desk.helpline.intake import ADVISED, LANGUAGES, receive
from mapae.desk.helpline.models import Complaint, Draft
from mapae.desk.helpline.telling import reachable, tell
from mapae.desk.money import CURRENCIES
from mapae.desk.parties.models import Operator
from mapae.desk.public.helpline_fields import FIRST, REST, about, first_faults, rest_faults, sent
from mapae.desk.public.helpline_link import careful, nowhere, often, said_of, tell_error, too_often
from mapae.desk.uploads import ACCEPT, LIMITS
from mapae.errors import MapaeError

__all__ = ["draft", "start"]

AN_HOUR = {"start": 60, "send": 20}  # of one network address
_TWICE = timedelta(minutes=2)  # the button pressed again before the answer came


def start(request: HttpRequest) -> HttpResponse:
    """The three questions."""
    data = (
        sent(request, FIRST)
        if request.method == "POST"
        else {"operator_told": request.GET.get("shop", "")[:120]}
    )
    wrong: dict[str, str] = {}
    if request.method == "POST":
        if often(f"help-start:{request.META.get('REMOTE_ADDR', '')}", AN_HOUR["start"], 3600):
            return too_often(request, 3600)
        wrong = first_faults(data)
        if not wrong:
            return redirect("help-draft", link=drafts.new_draft(data, _language()))
    context = {"data": data, "wrong": wrong, **_lists()}
    return render(request, "desk/public_help.html", context, status=422 if wrong else 200)


def draft(request: HttpRequest, link: str) -> HttpResponse:
    """What is known already, and the rest of the form; saved or sent."""
    found = drafts.find_draft(link)
    if found is None:
        return _gone(request)
    if often(f"help-draft:{found.pk}", 40):
        return too_often(request)
    if drafts.led_to(found):
        return _again(request, found)
    data, wrong = drafts.read(found), {}
    if request.method == "POST":
        data = {**data, **sent(request, {**FIRST, **REST})}
        drafts.keep(found, data)
        if request.POST.get("do") != "send":
            messages.success(request, _("Saved. Come back to this address until the day below."))
            return redirect("help-draft", link=link)
        wrong = {**first_faults(data), **rest_faults(data)}
        if not wrong:
            if often(f"help-send:{request.META.get('REMOTE_ADDR', '')}", AN_HOUR["send"], 3600):
                return too_often(request, 3600)
            try:
                return _sent(request, found, data)
            except MapaeError as error:
                tell_error(request, error)
                return careful(_shown(request, found, data, {"files": said_of(error)}))
    return careful(_shown(request, found, data, wrong))


def _sent(request: HttpRequest, found: Draft, data: dict[str, str]) -> HttpResponse:
    """File it; the answer that can be given at once is given at once."""
    files = kept_files(request)
    with transaction.atomic():
        held = Draft.objects.select_for_update().filter(pk=found.pk).first()
        if held is None or drafts.led_to(held):  # sent twice: the first one counts
            return _again(request, held) if held else _gone(request)
        made = receive("web", data["text"], language=_language(), files=files, **about(data))
        drafts.sent_as(held, made)
        if made.responsible in ADVISED and not made.anonymous:
            run("advise", None, made)
        else:
            tell(made)
    _open(request, made)
    messages.success(
        request, _("Your complaint has arrived. Its number is %(number)s.") % {"number": made.number}
    )
    return redirect("help-follow", link=made.link)


def _open(request: HttpRequest, made: Complaint) -> None:
    """This browser sees it, and once the number that takes the place of codes where there is no contact."""
    opened(request, made)
    if not reachable(made):
        request.session[f"help-pin-{made.pk}"] = make_pin(made)


def _again(request: HttpRequest, found: Draft) -> HttpResponse:
    """Who goes back to a draft that was sent, or sends it twice, comes to its complaint and not to an empty page."""
    led = drafts.led_to(found)
    if led is None or led[0] is None:
        return _gone(request)
    made, when = led
    if request.POST.get("do") == "send" and clock.now() - when < _TWICE and not is_open(request, made):
        _open(request, made)  # the answer to the first press was lost with the number in it
    messages.info(request, _("You have sent this already. This is its page."))
    return careful(redirect("help-follow", link=made.link))


def _gone(request: HttpRequest) -> HttpResponse:
    text = _(
        "A draft is kept for %(days)s days, then removed. If you sent it, our message to you has the address of its page."
    )
    return nowhere(request, _("There is no draft here any more"), text % {"days": drafts.DAYS})


def _shown(request: HttpRequest, found: Draft, data: dict[str, str], wrong: dict[str, str]) -> HttpResponse:
    told = outlook(data.get("text", ""), clock.now(), about(data))
    context: dict[str, Any] = {
        "data": data,
        "wrong": wrong,
        "expires_at": found.expires_at,
        "address": request.build_absolute_uri(),
        "outlook": told,
        "periods": lines(told.periods),
        "remedies": [(key, title("remedies", key)) for key in advice("remedies")],
        "currencies": CURRENCIES,
        "accept": ",".join(ACCEPT),
        "limits": LIMITS,
        **_lists(),
    }
    return render(request, "desk/public_help_draft.html", context, status=422 if wrong else 200)


def _lists() -> dict[str, Any]:
    return {"shops": [str(each) for each in Operator.objects.all()], "today": clock.today().isoformat()}


def _language() -> str:
    found = translation.get_language() or "ko"
    return found if found in LANGUAGES else "ko"
