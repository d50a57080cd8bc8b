"""Is an item that minors may not buy reachable without age and identity verification? Pages, and officers' notes."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from mapae.detect.page import Page, read_page

__all__ = ["Gate", "GateReader"]

_DATE = re.compile(
    r"(?P<y>20\d\d)\s?[-./년年]\s?(?P<m>\d{1,2})\s?[-./월月]\s?(?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})\s+(?P<mon>[A-Z][a-z]{2})[a-z]*\.?,?\s+(?P<y2>20\d\d)"
    r"|(?P<mon3>[A-Z][a-z]{2})[a-z]*\.?\s+(?P<d3>\d{1,2}),?\s+(?P<y3>20\d\d)"
)
_MONTHS = {name: i for i, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
_NOW = re.compile(
    r"(?:data-(?:now|server-date|date|today|time)|page (?:time|generated|served)|server ?time"
    r"|rendered|generated|served at|now|as of"
    r"|확인일(?!자)|조회 ?시각|조회 ?일시|서버 ?시각|접속 ?시각|접속 ?일시"
    r"|현재 ?시각|기준일|오늘|today|현재|当前时间|现在时间|服务器时间|今天|页面时间)"
    r"\D{0,12}?(?=20\d\d|\d{1,2} [A-Z]|[A-Z][a-z]{2})",
    re.I,
)
_UNTIL = re.compile(
    r"(?:until|valid to|renew by|expires?|만료|유효\s?기[간한]|까지|有效期至|到期)\D{0,12}$", re.I
)


@dataclass(frozen=True, slots=True)
class Gate:
    """open: goods are shown to a visitor who was not verified; None: nothing says so or otherwise.

    reason: one sentence; seen: the text that decides; score 0–1.
    """

    open: bool | None
    reason: str
    seen: str = ""
    score: float = 0.9


@dataclass(frozen=True)
class GateReader:
    """Reads gates with the pack's words (`lexicons/age_gate.yaml`) and the period a member's check is good for."""

    words: dict[str, Any]
    goods_words: frozenset[str]
    valid_days: int

    @cached_property
    def _methods(self) -> dict[str, list[str]]:
        """Words of methods by group; those put together of two parts stand with and without a blank."""
        found: dict[str, list[str]] = dict(self.words["accepted"])
        for number, row in enumerate(self.words["accepted_composed"]):
            pairs = itertools.product(row["first"], row["then"])
            found[f"composed {number}"] = [f"{one}{gap}{then}" for one, then in pairs for gap in (" ", "")]
        return found

    @cached_property
    def _denials(self) -> re.Pattern[str]:
        return re.compile("|".join(self.words["denied"]), re.I)

    # pages

    def page(self, html: str, title: str, as_of: date) -> Gate:
        """The gate of a page as one visitor received it."""
        page = read_page(html)
        low = page.text.casefold()
        shown = self._shown(page, title)
        if not shown:
            gone = _first(low, self.words["gone"])
            return Gate(
                False, "the page shows no goods" + (" (removed or withheld)" if gone else ""), gone or ""
            )
        expired = _first(low, self.words["expired"])
        if expired:
            return Gate(True, "the member's check has run out and the goods are shown all the same", expired)
        member = self._member(page, html, as_of)
        if member is not None:
            return member
        return Gate(True, "goods are in the page that an unverified visitor receives", shown, 0.95)

    def _shown(self, page: Page, title: str) -> str:
        """The text that shows the goods: a name with picture, price or offer; empty where none is shown."""
        low = page.text.casefold()
        name = self._title_name(page, title) or self._barred_name(page)
        offer, gone = _first(low, self.words["offer"]), _first(low, self.words["gone"])
        if _fetched_on_own_word(page):
            return "script that shows the goods after a cookie is set"
        if gone:  # a notice, perhaps with other goods beside it
            return name if name and offer else ""
        if name and (page.prices or page.images or offer):
            return name
        if self._method(low):
            return ""  # a gate, or a list whose barred rows are hidden: what shows is harmless
        stakes = [word for word in self.words["stakes"] if word in low]
        if len(stakes) >= 2:
            return str(stakes[0])
        if page.prices or offer:
            return page.prices[0] if page.prices else offer
        return page.images[0] if page.images else ""

    def _title_name(self, page: Page, title: str) -> str:
        name = _named(page, title)
        return "" if self._about_gate(name.casefold()) else name

    def _barred_name(self, page: Page) -> str:
        for item in page.titles:
            low = item.casefold()
            if (
                len(item) <= 120
                and any(word in low for word in self.goods_words)
                and not self._about_gate(low)
            ):
                return item
        return ""

    def _about_gate(self, low: str) -> bool:
        return bool(_first(low, self.words["about_gate"]))

    def _member(self, page: Page, html: str, as_of: date) -> Gate | None:
        """A visitor who is signed in and verified: closed while the check is good, open when it is stale or feigned."""
        low = page.text.casefold()
        everything = low + " " + page.scripts.casefold()
        false = _first(everything, self.words["false_member"])
        if false:
            return Gate(
                True, "the member check is feigned: a guest or shared account counts as verified", false, 0.9
            )
        mark = _first(low, self.words["member"])
        dates = list(_dates(page.text))
        if not mark or not dates:
            return None
        now = _page_day(html) or as_of
        past = [
            day
            for day, before in dates
            if day < now and not _UNTIL.search(before) and not _NOW_END.search(before)
        ]
        if not past or not self._method(low + html.casefold()):
            return None
        checked = max(past)
        if now - checked <= timedelta(days=self.valid_days):
            return Gate(False, f"a signed-in member, verified on {checked}, within the period", mark)
        return Gate(True, f"the member's check of {checked} is older than a year on {now}", mark, 0.85)

    def _method(self, text: str) -> str:
        """A word of a method that counts; in a member's bar a bare `SMS` or `card` says it."""
        text = self._denials.sub(" ", text)
        return next(
            (word for group in self._methods.values() if (word := _first(text, group))), ""
        ) or _first(text, self.words["member_methods"])

    # an officer's note

    def note(self, text: str, as_of: date) -> Gate:
        """The gate as an officer noted it (free text in ko, en, zh)."""
        low = text.casefold()
        before = _first(low, self.words["before"])
        asked = low if before else self._denials.sub(" ", low)
        method = next((word for group in self._methods.values() if (word := _first(asked, group))), "")
        if not method and not _first(low, self.words["self_declared"]):
            method = _first(asked, self.words["identity"])  # a check of identity whose means is not said
        late = _first(low, self.words["late"])
        shown = _first(low, self.words["open_after_login"]) or (
            "" if before else _first(low, self.words["shown_openly"])
        )
        dates = [day for day, before_text in _dates(text) if not _UNTIL.search(before_text)]
        if shown or not method:
            weak = _first(low, self.words["self_declared"]) or _first(low, self.words["absent"])
            return Gate(True, "the note names no check of age and identity", weak or shown or text[:60], 0.85)
        if late and not before:
            return Gate(True, "the check comes only after the goods are seen", late, 0.85)
        now = _noted_day(text) or as_of
        past = [day for day in dates if day < now]
        if past and _first(low, self.words["member"]) and now - max(past) > timedelta(days=self.valid_days):
            return Gate(True, f"the member's check of {max(past)} is older than a year on {now}", method, 0.8)
        return Gate(False, "age and identity are verified before the goods are shown", method)


