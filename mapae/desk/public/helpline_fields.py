"""Reads the fields of the consumer's form: days, sums, choices; what cannot be read is told by its field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpRequest
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.helpline.advice import advice
from mapae.desk.helpline.consumer.withdraw import MAIL
from mapae.desk.helpline.sms import plain_number
from mapae.desk.money import CURRENCIES

__all__ = [
    "FIRST",
    "REST",
    "about",
    "day",
    "first_faults",
    "page_address",
    "rest_faults",
    "sent",
]

# field → most characters
FIRST = {"text": 8000, "purchased_on": 10, "delivered_on": 10, "operator_told": 120, "listing_url": 500}
REST = {
    "product": 200, "seller": 200, "order_number": 80, "amount": 20, "currency": 3, "remedy": 24, "name": 60,
    "email": 120, "phone": 30, "anonymous": 2,
}  # fmt: skip


_URL = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/?#:]\S*)?", re.IGNORECASE)


def page_address(told: str) -> str:
    """The address in what a phone shares ("Look: https://…"), or a host and path made one; else the words as they are."""
    if found := _URL.search(told):
        return found[0]
    return f"https://{told}" if _HOST.fullmatch(told) else told


def sent(request: HttpRequest, fields: Mapping[str, int]) -> dict[str, str]:
    """The fields as they were sent, cut, without NUL, which no database takes; the page's address out of what was pasted."""
    found = {name: request.POST.get(name, "").replace("\0", "").strip() for name in fields}
    if "listing_url" in found:
        found["listing_url"] = page_address(found["listing_url"][:2000])
    return {name: told[: fields[name]] for name, told in found.items()}


def day(told: str) -> date | None:
    """The day; None for what is none."""
    try:
        return parse_date(told)
    except ValueError:
        return None


def first_faults(data: Mapping[str, str]) -> dict[str, str]:
    """Field → what is wrong with it, of the three questions."""
    wrong = {}
    if len(data.get("text", "")) < 5:
        wrong["text"] = _("Write in a few words what happened.")
    today = clock.today()
    for name in ("purchased_on", "delivered_on"):
        told = data.get(name, "")
        found = day(told)
        if told and found is None:
            wrong[name] = _("Give the day as year, month, day.")
        elif found is not None and found > today:
            wrong[name] = _("The day lies in the future.")
    bought, came = (day(data.get(name, "")) for name in ("purchased_on", "delivered_on"))
    if not wrong and bought and came and came < bought:
        wrong["delivered_on"] = _("It cannot arrive before it was bought.")
    url = data.get("listing_url", "")
    if url and not url.lower().startswith(("http://", "https://")):
        wrong["listing_url"] = _(
            "This is no address of a page. Paste it as your browser or the app shares it."
        )
    return wrong


def rest_faults(data: Mapping[str, str]) -> dict[str, str]:
    """Field → what is wrong with it, of the rest."""
    wrong = {}
    if data.get("amount") and _sum(data["amount"]) is None:
        wrong["amount"] = _("Write the sum in digits, such as 35000.")
    if data.get("email") and not MAIL.fullmatch(data["email"]):
        wrong["email"] = _("The e-mail address cannot be read.")
    if data.get("phone") and not plain_number(data["phone"]):
        wrong["phone"] = _("The phone number cannot be read.")
    return wrong


def about(data: Mapping[str, str]) -> dict[str, Any]:
    """The answers as mapae.desk.helpline.intake takes them; an anonymous report has no person in it."""
    remedy, currency = data.get("remedy", ""), data.get("currency", "")
    found: dict[str, Any] = {
        "operator_told": data.get("operator_told", ""),
        "listing_url": data.get("listing_url", ""),
        "product": data.get("product", ""),
        "seller": data.get("seller", ""),
        "order_number": data.get("order_number", ""),
        "amount": _sum(data.get("amount", "")),
        "currency": currency if currency in CURRENCIES else "",
        "purchased_on": day(data.get("purchased_on", "")),
        "delivered_on": day(data.get("delivered_on", "")),
        "remedy": remedy if remedy in advice("remedies") else "",
    }
    if data.get("anonymous"):
        return {**found, "order_number": "", "anonymous": True}
    return found | {name: data.get(name, "") for name in ("name", "email", "phone")}


def _sum(told: str) -> Decimal | None:
    """A sum of money above nothing, with or without separators; None for anything else."""
    try:
        found = Decimal(told.replace(",", "").replace(" ", "").removesuffix("원"))
    except InvalidOperation:
        return None
    return found if found.is_finite() and 0 < found < 10**11 else None
