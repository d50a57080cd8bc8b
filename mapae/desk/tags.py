"""Template tags of the desk, loaded in every template."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mapae.desk.citing import address, cited, title_of
from mapae.desk.law import said
from mapae.desk.money import currency_title, money
from mapae.law.calendar import Step
from mapae.workflow.items import ITEM_STATES
from mapae.workflow.states import CASE_STATES, VERBS

register = template.Library()
register.filter("money", money)  # amount|money:currency
register.filter(currency_title)
_WEEKDAYS = {
    "ko": "월화수목금토일",
    "zh": "一二三四五六日",
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


@register.filter
def in_words(titles: Mapping[str, str] | None) -> str:
    """A {ko, en, zh} map in the page's language."""
    return said(titles) if titles else ""


@register.filter
def day(value: date | datetime | None) -> str:
    """`2026-09-28 (월)`: a day with its weekday, Korean time."""
    if value is None:
        return ""
    plain = timezone.localtime(value).date() if isinstance(value, datetime) else value
    names = _WEEKDAYS.get((get_language() or "ko")[:2], _WEEKDAYS["en"])
    return f"{plain.isoformat()} ({names[plain.weekday()]})"


@register.filter
def moment(value: datetime | None) -> str:
    """`2026-09-28 14:05`, Korean time."""
    return "" if value is None else timezone.localtime(value).strftime("%Y-%m-%d %H:%M")


@register.filter
def due_cell(due: Mapping[str, Any] | None) -> SafeString:
    """A due date as a list shows it: its last day, whether that has passed, what it is; a dash where none runs."""
    if not due:
        return SafeString('<span class="soft">–</span>')
    stands = format_html('<span class="badge warn">{}</span>', _("stands still")) if due["paused"] else None
    return format_html('{}<br><span class="soft small">{}</span>', stands or _last_day(due), due["title"])


def _last_day(due: Mapping[str, Any]) -> SafeString:
    if due["overdue"]:
        sort, words = "bad" if due["statutory"] else "warn", _("days over: %(days)s") % {"days": due["days"]}
    elif due["lapsed"]:
        sort, words = "", _("has ended unused")
    elif due["today"]:
        sort, words = "warn", _("today")
    else:
        return SafeString(day(due["due"]))
    return format_html('{} <span class="badge {}">{}</span>', day(due["due"]), sort, words)


@register.filter
def step_text(step: Step) -> str:
    """A step of the working of a deadline, in the page's language."""
    return step.text((get_language() or "ko")[:2])


@register.filter
def case_state(key: str) -> SafeString:
    """A case's state as a badge."""
    return format_html('<span class="badge state-{}">{}</span>', key, said(CASE_STATES.get(key, {"en": key})))


@register.filter
def item_state(key: str) -> SafeString:
    """An item's state as a badge; a dash where it has none."""
    if not key:
        return SafeString("–")
    return format_html('<span class="badge item-{}">{}</span>', key, said(ITEM_STATES.get(key, {"en": key})))


@register.filter
def verb(key: str) -> str:
    """A verb's title."""
    return said(VERBS[key].title)


@register.filter
def article(key: str | None) -> SafeString:
    """An article, cited in short in the page's language, with a link to the page that tells what it says."""
    if not key:
        return SafeString("")
    if place := address(key):
        return format_html(
            '<a href="{}" title="{}">{}</a>', place, title_of(key.split("(")[0].strip()), cited(key)
        )
    return format_html("{}", cited(key))


@register.filter
def article_title(key: str | None) -> str:
    """The heading of an article, in the page's language."""
    return title_of(key) if key else ""


@register.simple_tag
def marked(text: str, reasons: Any, field: str) -> SafeString:
    """The text with the spans of reasons of that field marked; everything else is inert."""
    spans = sorted(
        {(r["start"], r["end"]) for r in reasons or () if r["field"] == field and r["end"] > r["start"]}
    )
    parts, at = [], 0
    for start, end in spans:
        if start < at or end > len(text):
            continue
        parts.append(format_html("{}<mark>{}</mark>", text[at:start], text[start:end]))
        at = end
    return format_html("{}{}", SafeString("".join(parts)), text[at:])
