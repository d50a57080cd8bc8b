"""Makes the invented world of the training desk: bodies, operators, agents, people, as story/world.yaml says."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import make_password

from mapae.desk.accounts.models import User
from mapae.desk.bodies.models import Body
from mapae.desk.law import book
from mapae.desk.parties.models import AgentFirm, Mandate, Operator, ServiceConsent
from mapae.desk.training.reading import story

__all__ = ["PASSWORD", "address_of", "make_world", "person"]

PASSWORD = "training-only-2026"  # opens nothing but a training desk on loopback, where anybody may be anybody


def address_of(key: str) -> str:
    """The e-mail address by which somebody of the world signs in."""
    return f"{key}@desk.example"


def person(key: str) -> User:
    """Somebody of the world by key (`sora`)."""
    return User.objects.get(email=address_of(key))


def make_world() -> None:
    """Everything of world.yaml that is not there yet."""
    world = story("world")
    names = {row["key"]: row["name"] for row in book().pack.data("competence.yaml")["bodies"]}
    for key, row in world["bodies"].items():
        _body(key, names[key], row)
    for key, row in world["operators"].items():
        _operator(key, row)
    firms = {key: _firm(row) for key, row in world["firms"].items()}
    for row in world["mandates"]:
        _mandate(firms[row["firm"]], row)
    for row in world["consents"]:
        _consent(row)
    sealed = make_password(PASSWORD)
    for key, row in world["people"].items():
        _person(key, row, sealed, firms)


def _body(key: str, name: dict[str, str], row: dict[str, Any]) -> None:
    Body.objects.get_or_create(
        key=key,
        defaults={
            "name_ko": name["ko"],
            "name_en": name["en"],
            "department_ko": row["department"]["ko"],
            "department_en": row["department"]["en"],
            **{part: row[part] for part in ("address", "phone", "email")},
        },
    )


def _operator(key: str, row: dict[str, Any]) -> None:
    Operator.objects.get_or_create(
        key=key,
        defaults={
            "name_ko": row["ko"],
            "name_en": row["en"],
            "name_zh": row["zh"],
            "overseas": row["country"] != "KR",
            "postal_address": row["post"],
            **{part: row[part] for part in ("country", "platforms", "domains")},
        },
    )


def _firm(row: dict[str, Any]) -> AgentFirm:
    names = {"name_ko": row["ko"], "name_en": row["en"]}
    more = {part: row[part] for part in ("representative", "address", "phone", "email")}
    return AgentFirm.objects.get_or_create(**names, defaults=more)[0]


def _mandate(firm: AgentFirm, row: dict[str, Any]) -> None:
    mandate, _made = Mandate.objects.get_or_create(
        firm=firm,
        operator=Operator.objects.get(key=row["operator"]),
        regime="ECA",
        defaults={"starts_on": row["from"], "reported_on": row["from"], "published_on": row["from"]},
    )
    for channel, address in row["consent"].items():
        ServiceConsent.objects.get_or_create(
            operator=mandate.operator,
            mandate=mandate,
            channel=channel,
            defaults={"address": address, "consented_on": row["from"]},
        )


def _consent(row: dict[str, Any]) -> None:
    """What an operator consented to itself, by no agent."""
    ServiceConsent.objects.get_or_create(
        operator=Operator.objects.get(key=row["operator"]),
        mandate=None,
        channel=row["channel"],
        defaults={"address": row["address"], "consented_on": row["from"]},
    )


def _person(key: str, row: dict[str, Any], sealed: str, firms: dict[str, AgentFirm]) -> None:
    User.objects.get_or_create(
        email=address_of(key),
        defaults={
            "name": f"{row['name']['ko']} ({row['name']['en']})",
            "password": sealed,
            "role": row["role"],
            "body": Body.objects.get(key=row["body"]) if "body" in row else None,
            "firm": firms.get(row.get("firm", "")),
            "approves": row.get("approves", False),
            "cleared": row["role"] == "officer",
            "language": row.get("language", "ko"),
        },
    )
