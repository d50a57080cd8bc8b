"""The fifteen items of a privacy policy (PIPA 30(1), Decree 31(1)): present, partial, missing or not applicable, and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mapae.measures.privacy.countries import judge_country
from mapae.measures.privacy.judged import Judged
from mapae.measures.privacy.processors import judge_processors, nameless_row
from mapae.measures.privacy.reading import Reading, Topic
from mapae.measures.privacy.segments import Segment

__all__ = ["ITEMS", "Judged", "judge_items"]

ITEMS = tuple(f"P{number}" for number in range(1, 16))
_STARRED = frozenset({"P3", "P5", "P6", "P7", "P10", "P12", "P14", "P15"})


def judge_items(
    table: Mapping[str, Any], places: Mapping[str, Any], segments: Sequence[Segment]
) -> dict[str, Judged]:
    """P1–P11, P13 and P14 of a policy; P12 and P15 follow from the transfer and the agent."""
    found = {}
    for item, rule in _RULES.items():
        row = table[item]
        read = Topic(row).read(segments)
        told = rule(read, row, places) if read.told else Judged("missing", None, "nothing is said on it")
        denied = read.denied if item in _STARRED and told.status != "present" else None
        if denied is not None and (item == "P5" or not denied.local):
            told = Judged("not_applicable", denied)
        found[item] = told
    return found


Rule = Callable[[Reading, Mapping[str, Any], Mapping[str, Any]], Judged]


def _purposes(read: Reading, row: Mapping[str, Any], _: Mapping[str, Any]) -> Judged:
    concrete, heading = _any(row["parts"]["concrete"]), _any(row["own_heading"])
    of_transfer = _any(row["of_transfer"])
    general = [item for item in read.general if not of_transfer.search(f"{item.heading} {item.text}")]
    under = [item for item in general if heading.search(item.heading)]
    named = {match.group() for item in under or general for match in concrete.finditer(item.text)}
    if len(named) >= row["least"]["concrete"]:
        return Judged("present", read.first("concrete"))
    return Judged("partial", read.first(), "no concrete purpose")


def _period(read: Reading, row: Mapping[str, Any], _: Mapping[str, Any]) -> Judged:
    """A period or end event for the main data; vague words beside it leave it open, unless Koreans are told their own."""
    timed = [item for item in read.general if read.holds("period", item) or read.holds("event", item)]
    topic = _any([*row["about"], *row["heading"]])
    timed = [item for item in timed if topic.search(f"{item.text} {item.heading} {item.columns}")]
    main_words = _any(row["parts"]["main"])
    side = _any(row["side"])
    main = [
        item
        for item in timed
        if read.holds("main", item) or read.holds("event", item)
        if main_words.search(side.sub(" ", item.text)) or not side.search(item.text)
    ]
    of_transfer = _any(row["of_transfer"])
    korean = any(item.korean and not of_transfer.search(item.heading) for item in main)
    vague = None if korean and read.vague and not read.vague.korean else read.vague
    if vague is not None and (len(timed) < _MANY or main_words.search(vague.text)):
        return Judged("partial", vague, "the end is left open")
    if main or len(timed) >= _MANY:
        return Judged("present", (main or timed)[0])
    if timed or read.vague:
        return Judged("partial", timed[0] if timed else read.vague, "no period for the main data")
    loose = next((item for item in read.general if _any(row["loose"]).search(item.text)), None)
    if loose is not None:
        return Judged("partial", loose, "until the purpose is reached, without a period or an event")
    return Judged("missing", None, "no period is told")


_MANY = 3


def _sharing(read: Reading, row: Mapping[str, Any], _: Mapping[str, Any]) -> Judged:
    table = re.compile("|".join(row["table"]))
    rest = [{item.line for item in read.parts[name]} for name in ("purpose", "items")]
    at_once = any(
        all(item.line in lines for lines in rest) and not item.local for item in read.parts["named"]
    )
    told = (at_once and read.vague is None) or any(table.search(item.text) for item in read.told)
    full = read.has("named", "purpose", "items") and told
    nameless = nameless_row(read.general, row)
    if nameless is not None:
        return Judged("partial", nameless, "not told in full: a recipient's name")
    if full:
        return Judged("present", read.first("named"))
    lacks = [name for name in ("named", "purpose", "items") if not read.has(name)]
    return Judged(
        "partial", read.first("named", "items"), f"not told in full: {', '.join(lacks) or 'who gets what'}"
    )


def _destruction(read: Reading, row: Mapping[str, Any], _: Mapping[str, Any]) -> Judged:
    about = re.compile("|".join(row["about"]))
    others, minors = _any(row["of_others"]), _any(row["minors"])
    young = {item.line for item in read.told if minors.search(item.text)}
    own = [
        item
        for item in read.general
        if about.search(item.text) and not others.search(f"{item.heading} {item.text}")
        if item.line not in young
    ]
    if not own:
        return Judged("missing", None, "destruction is not spoken of")
    if read.has("moment", "method") and read.any("kept"):
        return Judged("present", read.first("method"))
    lacks = [name for name in ("moment", "method", "kept") if not read.has(name)]
    return Judged("partial", read.own(own), f"not told: {', '.join(lacks)}")


def _sensitive(read: Reading, row: Mapping[str, Any], _: Mapping[str, Any]) -> Judged:
    """A warning beside sensitive data, and a way to keep it private; that reviews are public is no warning."""
    kinds, warn, hide, minors = (_any(row[key]) for key in ("kinds", "warned", "private", "minors"))
    told = [item for item in read.told if kinds.search(item.text) or not minors.search(item.text)]
    spoken = [item for item in told if kinds.search(item.text) and not item.local]
    sections = {item.section for item in spoken}
    lines = {item.line + step for item in spoken for step in (-1, 0, 1)}
    beside = [item for item in told if (item.section in sections if item.section else item.line in lines)]
    warned = next((item for item in beside if warn.search(item.text)), None)
    private = next((item for item in beside if hide.search(item.text)), None)
    if warned and private:
        return Judged("present", warned)
    if warned or private:
        lacks = "the way to keep it private" if warned else "the warning that it may become public"
        return Judged("partial", warned or private, f"not told: {lacks}")
    return Judged("missing", None, "no warning that sensitive data may become public")


_LISTED = re.compile(r"(?:[^\s,、·]{1,12}\s?[、,·]\s?){2}[^\s,、·]{1,12}")  # three things in a row


def _pseudonymised(read: Reading, row: Mapping[str, Any], _: Mapping[str, Any]) -> Judged:
    about = re.compile("|".join(row["about"]))
    own = [item for item in read.told if about.search(item.text)]
    if not own:
        return Judged("missing", None, "nothing is said on pseudonymised data")
    own += [item for item in read.told if item in read.headed and item not in own]
    listed = [item for item in own if _LISTED.search(item.text) or read.holds("items", item)]
    if read.has("purpose") and listed and not all(item.local for item in own):
        return Judged("present", listed[0])
    lacks = [name for name, told in (("purpose", read.has("purpose")), ("items", bool(listed))) if not told]
    why = f"not told: {', '.join(lacks)}" if lacks else "limited to where law gives them"
    return Judged("partial", read.own(own), why)


def _rights(read: Reading, row: Mapping[str, Any], _: Mapping[str, Any]) -> Judged:
    kinds = [name for name in ("access", "correct", "erase", "stop") if read.has(name)]
    limits = re.compile("|".join(row["limits"]))
    limited = next((item for item in read.general if limits.search(item.text)), None)
    if limited is not None and _in_full(read, _any(row["for_koreans"])):
        limited = None
    if len(kinds) >= _KINDS and read.has("how", "proxy") and limited is None:
        return Judged("present", read.first("access"))
    lacks = [said for name, said in _OF_RIGHTS.items() if not read.has(name)]
    if len(kinds) >= _KINDS:
        lacks = [said for said in lacks if said in (_OF_RIGHTS["how"], _OF_RIGHTS["proxy"])]
    told = ["limited to where law gives them"] if limited else []
    why = "; ".join(told + ([f"not told: {', '.join(lacks)}"] if lacks else []))
    return Judged("partial", limited or read.first("access", "erase"), why)


_KINDS = 3  # rights of the four that are enough
_OF_RIGHTS = {
    "access": "access to the data",
    "correct": "correction",
    "erase": "deletion",
    "stop": "suspension or objection",
    "how": "how to use them",
    "proxy": "who may act for the reader",
}


def _in_full(read: Reading, koreans: re.Pattern[str]) -> bool:
    """Whether a passage for people in Korea names three rights and who may act for them."""
    there = [item for item in read.told if koreans.search(item.heading)]
    named = [any(read.holds(name, item) for item in there) for name in ("access", "correct", "erase", "stop")]
    return sum(named) >= _KINDS and any(read.holds("proxy", item) for item in there)


def _officer(read: Reading, row: Mapping[str, Any], _: Mapping[str, Any]) -> Judged:
    if not read.any("title", "direct", "person", "form"):
        return Judged("missing", None, "neither officer nor contact")
    sections = {item.section for item in read.parts["direct"]} - {0}
    lines = {item.line + step for item in read.parts["direct"] for step in range(-_ADDRESS, _ADDRESS + 1)}
    near = [item for item in read.parts["person"] if item.section in sections or item.line in lines]
    if near and read.has("person", "direct"):
        return Judged("present", near[0])
    if read.any("person", "direct", "form"):
        lacks = "a name or department" if read.any("direct") else "a direct contact"
        return Judged("partial", read.first("title", "direct", "form"), f"not told: {lacks}")
    return Judged("missing", None, "neither officer nor contact")


_ADDRESS = 8  # lines


def _cookies(read: Reading, row: Mapping[str, Any], _: Mapping[str, Any]) -> Judged:
    about = re.compile("|".join(row["about"]))
    own = [item for item in read.told if about.search(f"{item.heading} {item.text}")]
    if not own:
        return Judged("missing", None, "nothing is said on cookies")
    link = _any(row["bare_link"])
    told = [item for item in read.parts["refuse"] if not item.local and not link.search(item.text)]
    if told:
        return Judged("present", told[0])
    if all(link.search(item.text) for item in own):
        return Judged("missing", None, "nothing but a link")
    return Judged("partial", read.own(own), "no way to refuse")


def _data(read: Reading, row: Mapping[str, Any], _: Mapping[str, Any]) -> Judged:
    item = _any(row["parts"]["item"])

    def named(segment: Segment) -> int:
        return len(set(item.findall(segment.text)))

    best = max(read.general or read.told, key=named)
    if read.distinct["item"] >= row["least"]["item"] and not best.local:
        return Judged("present", best)
    return Judged("partial", best, "items are named by example only")


def _safety(read: Reading, row: Mapping[str, Any], _: Mapping[str, Any]) -> Judged:
    """Two kinds of measure of the operator; advice to the reader is none, and that nothing is sure says nothing."""
    advice, vague, unsure, hollow = (_any(row[key]) for key in ("advice", "vague", "unsure", "hollow"))
    own = [item for item in read.general if not advice.search(item.text)]
    own = [item for item in own if item in read.headed] or own
    named = [[item for item in own if _any(words).search(item.text)] for words in row["kinds"]]
    kinds = [found for found in named if found]
    loosely = [item for item in own if not unsure.search(item.text)]
    loose = next((item for item in loosely if vague.search(hollow.sub(" ", item.text))), None) or next(
        (item for item in loosely if item in read.headed and not hollow.search(item.text)), None
    )
    if len(kinds) >= row["least"]["kinds"]:
        return Judged("present", kinds[0][0])
    if not kinds and loose is None:
        return Judged("missing", None, "no measure is told")
    return Judged("partial", kinds[0][0] if kinds else loose, "fewer than two concrete measures")


def _any(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(words))


_RULES: dict[str, Rule] = {
    "P1": _purposes, "P2": _period, "P3": _sharing, "P4": _destruction, "P5": _sensitive, "P6": judge_processors,
    "P7": _pseudonymised, "P8": _rights, "P9": _officer, "P10": _cookies, "P11": _data, "P13": _safety, "P14": judge_country,
}  # fmt: skip
