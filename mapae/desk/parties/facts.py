"""Facts of operators: what is known on a day, from which source; a new row for every change, so history stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.audit.models import record
from mapae.desk.law import book, said
from mapae.desk.money import money
from mapae.desk.parties.duties import decide
from mapae.desk.parties.models import Operator, OperatorFact
from mapae.errors import InputError

__all__ = ["add_fact", "facts_on", "kinds", "read_value", "shown", "title"]

_MOST = 10**16  # won; no revenue on earth is above


@cache
def kinds() -> dict[str, dict[str, str]]:
    """Every fact a page knows: its form and its title in three languages (facts.yaml)."""
    found: dict[str, dict[str, str]] = yaml.safe_load(
        Path(__file__).with_name("facts.yaml").read_text("utf-8")
    )
    return found


def title(name: str) -> str:
    """The fact's title in the page's language."""
    return said(kinds().get(name, {"en": name.replace("_", " ")}))


def facts_on(operator: Operator, on: date) -> dict[str, OperatorFact]:
    """The fact that counts on the day, by name: the newest that is not younger than the day."""
    found: dict[str, OperatorFact] = {}
    for fact in operator.facts.filter(as_of__lte=on).order_by("name", "-as_of", "-id"):
        found.setdefault(fact.name, fact)
    return found


def add_fact(
    user: User, operator: Operator, name: str, text: str, *, source: str, as_of: date
) -> OperatorFact:
    """Record a fact with its source and decide the duties anew; InputError says what of it cannot be read."""
    if name not in kinds():
        raise InputError(_("Choose a fact of the list."))
    if not source.strip():
        raise InputError(_("Say where the fact comes from: a report, a filing, a letter."))
    if as_of > clock.today():
        raise InputError(_("A fact cannot be dated in the future."))
    value = read_value(name, text)
    with transaction.atomic():
        fact = OperatorFact.objects.create(
            operator=operator, name=name, value=value, source=source.strip()[:300], as_of=as_of,
            recorded_by=user, recorded_at=clock.now(),
        )  # fmt: skip
        record(user, "operator_fact", f"operator:{operator.pk}", fact=fact.pk, name=name)
        decide(operator, clock.today())
    return fact


def read_value(name: str, text: str) -> Any:
    """The fact as the law's vocabulary takes it; empty: known to be unknown."""
    form, plain = kinds()[name]["form"], text.strip()
    if not plain:
        return None
    try:
        return _READ[form](plain)
    except (ValueError, KeyError):
        raise InputError(
            _("%(text)s cannot be read as: %(fact)s.") % {"text": plain[:60], "fact": title(name)},
            mend=_SAY[form](),
        ) from None


def shown(name: str, value: Any) -> str:
    """The value as a page shows it."""
    form = kinds().get(name, {}).get("form", "text")
    if value is None:
        return _("not known")
    if form == "yes_no":
        return _("yes") if value else _("no")
    if form == "foreign":
        return f"{money(value['amount'], value['currency'])} × {value['avg_rate_prior_year']}"
    if form == "draft":
        return _("the draft decree announced on %(day)s") % {"day": str(value).removeprefix(_DRAFT)}
    if isinstance(value, int | float) and form in ("won", "people", "percent"):
        return f"{value:,} %" if form == "percent" else f"{value:,}"
    return str(value)


def _whole(text: str) -> int:
    number = int(text.replace(",", "").replace(" ", "").removesuffix("원").removesuffix("명"))
    if not 0 <= number <= _MOST:
        raise ValueError
    return number


def _percent(text: str) -> float:
    number = float(text.removesuffix("%").strip())
    if not 0 <= number <= 100:
        raise ValueError
    return number


def _foreign(text: str) -> dict[str, Any]:
    """`3,000,000,000 USD 1363.98`."""
    amount, currency, rate = text.split()
    words = book().pack.data("questions.yaml")["agent_duty"]["facts"]["PIPA"]["revenue_foreign"]["map"]
    if currency.upper() not in words["currency"] or not 0 < float(rate) < 10**6:
        raise ValueError
    return {"amount": _whole(amount), "currency": currency.upper(), "avg_rate_prior_year": float(rate)}


def _draft(text: str) -> str:
    key = text if text.startswith(_DRAFT) else f"{_DRAFT}{text}"
    if key not in book().pack.data("questions.yaml")["agent_duty"]["facts"]["ECA"]["threshold_source"]:
        raise ValueError
    return key


_DRAFT = "draft_decree_"  # before the day of its announcement
_YES_NO = {"yes": True, "예": True, "네": True, "no": False, "아니요": False, "아니오": False}
_READ: dict[str, Callable[[str], Any]] = {
    "won": _whole,
    "people": _whole,
    "percent": _percent,
    "yes_no": lambda text: _YES_NO[text.lower()],
    "foreign": _foreign,
    "draft": _draft,
    "text": lambda text: text[:120],
}
_SAY: dict[str, Callable[[], str]] = {
    "won": lambda: _("Give a whole number."),
    "people": lambda: _("Give a whole number."),
    "percent": lambda: _("Give a number from 0 to 100."),
    "yes_no": lambda: _("Write yes or no."),
    "foreign": lambda: _("Write amount, currency, average rate: 3000000000 USD 1363.98"),
    "draft": lambda: _("Write the day on which the draft was announced: 2026-03-11"),
    "text": lambda: "",
}
