"""Fills the training desk's register: facts of operators, further mandates, captured first pages, test inquiries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.parties.duties import decide
from mapae.desk.parties.facts import read_value
from mapae.desk.parties.first_page import check_page
from mapae.desk.parties.inquiries import ask, settle
from mapae.desk.parties.models import AgentFirm, Mandate, Operator, OperatorFact
from mapae.desk.parties.register import current
from mapae.desk.training.reading import story
from mapae.desk.training.world import person

__all__ = ["make_register"]

_HEADS = {"ko": "국내대리인", "en": "Local agent in Korea"}
_LABELS = {
    "ko": ("명칭", "대표자", "주소", "전화", "전자우편"),
    "en": ("Name", "Representative", "Address", "Phone", "E-mail"),
}


def make_register() -> None:
    """Everything of register.yaml, then the duties of every operator as of today. Done once."""
    if OperatorFact.objects.exists():
        return
    rows = story("register")
    user = person(rows["recorded_by"])
    for key, facts in rows["facts"].items():
        _facts(user, Operator.objects.get(key=key), facts)
    for row in rows["mandates"]:
        _mandate(row)
    for row in rows["first_pages"]:
        _first_page(user, row)
    for row in rows["inquiries"]:
        _inquiry(user, *row)
    for operator in Operator.objects.all():
        decide(operator, clock.today())
    current()


def _facts(user: User, operator: Operator, rows: Iterable[tuple[str, str, str, date]]) -> None:
    for name, text, source, on in rows:
        OperatorFact.objects.create(
            operator=operator, name=name, value=read_value(name, text), source=source, as_of=on,
            recorded_by=user, recorded_at=clock.now(),
        )  # fmt: skip


def _mandate(row: dict[str, Any]) -> None:
    firm = story("world")["firms"][row["firm"]]
    Mandate.objects.create(
        firm=AgentFirm.objects.get(name_ko=firm["ko"]),
        operator=Operator.objects.get(key=row["operator"]),
        regime=row["regime"],
        starts_on=row["from"],
        published_on=row["from"],
    )


def _first_page(user: User, row: dict[str, Any]) -> None:
    operator = Operator.objects.get(key=row["operator"])
    mandate = operator.mandates.filter(regime="ECA").select_related("firm").get()
    firm, without = mandate.firm, row.get("without", ())
    labels = _LABELS[row["language"]]
    name = firm.name_ko if row["language"] == "ko" else firm.name_en
    told = (name, firm.representative, firm.address, firm.phone, firm.email)
    parts = ("name", "representative", "address", "phone", "email")
    rows = zip(labels, told, parts, strict=True)
    lines = [f"<li>{label}: {text}</li>" for label, text, part in rows if part not in without]
    head = f"<h2>{_HEADS[row['language']]}</h2>"
    body = f"<footer>{head}<ul>{''.join(lines)}</ul></footer>"
    page = f"<html><title>{operator.name_ko} (예시)</title><body>{body}</body></html>"
    url = f"https://{operator.domains[0]}/"
    check_page(user, operator, mandate, page.encode(), url=url, language=row["language"])


def _inquiry(
    user: User,
    key: str,
    channel: str,
    language: str,
    about: str,
    asked: date,
    outcome: str,
    answered: date | None,
) -> None:
    operator = Operator.objects.get(key=key)
    made = ask(user, operator, channel=channel, language=language, about=about, asked_on=asked)
    settle(user, made, outcome=outcome, answered_on=answered, note="")
