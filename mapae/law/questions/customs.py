"""Small parcels, clearance lists, security, luggage, customs codes (CUS 94, 235, 254-2; CUSR 45, 79-2; CUSD 241, 243)."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from mapae.law.questions.case import Case, yes_no
from mapae.law.questions.spans import anniversary
from mapae.law.questions.vocabulary import read_day

__all__ = ["duty_free", "exempt", "list_clearance", "match", "security_krw"]


def duty_free(case: Case) -> str:
    """Own use, not split, price up to 150 dollars without a transport cost that can be told apart (CUSR 45(2)1)."""
    small = _price(case) <= case.rule("cus.94.duty_free")
    return yes_no(small and not case.lacks("own_use") and not case.yes("split_import"))


def _price(case: Case) -> Fraction:
    """The price of the goods; transport counts where it cannot clearly be told apart."""
    transport = case.number("transport_usd")
    if "goods_price_usd" in case.facts:
        apart = case.facts.get("transport_separable") is not False
        return case.number("goods_price_usd") + (0 if apart else transport)
    return case.number("paid_total_usd") - (transport if case.yes("transport_separable") else 0)


def list_clearance(case: Case) -> str:
    """Express goods for own use up to 150 dollars (from the United States 200), none of the barred goods."""
    limits = case.rule("cus.254-2.list_price")
    limit = limits.get(case.facts.get("origin"), limits["default"])
    barred = case.facts.get("goods") in case.rule("cus.254-2.never_listed") or case.yes("ip_suspect")
    carried = case.facts.get("carriage", "express") in case.rule("cus.254-2.carriage")
    return yes_no(
        carried and not case.lacks("own_use") and case.number("goods_price_usd") <= limit and not barred
    )


def security_krw(case: Case) -> int:
    """120 per cent of the customs value, 40 for a small or medium enterprise (CUSD 241(1)(2))."""
    share = case.rule("cus.235.security")["sme" if case.yes("sme") else "default"]
    return case.count("value_krw") * int(share) // 100


def exempt(case: Case) -> str:
    """Only what a traveller carries, for personal use, in small quantity (CUSD 243)."""
    luggage = case.rule("cus.235.luggage")
    small = case.count("quantity") <= luggage["small_quantity"]
    return yes_no(
        case.facts.get("applies_to") == luggage["applies_to"] and not case.lacks("private_use") and small
    )


def match(case: Case) -> str:
    """Name and telephone agree; for codes issued or changed since 2025-11-21 the postcode of delivery too.

    A code of 2026 or later counts for a year from its issue or last change, and lapses a month after.
    """
    days = [day for key in ("code_issued_on", "changed_on") if (day := case.facts.get(key)) is not None]
    latest = max(days, default=None)
    agree = not case.lacks("name_matches") and not case.lacks("phone_matches")
    compared = case.law("cus.code.postcode")
    if compared and latest is not None and latest >= read_day(compared["codes_from"]):
        agree = agree and not case.lacks("postcode_matches")
    valid = case.law("cus.code.validity")
    if valid and latest is not None and latest >= read_day(valid["codes_from"]):
        lapse = anniversary(latest, valid["months"]) + timedelta(days=valid["grace_days"])
        agree = agree and case.as_of <= lapse
    return yes_no(agree)
