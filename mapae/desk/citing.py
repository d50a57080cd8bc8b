"""Cites articles in short, in the language of the page, and says at which address of the desk they are told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mapae.desk.law import book, said
from mapae.law import words

__all__ = ["address", "cited", "key_of", "laws", "rests_on", "title_of"]

# what an answer of law rests on, as it writes it: `net.32-5.revenue_threshold = 1000 (NETD 19; 정보통신망법 시행령 …)`
_RESTS = re.compile(r"(?P<key>[a-z][\w.-]+) = (?P<value>.+?) \((?P<article>[A-Z]+ [^;]+); (?P<source>.+)\)")
_NO_RULE = re.compile(r"(?P<key>[a-z][\w.-]+): no rule on (?P<day>\d{4}-\d\d-\d\d)")


def laws(section: str) -> Mapping[str, Any]:
    """A section of the pack's documents/laws.yaml: short, cite, paragraph, status, units, words."""
    found: Mapping[str, Any] = book().pack.data("documents/laws.yaml")[section]
    return found


def cited(key: str) -> str:
    """`ECA 20-5(3)` as the page's language cites it: 전자상거래법 제20조의5제3항. What is no article stays as it is."""
    return said(words.cited(book().pack, key))


def title_of(key: str) -> str:
    """The heading of the article or quantity; in Chinese the pack's own where it has one, else English. Empty: unknown."""
    pack = book().pack
    found = pack.provisions.get(key) or pack.parameters.get(key)
    if found is None:
        return ""
    chinese = pack.data("documents/form.yaml")["articles_zh"].get(key)
    return said({**found.title, "zh": chinese} if chinese else found.title)


def rests_on(reason: str) -> str:
    """A reason of an answer of law in words: the quantity by its title, its value, where it stands. Others stay as they
    are."""
    if read := _RESTS.fullmatch(reason):
        value = f"{int(read['value']):,}" if read["value"].isdigit() else ""
        head = title_of(read["key"]) or read["key"]
        return " · ".join(part for part in (f"{head} {value}".strip(), read["source"]) if part)
    if read := _NO_RULE.fullmatch(reason):
        head = title_of(read["key"]) or cited(read["key"])
        return _("%(quantity)s: no rule on %(day)s") % {"quantity": head, "day": read["day"]}
    return reason


def address(key: str) -> str:
    """Where the desk tells of the article or quantity; empty where the pack has none of that key."""
    plain = key.split("(")[0].strip()
    pack = book().pack
    if plain not in pack.provisions and plain not in pack.parameters:
        return ""
    return reverse("law-entry", args=[plain.replace(" ", "-")])


def key_of(part: str) -> str | None:
    """The pack's key that a part of an address names: `ECA-20-5` or `ECA 20-5`, `eca.20-5.revenue_threshold`."""
    pack = book().pack
    spaced = part.replace("-", " ", 1)
    return next((key for key in (part, spaced) if key in pack.provisions or key in pack.parameters), None)
