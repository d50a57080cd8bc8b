"""The pack's words for consumers (helpline/advice.yaml), with the law's figures of the day filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mapae.desk import clock
from mapae.desk.law import book, said

__all__ = ["advice", "figures", "filled", "in_three", "title"]


def advice(section: str) -> Any:
    """A section of advice.yaml."""
    return book().pack.data("helpline/advice.yaml")[section]


def figures() -> dict[str, str]:
    """What the sentences name: days of the refund, percent of interest, days to forward, years that complaints and
    withdrawals are kept, days of redress, of its extension, of mediation and of the answer to it."""
    on, law = clock.today(), book()
    months = law.value("eca.6.retention", on)
    return {
        "days": str(law.value("eca.18.refund_period", on)),
        "percent": str(law.value("eca.18.late_interest", on)),
        "forward": str(law.value("eca.9-2.forward_period", on)),
        "years": str(months["consumer_complaint"] // 12),
        "withdrawal": str(months["withdrawal"] // 12),
        "redress": str(law.value("con.58.agreement_period", on)),
        "longer": str(law.value("con.58.extension_max", on)),
        "mediation": str(law.value("con.66.mediation_period", on)),
        "answer": str(law.value("con.67.answer_period", on)),
    }


def in_three(titles: Mapping[str, str]) -> dict[str, str]:
    """A {ko, en, zh} map with the figures filled in."""
    found = figures()
    return {language: text.format(**found) for language, text in titles.items()}


def filled(titles: Mapping[str, str], language: str = "") -> str:
    """The sentence in the language (ko, en, zh), else that of the page, with the figures filled in."""
    told = in_three(titles)
    return told[language] if language else said(told)


def title(section: str, key: str) -> str:
    """The title of a key (a category, a remedy) in the page's language; the key itself where the pack has none."""
    row = advice(section).get(key)
    return key if row is None else said(row.get("title", row))
