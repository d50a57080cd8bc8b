"""What the law page tells of an entry of the pack: what holds on a day, its history, and what of the desk depends on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

from mapae.catalog import cards
from mapae.desk.citing import address, cited, laws, title_of
from mapae.desk.law import book, said
from mapae.law.words import in_words
from mapae.model.law import Dated, Parameter, Provision
from mapae.workflow.clocks import clock_kinds
from mapae.workflow.force import document_kinds

__all__ = ["contents", "entry"]

_OFFICIAL = "https://www.law.go.kr/법령/{law}/{article}"


@lru_cache(maxsize=2048)
def entry(key: str, on: date, language: str) -> dict[str, Any]:
    """The page of an article or quantity on a day. language: of the page, so that each is kept apart."""
    found = book().find(key)
    versions = found.versions if isinstance(found, Provision) else found.values
    holds = next((each for each in reversed(versions) if _law(each) and each.holds(on)), None)
    later = [each for each in versions if _law(each) and each.valid_from > on]
    comes = min(later, key=lambda each: each.valid_from, default=None)
    article = key if isinstance(found, Provision) else found.provision
    return {
        "key": key,
        "cited": cited(article),
        "title": title_of(key),
        "article": article if isinstance(found, Parameter) else "",
        "article_title": title_of(article) if isinstance(found, Parameter) else "",
        "article_address": address(article) if isinstance(found, Parameter) else "",
        "law": _law_names(article),
        "official": _official(article),
        "is_article": isinstance(found, Provision),
        "holds": _version(found, holds, on) if holds else None,
        "comes": _version(found, comes, on) if comes else None,
        "versions": [_version(found, each, on) for each in reversed(versions)],
        "depends": list(_depends(key, article)),
    }


@lru_cache(maxsize=64)
def contents(asked: str, on: date, language: str) -> list[dict[str, Any]]:
    """Every law of the pack with its articles; asked: only those whose number or heading holds the words."""
    pack, found = book().pack, []
    words = asked.casefold().split()
    for regime, names in pack.data("pack.yaml")["regimes"].items():
        rows = [
            {"key": key, "cited": cited(key), "title": title_of(key), "address": address(key), "state": _state(each, on)}
            for key, each in pack.provisions.items()
            if each.regime == regime and _asked(words, key, names, each)
        ]  # fmt: skip
        if rows:
            found.append({"name": said(names), "short": said(laws("short")[regime]), "rows": rows})
    return found


def _asked(words: list[str], key: str, names: dict[str, str], found: Provision) -> bool:
    text = " ".join([key, cited(key), *names.values(), *found.title.values()]).casefold()
    return all(word in text for word in words)


def _state(found: Provision, on: date) -> str:
    """The status in words of what holds, else of what comes or was last."""
    holds = next((each for each in reversed(found.versions) if each.holds(on)), found.versions[-1])
    return _version(found, holds, on)["state"]


def _law(version: Dated) -> bool:
    return version.status in ("in_force", "promulgated_not_in_force")


def _version(found: Provision | Parameter, version: Dated, on: date) -> dict[str, Any]:
    language = (get_language() or "ko")[:2]
    status = version.status
    if _law(version):  # what is promulgated is in force once its day has come
        status = "in_force" if version.holds(on) else ("promulgated_not_in_force" if version.valid_from > on else "past")  # type: ignore[assignment]  # fmt: skip
    return {
        "from": version.valid_from,
        "to": version.valid_to,
        "status": status,
        "state": said(laws("status")[status]),
        "text": said(version.value) if isinstance(found, Provision) else "",
        "text_language": "ko" if language == "ko" else "en",  # the pack's summaries are in these two
        "value": ""
        if isinstance(found, Provision)
        else in_words(book().pack, found, version.value, language),
        "reference": version.reference,
        "checked_on": version.checked_on,
    }


def _law_names(article: str) -> str:
    return said(book().pack.data("pack.yaml")["regimes"][article.partition(" ")[0]])


def _official(article: str) -> str:
    """The address at which the national law database keeps the article's text."""
    regime, _, number = article.partition(" ")
    name = book().pack.data("pack.yaml")["regimes"][regime]["ko"].replace(" ", "")
    first, _, branch = number.partition("-")
    return _OFFICIAL.format(law=name, article=f"제{first}조의{branch}" if branch else f"제{first}조")


def _depends(key: str, article: str) -> Iterator[dict[str, str]]:
    """What reads this entry: quantities of the article, clocks, documents, acts of bodies, checks of measures."""
    pack = book().pack
    for each in pack.parameters.values():
        if each.provision == key:
            yield {"sort": "quantity", "title": title_of(each.key), "address": address(each.key)}
    lengths = {each.key for each in pack.parameters.values() if each.provision == key} | {key}
    clocks = {each.key: each for each in clock_kinds(book()).values() if each.length in lengths}
    for clock in clocks.values():
        yield {"sort": "clock", "title": said(clock.title), "address": ""}
    for kind in document_kinds(book()).values():
        if kind.provision == key or kind.clock in clocks:
            yield {"sort": "document", "title": said(kind.title), "address": ""}
    bodies = {row["key"]: row["name"] for row in pack.data("competence.yaml")["bodies"]}
    for row in pack.data("competence.yaml")["acts"]:
        named = row["provision"]
        if key in (named if isinstance(named, list) else [named]):
            names = ", ".join(said(bodies[body]) for body in row["body"])
            act = said(laws("acts").get(row["act"], {"en": row["act"].replace("_", " ")}))
            yield {"sort": "act", "title": act, "detail": names, "address": ""}
    for card in cards().values():
        keys = {*card.provisions, *(each for check in card.checks for each in check.provisions)}
        if key in keys:
            yield {"sort": "measure", "title": said(card.title), "address": ""}
