"""The parity report as a page: domestic beside overseas, the rules that judged both, rates with intervals."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mapae.report.template import render_page

__all__ = ["parity_words", "render_parity"]


def render_parity(found: Mapping[str, Any], *, as_of: str, language: str = "en") -> str:
    """The whole HTML document. found: as mapae.app.parity gives it; as_of: the day it was made."""
    verdicts = [row["same"] for row in found["rules"]]
    same = None if None in verdicts else all(verdicts)
    return render_page(
        "parity.html.j2",
        language,
        found=found,
        as_of=as_of,
        words=parity_words(),
        same=same,
        rate=_rate,
        percent=_percent,
        short=_short,
    )


@cache
def parity_words() -> Mapping[str, Mapping[str, str]]:
    """What the page says, by key and language."""
    text = Path(__file__).with_name("parity.yaml").read_text("utf-8")
    found: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    return found


def _rate(side: Mapping[str, Any]) -> str:
    """A rate per 1,000 with its interval, or a dash."""
    if side["value"] is None:
        return f"{side['k']:,} / –"
    return f"{side['value']:.1f} ({side['low']:.1f}–{side['high']:.1f})"


def _percent(side: Mapping[str, Any] | None) -> str:
    """A share in per cent with its interval where it has one, or a dash."""
    if not side or side.get("value") is None:
        return "–"
    shown = f"{100 * side['value']:.1f} %"
    low, high = side.get("low"), side.get("high")
    return shown if low is None or high is None else f"{shown} ({100 * low:.1f}–{100 * high:.1f})"


def _short(texts: list[str], most: int = 90) -> str:
    """What judged a group, one after another, cut where long."""
    whole = " · ".join(texts) or "–"
    return whole if len(whole) <= most else f"{whole[:most]}…"