_NOW_END = re.compile(_NOW.pattern.rpartition(r"(?=")[0] + "$", re.I)


def _fetched_on_own_word(page: Page) -> bool:
    """The page fetches and draws the goods as soon as the visitor's own browser says that he is grown up."""
    scripts = page.scripts.casefold()
    fetched = "fetch(" in scripts and ("insertadjacenthtml" in scripts or "innerhtml" in scripts)
    return fetched and ("document.cookie" in scripts or "localstorage" in scripts)


def _first(text: str, words: list[str]) -> str:
    return next((str(word) for word in words if str(word).casefold() in text), "")


def _named(page: Page, title: str) -> str:
    """A heading, meta, alt or data name that shares most of its words with the listing's title."""
    wanted = set(re.findall(r"[\w가-힣\u3400-\u9fff]{2,}", title.casefold()))
    if not wanted:
        return ""
    for item in (*page.titles, *page.lines):
        low = item.casefold()
        hits = sum(word in low for word in wanted)
        if hits >= max(1, min(2, len(wanted))) and hits >= 0.34 * len(wanted) and len(item) <= 200:
            return item
    return ""


def _dates(text: str) -> list[tuple[date, str]]:
    """Dates in a text, each with the 24 characters before it."""
    found = []
    for match in _DATE.finditer(text):
        day = _day(match)
        if day:
            found.append((day, text[max(0, match.start() - 24) : match.start()]))
    return found


def _day(match: re.Match[str]) -> date | None:
    part = match.groupdict()
    try:
        if part["y"]:
            return date(int(part["y"]), int(part["m"]), int(part["d"]))
        name, day, year = part["mon"] or part["mon3"], part["d2"] or part["d3"], part["y2"] or part["y3"]
        return date(int(year), _MONTHS[name], int(day)) if name in _MONTHS else None
    except ValueError:
        return None


def _page_day(html: str) -> date | None:
    return _noted_day(html)


def _noted_day(text: str) -> date | None:
    """The day a page or note says it was made."""
    for mark in _NOW.finditer(text):
        match = _DATE.match(text, mark.end())
        if match:
            return _day(match)
    return None
