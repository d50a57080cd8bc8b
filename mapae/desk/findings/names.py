"""Names of checks, and of what a finding was held against, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language

from mapae.desk.citing import cited, title_of
from mapae.desk.law import book, said
from mapae.report.details import detail_in

__all__ = ["check_name", "in_words", "reference_name"]

_TOLD = ("category", "responsible", "right")  # kinds of reference that checks write among words, too


def check_name(key: str) -> str:
    """`hazardous_goods.recalls` as people call it; the key where a measure of elsewhere brought it."""
    return said(_names()["checks"].get(key, {"en": key}))


def in_words(text: str) -> str:
    """A word, sentence or reference that a check wrote, in the language of the page where it is known."""
    kind, colon, _rest_of_it = text.partition(":")
    if colon and kind in _TOLD:
        return reference_name(text)
    return detail_in(text, (get_language() or "ko")[:2])


def reference_name(reference: str) -> str:
    """`cpsc:26127`, `class:weapon`, `limit:chm.limits.metal_jewellery/lead` in words; unknown kinds stay as they are."""
    kind, _colon, rest = reference.partition(":")
    pattern = _names()["references"].get(kind)
    return said(pattern).format(rest=_rest(kind, rest)) if pattern and rest else reference


def _rest(kind: str, rest: str) -> str:
    if kind == "limit":
        parameter, _slash, substance = rest.partition("/")
        return " · ".join(part for part in (title_of(parameter) or parameter, in_words(substance)) if part)
    if kind == "law":
        return cited(rest)
    key, _colon, more = rest.partition(":")
    titles = _titles(kind).get(key)
    return " ".join(part for part in (said(titles), more) if part) if titles else in_words(rest)


@cache
def _titles(kind: str) -> Mapping[str, dict[str, str]]:
    """What the pack itself calls the references of a kind."""
    pack = book().pack
    if kind in ("item", "cross_border"):
        policy = pack.data("privacy/evaluation.yaml")
        named: dict[str, dict[str, str]] = policy["items" if kind == "item" else kind]
        return named
    if kind == "kc":
        return {key: row["title"] for key, row in pack.data("lexicons/kc.yaml")["groups"].items()}
    if kind == "clause":
        return {key: row["name"] for key, row in pack.data("privacy/terms.yaml")["clauses"].items()}
    if kind == "conduct":
        tables = (pack.data("markets/terms.yaml")["kinds"], pack.data("markets/ad_terms.yaml")["kinds"])
        return {key: row["title"] for table in tables for key, row in table.items()}
    advice = pack.data("helpline/advice.yaml")
    if kind == "category":
        categories: dict[str, dict[str, str]] = advice["categories"]
        return categories
    if kind in ("responsible", "right"):
        rows = advice["responsible" if kind == "responsible" else "rights"]
        return {key: row["title"] for key, row in rows.items()}
    return {}


@cache
def _names() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("names.yaml").read_text("utf-8"))
    return found
