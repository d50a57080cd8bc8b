"""The report: one HTML file without any outside request, in English and Korean, for screen, phone and paper."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from mapae.model.finding import SEVERITIES
from mapae.report.visible import safe_link, visible
from mapae.report.words import LANGUAGES, SEVERITY_WORDS, WORDS

__all__ = ["Page", "render"]

_HERE = Path(__file__).parent
Counts = Mapping[tuple[str, str, str], int]


@dataclass(frozen=True)
class Page:
    """What a report shows.

    counts: (measure, check, severity) → findings, without those of checks on trial, which are `shadow` in number;
    shown: the findings shown, rows of FINDING_SCHEMA with `around`; manifest: as written; titles of measures and
    provisions by key, then language.
    """

    counts: Counts
    shown: list[dict[str, Any]]
    manifest: Mapping[str, Any]
    shadow: int = 0
    measures: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    provisions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    language: str = "en"


def render(page: Page) -> str:
    """The whole HTML document."""
    script = (_HERE / "script.js").read_text("utf-8")
    total = sum(page.counts.values())
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            page=page,
            total=total,
            left=total - len(page.shown),
            rows=_by_measure(page),
            checks=_by_check(page.counts),
            severities=tuple(reversed(SEVERITIES)),
            severity_words=SEVERITY_WORDS,
            languages=LANGUAGES,
            read=sum(item["rows_read"] for item in page.manifest["inputs"]),
            rejected=sum(item["rows_rejected"] for item in page.manifest["inputs"]),
            style=Markup((_HERE / "style.css").read_text("utf-8")),
            script=Markup(script),
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        )
    )


def _by_measure(page: Page) -> list[tuple[str, dict[str, int], int]]:
    """Rows of the summary: measure, findings by severity, all; a measure that found nothing has its row too."""
    table: dict[str, dict[str, int]] = {key: {} for key in page.measures}
    for (measure, _, severity), count in page.counts.items():
        row = table.setdefault(measure, {})
        row[severity] = row.get(severity, 0) + count
    return [(measure, row, sum(row.values())) for measure, row in table.items()]


def _by_check(counts: Counts) -> list[tuple[str, int]]:
    table: dict[str, int] = {}
    for (_, check, _), count in counts.items():
        table[check] = table.get(check, 0) + count
    return sorted(table.items(), key=lambda item: (-item[1], item[0]))


@cache
def _environment() -> jinja2.Environment:
    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(visible=visible, link=safe_link, number=lambda value: f"{value:,}")
    found.globals.update(t=_both, pair=_pair, reasons=_reasons)
    return found


def _both(key: str, **values: object) -> Markup:
    """The words of `key` in every language, each marked with its own; one of them is shown."""
    return _pair({name: text.format(**values) for name, text in WORDS[key].items()})


def _pair(texts: Mapping[str, str], missing: str = "") -> Markup:
    """The same for any text by language; English, then `missing`, where a language has none."""
    fallback = texts.get("en") or missing
    spans = (
        Markup('<span lang="{}" class="ui">{}</span>').format(k, texts.get(k) or fallback) for k in LANGUAGES
    )
    return Markup("").join(spans)


def _reasons(row: Mapping[str, Any]) -> Iterable[tuple[dict[str, Any], dict[str, str]]]:
    around = row.get("around") or []
    empty = {"before": "", "after": ""}
    return ((reason, around[at] if at < len(around) else empty) for at, reason in enumerate(row["reasons"]))
