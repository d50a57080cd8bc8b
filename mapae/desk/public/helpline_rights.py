"""The rights calculator: last days, refund, interest, return cost and exclusions from what was bought when."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mapae.app.rights import DAYS, EXCLUSIONS, MARKS, Bought, rights_of
from mapae.desk import clock
from mapae.desk.helpline.advice import advice
from mapae.desk.helpline.consumer.outlook import lines
from mapae.desk.law import book, said
from mapae.desk.money import money
from mapae.desk.public.helpline_fields import day
from mapae.errors import MapaeError
from mapae.law.words import in_words

__all__ = ["rights"]

_SPECIAL = ("no_document", "address_known_on", "obstruction_ended_on", "agreed_days")
_LONGEST = 366  # days that a shop may agree to in this form
_MEASURE = {"": None, "yes": True, "no": False}


def rights(request: HttpRequest) -> HttpResponse:
    """The form (all in the address, so a result can be kept), and what follows."""
    asked = request.GET
    context: dict[str, Any] = {
        "values": asked,
        "today": clock.today().isoformat(),
        "exclusions": _exclusions(asked),
        "special": any(asked.get(name) for name in _SPECIAL),
    }
    status = 200
    if asked.get("ground") in ("17(1)", "17(3)"):
        try:
            bought = _bought(asked)
            found = rights_of(bought, clock.today(), book())
            context |= {
                "found": found,
                "paid": money(bought.amount_krw, "KRW"),
                "interest": money(found.interest_krw, "KRW"),
                "periods": lines(found.periods),
                "refund": lines((found.refund,))[0] if found.refund else None,
                "excluded": [said(advice("exclusions")[key]) for key in found.excluded_by],
                "rules": [_rule(key) for key in found.rules],
            }
        except MapaeError as error:
            context["wrong"], status = _wrong(error), 422
    return render(request, "desk/public_help_rights.html", context, status=status)


def _bought(asked: Any) -> Bought:
    days = {name: day(asked.get(name, "")) for name in DAYS}
    try:
        amount = (
            int(Decimal(asked.get("amount", "").replace(",", "").removesuffix("원")))
            if asked.get("amount")
            else None
        )
    except (InvalidOperation, ValueError, OverflowError):
        amount = None
    supplied = asked.get("supplied", "goods")
    return Bought(
        asked["ground"], **days, amount_krw=amount if amount and 0 < amount < 10**12 else None,
        supplied=supplied if supplied in ("goods", "service", "nothing") else "goods",
        marks=frozenset(mark for mark in MARKS if asked.get(mark) == "on"),
        seller_measure=_MEASURE.get(asked.get("measure", "")),
        private_seller=asked.get("private") == "on",
        no_document=asked.get("no_document") == "on",
        agreed_days=_agreed(asked.get("agreed_days", "")),
    )  # fmt: skip


def _agreed(told: str) -> int:
    """Whole days; 0 where none or none that can be."""
    return int(told) if told.isascii() and told.isdigit() and len(told) < 4 and int(told) <= _LONGEST else 0


def _rule(key: str) -> dict[str, str]:
    """A parameter of law for the page: what it is about, what it says, the article, where that stands."""
    parameter = book().pack.parameters[key]
    found = book().parameter(key, clock.today())
    language = (get_language() or "ko")[:2]
    return {
        "title": said(parameter.title),
        "says": in_words(book().pack, parameter, found.value, language) if found else "",
        "provision": parameter.provision,
        "reference": found.reference if found else "",
    }


def _wrong(error: MapaeError) -> str:
    """The error in the words of the page, by the field it names."""
    said_of = {
        "the day lies in the future": _("The day lies in the future."),
        "the days contradict each other": _("The days contradict each other."),
    }
    return said_of.get(error.what, _("With these days nothing can be counted."))


def _exclusions(asked: Any) -> list[dict[str, Any]]:
    titles = {
        "lost_or_damaged_by_consumer": _(
            "I lost or damaged it. (Opening the packaging to look does not count.)"
        ),
        "used_value_much_reduced": _("I used it, and its value fell greatly."),
        "value_fell_with_time": _("So much time passed that it can hardly be sold again."),
        "copyable_goods_unsealed": _("I opened the packaging of goods that can be copied."),
        "service_started": _(
            "The service has begun. (What has not begun and can be split off does not count.)"
        ),
        "digital_content_started": _("I began to use digital content."),
        "made_to_order": _("It was made to order for me."),
        "serious_harm_to_seller": _("The seller would be harmed greatly by a return."),
        "separate_notice": _("I was told so separately."),
        "written_consent": _("I consented to it in writing."),
    }
    return [
        {"key": mark, "title": titles[mark], "ticked": asked.get(mark) == "on", "group": group}
        for group, marks in EXCLUSIONS.items()
        for mark in marks
    ]
