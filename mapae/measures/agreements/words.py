"""Plain sentences on scores, in English and Korean: value with interval, what it is read against, a unit not kept."""

from __future__ import annotations

import math
from collections.abc import Mapping

from mapae.measures.agreements.score import Breach, Declared, Score

__all__ = ["against_words", "breach_words", "declared_words", "value_words"]

_BASIS = {
    "agreement": {"en": "the agreement's own threshold", "ko": "협약의 기준"},
    "law": {"en": "the law", "ko": "법령"},
    "reference": {"en": "a published figure", "ko": "공표된 비교 수치"},
    "target": {"en": "our own target", "ko": "자체 목표"},
    "": {"en": "no threshold", "ko": "기준 없음"},
}

_INSIDE = {
    True: {"en": "inside of what was observed", "ko": "확인한 구간 안"},
    False: {"en": "outside of what was observed", "ko": "확인한 구간 밖"},
    None: {"en": "nothing observed beside it", "ko": "비교할 기록 없음"},
}


def value_words(score: Score, language: str = "en") -> str:
    """`12 of 40 kept (30.0 %, 18.1–45.4)`; for times the quantile in days."""
    ko = language == "ko"
    if score.value is None:
        return "셀 것이 없음" if ko else "nothing to count"
    if score.commitment.metric == "time":
        unit = ("영업일" if score.commitment.within.business else "일") if ko else "days"
        return f"{_days(score.value)} {unit} ({_days(score.low)}–{_days(score.high)})"
    shares = f"{100 * score.value:.1f} %, {100 * score.low:.1f}–{100 * score.high:.1f}"
    head = f"{score.n}건 중 {score.kept}건 이행" if ko else f"{score.kept} of {score.n} kept"
    return f"{head} ({shares})"


def against_words(score: Score, language: str = "en") -> str:
    """`read against 87.4 % (a published figure)`."""
    ko, item = language == "ko", score.commitment
    basis = _BASIS[item.basis]["ko" if ko else "en"]
    if item.against.get("each"):
        return f"모든 건이 지켜져야 함({basis})" if ko else f"every single one must be kept ({basis})"
    if not item.against:
        return basis
    if "most" in item.against:
        most = item.against["most"]
        return f"최대 {most}일({basis})" if ko else f"at most {most} days ({basis})"
    share = f"{100 * item.against['share']:.2f}".rstrip("0").rstrip(".")
    return f"기준 {share} %({basis})" if ko else f"read against {share} % ({basis})"


def breach_words(one: Breach, language: str = "en", events: Mapping[str, str] | None = None) -> str:
    """`from 2026-03-02, due 2026-03-04: removed_seen on 2026-03-09`; events: key → title in that language."""
    what = (events or {}).get(str(one.what), one.what)
    if language == "ko":
        came = f"{one.end} {what}" if one.end else "기록 없음"
        return f"{one.start} 시작, 기한 {one.due}: {came}"
    came = f"{what} on {one.end}" if one.end else "nothing came"
    return f"from {one.start}, due {one.due}: {came}"


def declared_words(score: Score, stated: Declared, language: str = "en") -> str:
    """`declared 98 % on 2026-09-01: outside of what was observed`."""
    ko = language == "ko"
    if score.commitment.metric == "time":
        value = f"{stated.value:g}일" if ko else f"{stated.value:g} days"
    else:
        value = f"{100 * stated.value:g} %"
    verdict = _INSIDE[stated.inside]["ko" if ko else "en"]
    return f"{stated.on} 발표 {value}: {verdict}" if ko else f"declared {value} on {stated.on}: {verdict}"


def _days(value: float) -> str:
    return "∞" if math.isinf(value) else f"{value:g}"
