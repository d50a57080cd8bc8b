"""Charts as SVG that can be read in grey: bars solid or striped, a line with its points, every value in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

__all__ = ["Point", "bars", "chart", "line"]

_HEIGHT, _TOP, _FOOT = 260, 28, 44
_NARROW, _WIDE = 400, 640  # of a chart with few figures, read on a phone, and of others
_FEW, _MOST_BARS = 8, 16
_LONG = 7  # signs of a label, from which it takes two lines
_FILLS = {False: "currentColor", True: "none"}


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a chart: label under it, value, how the value is written, whether it covers only a part of a period."""

    label: str
    value: float
    shown: str
    partial: bool = False


def chart(points: Sequence[Point], title: str, key: str) -> str:
    """Bars for up to 16 figures, else a line; empty where there is none. key: tells its patterns from other charts'."""
    if not points:
        return ""
    return bars(points, title, key) if len(points) <= _MOST_BARS else line(points, title, key)


def bars(points: Sequence[Point], title: str, key: str) -> str:
    """A bar a figure from nothing upward (or downward below nothing); parts of a period are striped."""
    low, high = _range(points)
    width = _width(points)
    step = width / len(points)
    zero = _y(0, low, high)
    parts = []
    for at, point in enumerate(points):
        x, y = at * step + step * 0.15, _y(point.value, low, high)
        top, height = min(y, zero), max(1.0, abs(zero - y))
        fill = f"url(#stripes-{escape(key)})" if point.partial else "currentColor"
        parts.append(
            f'<rect x="{x:.1f}" y="{top:.1f}" width="{step * 0.7:.1f}" height="{height:.1f}" fill="{fill}" '
            f'fill-opacity=".75" stroke="currentColor"/>{_text(at * step + step / 2, top - 7, point.shown, 13)}'
            f"{_label(at * step + step / 2, point.label)}"
        )
    axis = f'<line x1="0" x2="{width}" y1="{zero:.1f}" y2="{zero:.1f}" stroke="currentColor"/>'
    return _framed(title, points, key, axis + "".join(parts))


def line(points: Sequence[Point], title: str, key: str) -> str:
    """A line through the figures, its ends and its highest point labelled; parts of a period are hollow."""
    low, high = _range(points)
    step = (_width(points) - 60) / max(1, len(points) - 1)
    places = [(30 + at * step, _y(point.value, low, high)) for at, point in enumerate(points)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" stroke="currentColor" fill="{_FILLS[point.partial]}"/>'
        for (x, y), point in zip(places, points, strict=True)
    )
    top = max(range(len(points)), key=lambda at: points[at].value)
    words = "".join(
        _text(places[at][0], places[at][1] - 9, points[at].shown, 13)
        + _label(places[at][0], points[at].label)
        for at in sorted({0, top, len(points) - 1})
    )
    return _framed(
        title,
        points,
        key,
        f'<polyline points="{path}" fill="none" stroke="currentColor" stroke-width="2"/>{dots}{words}',
    )


def _width(points: Sequence[Point]) -> int:
    return _NARROW if len(points) <= _FEW else _WIDE


def _label(x: float, label: str) -> str:
    """A label below the axis; a long one (`2025-01–10`) in two lines, parted at its first dash."""
    first, _, rest = label.partition("-") if len(label) > _LONG else (label, "", "")
    return _text(x, _HEIGHT - 26, first, 13) + (_text(x, _HEIGHT - 10, rest, 13) if rest else "")


def _range(points: Sequence[Point]) -> tuple[float, float]:
    low, high = (
        min(0.0, *(point.value for point in points), 0.0),
        max(0.0, *(point.value for point in points), 0.0),
    )
    return (low, high) if high > low else (low, low + 1)


def _y(value: float, low: float, high: float) -> float:
    return _TOP + (_HEIGHT - _TOP - _FOOT) * (high - value) / (high - low)


def _text(x: float, y: float, words: str, size: int) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="middle" fill="currentColor">{escape(words)}</text>'


def _framed(title: str, points: Sequence[Point], key: str, inside: str) -> str:
    said = "; ".join(f"{point.label} {point.shown}" for point in points)
    return (
        f'<svg class="chart" viewBox="0 0 {_width(points)} {_HEIGHT}" role="img" '
        f'aria-label="{escape(title)}: {escape(said)}" '
        f'xmlns="http://www.w3.org/2000/svg"><defs><pattern id="stripes-{escape(key)}" width="7" height="7" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="3" height="7" fill="currentColor"/>'
        f"</pattern></defs>{inside}</svg>"
    )
