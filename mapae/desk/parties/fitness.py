"""Is the agent fit, reported and published, and what follows by law if not? Asked of the law as of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from mapae.desk.law import book
from mapae.desk.money import money
from mapae.desk.parties.duties import known_facts, latest
from mapae.desk.parties.models import Mandate, Operator, PublicationCheck
from mapae.desk.parties.titles import table, word
from mapae.errors import FactError
from mapae.law.questions import answer

__all__ = ["Breach", "breaches_of", "eligible", "live_on", "newest_check"]

_OWN = ("founded_korean_company", "dominated_korean_company")
_NO_COMPANY: dict[str, Any] = {
    "founded_korean_company": False, "dominated_korean_company": False, "appoints_ceo": False,
    "capital_share_pct": 0, "officers_appointed_pct": 0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Breach:
    """A breach with its highest fine in won (None where the law names none) and what it rests on."""

    regime: str
    code: str
    max_krw: int | None
    reasons: tuple[str, ...]

    @property
    def title(self) -> str:
        """In the page's language."""
        return word("breaches", self.code)

    @property
    def money(self) -> str:
        """The fine as the page's language says it; empty where the law names none."""
        return money(self.max_krw, "KRW")


def live_on(operator: Operator, on: date) -> list[Mandate]:
    """Mandates that hold on the day."""
    return [each for each in operator.mandates.select_related("firm") if each.live(on)]


def eligible(mandate: Mandate, on: date) -> tuple[str, tuple[str, ...]]:
    """(yes, no or unknown; reasons): may the firm be this operator's agent under the mandate's law?"""
    facts = {name: fact.value for name, fact in known_facts(mandate.operator, on).items()}
    facts |= {
        "named": mandate.firm.kind,
        "named_korean_address": mandate.firm.kind != "firm_in_singapore" and bool(mandate.firm.address),
    }
    told = _asked("agent_eligible", mandate.regime, facts)
    found = answer("agent_eligible", mandate.regime, told, on, book(), where=str(mandate.operator))
    return str(found.value), tuple(found.reasons)


def newest_check(mandate: Mandate) -> PublicationCheck | None:
    """The last first page that was held against this mandate."""
    found: PublicationCheck | None = PublicationCheck.objects.filter(mandate=mandate).first()
    return found


def breaches_of(operator: Operator, on: date) -> list[Breach]:
    """Breaches on the day where a duty is decided; none before the law is in force, none where the duty is not known."""
    found: list[Breach] = []
    for regime, duty in sorted(latest(operator).items()):
        if duty.answer == "yes" and regime in table("regimes"):
            mandates = [each for each in live_on(operator, on) if each.regime == regime]
            found += [_breach(regime, code, on) for code in _codes(regime, mandates, on)]
    return found


def _codes(regime: str, mandates: list[Mandate], on: date) -> list[str]:
    if not any(mandate.in_writing for mandate in mandates):
        return ["agent_not_appointed"]
    codes = ["agent_ineligible"] if all(eligible(each, on)[0] == "no" for each in mandates) else []
    if regime == "ECA":
        codes += _unpublished(mandates[0], on)
    return codes


def _unpublished(mandate: Mandate, on: date) -> list[str]:
    """Which of the two duties of ECA 20-5(3) is open: reported to the authority, shown on the first page."""
    check = newest_check(mandate)
    facts: dict[str, Any] = {
        "kind": "agent_publication",
        "agent_duty": True,
        "agent_type": "corporation" if mandate.firm.representative else "individual",
        "submitted_to_kftc_on": mandate.reported_on,
    }
    if mandate.replaces_id:
        facts["agent_changed_on"] = mandate.starts_on
    if mandate.published_on:
        facts["published_on"] = mandate.published_on
    if check is not None:
        facts["published_fields"] = [part for part in check.found if part not in check.differs]
    found = answer("breach", "ECA", facts, on, book(), where=str(mandate.operator))
    if found.value != "yes":
        return []
    late = mandate.reported_on is None or bool(
        mandate.replaces_id and mandate.reported_on < mandate.starts_on
    )
    return ["agent_not_submitted"] if late else ["agent_not_published"]


def _breach(regime: str, code: str, on: date) -> Breach:
    try:
        found = answer("max_krw", regime, {"kind": "fine", "breaches": [code]}, on, book(), where=code)
    except FactError:  # this law names no fine of that kind
        return Breach(regime, code, None, ())
    rests_on = tuple(reason for reason in found.reasons if code in reason)
    return Breach(regime, code, int(found.value) or None, rests_on)


def _asked(question: str, regime: str, facts: dict[str, Any]) -> dict[str, Any]:
    """Facts that the question knows under that law; a word it does not know is not told."""
    forms = book().pack.data("questions.yaml")[question]["facts"][regime]
    told = {key: value for key, value in facts.items() if key in forms}
    unnamed = told.pop("named") if "named" in told and told["named"] not in forms["named"] else ""
    if (
        unnamed in _OWN
    ):  # the rule of PIPA and TBA bars outsiders only, so for an own company it asks for none
        told |= {key: value for key, value in _NO_COMPANY.items() if key in forms}
    return told
