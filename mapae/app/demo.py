"""The demo: writes the sample, screens it kind by kind with every measure there is, applies dated law, makes one page."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from mapae.app.context import make_context
from mapae.app.demo_data import hard, write_first, write_sample
from mapae.app.law import duties
from mapae.app.law.duty import Duty
from mapae.app.screen import Request, Screened, screen
from mapae.catalog import cards, checks
from mapae.report.overview import Overview, Part, SameName, render_overview
from mapae.report.striking import striking
from mapae.text.names import compare

__all__ = ["Demo", "run_demo"]

DUTY_DAYS = (
    date(2026, 11, 25),
    date(2027, 1, 21),
)  # before and on the day E-Commerce Act Art. 20-5 comes into force
DRAFT = "draft_decree_2026-03-11"
FIRST = ("counterfeits",)  # what the first finding is sought by: ready soonest where nothing is compiled yet
KEPT = (
    "listing",
    "policy",
    "consignment",
)  # whose records the desk shows beside their findings, and counts by platform
_SHOWN = 1000
_STRIKING = 8


@dataclass(frozen=True)
class Demo:
    """What the demo made.

    page: the overview, OUT/index.html; runs: kind → its screening; records, findings: in all; striking: rows of
    FINDING_SCHEMA with `around`; duties: (day, duty); measures: key → titles; seconds: screening alone.
    """

    page: Path
    runs: Mapping[str, Screened]
    records: int
    findings: int
    seconds: float
    striking: tuple[dict[str, Any], ...]
    duties: tuple[tuple[date, Duty], ...]
    measures: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def run_demo(
    out: Path, as_of: date, language: str = "en", first: Callable[[dict[str, Any]], None] = lambda _: None
) -> Demo:
    """Screen the sample into OUT. `first` is called with the first finding, before the bulk is screened.

    OUT/sample holds the records and the key of what is planted; OUT/KIND the findings and the report of each kind.
    """
    sample = out / "sample"
    request = Request(
        inputs=(), out=out, as_of=as_of, lists="none", keep_records=False, top=_SHOWN, language=language
    )
    quick = _screen(replace(request, measures=FIRST), "listing", write_first(sample), out / "first")
    if quick.shown:
        first(striking(quick.shown, 1)[0])
    written = write_sample(sample)
    able = {kind for check in checks() for kind in check.kinds}
    started = time.perf_counter()
    runs = {
        kind: _screen(replace(request, keep_records=kind in KEPT), kind, folder, out / kind)
        for kind, folder in written.folders.items()
        if kind in able
    }
    seconds = time.perf_counter() - started
    return _present(out, as_of, language, runs, seconds)


def _screen(request: Request, kind: str, path: Path, out: Path) -> Screened:
    return screen(replace(request, inputs=(path,), kind=kind, out=out))


def _present(out: Path, as_of: date, language: str, runs: Mapping[str, Screened], seconds: float) -> Demo:
    context = make_context("kr", as_of, "none")
    found = striking([row for run in runs.values() for row in run.shown], _STRIKING)
    owed = tuple(
        (day, duty)
        for day in DUTY_DAYS
        for operator in hard("others")["operators"]
        for duty in duties(context.book, operator, day, draft=DRAFT)
        if duty.of_agent
    )
    measures = {key: card.title for key, card in cards().items()}
    demo = Demo(
        page=out / "index.html",
        runs=runs,
        records=sum(run.manifest["rows_read"] for run in runs.values()),
        findings=sum(run.manifest["findings"] for run in runs.values()),
        seconds=seconds,
        striking=tuple(found),
        duties=owed,
        measures=measures,
    )
    overview = Overview(
        as_of=as_of,
        seconds=seconds,
        parts=tuple(
            Part(kind, f"{kind}/report.html", run.manifest["rows_read"], run.manifest["measures"])
            for kind, run in runs.items()
        ),
        measures=measures,
        provisions={key: item.title for key, item in context.pack.provisions.items()},
        shown=demo.striking,
        duties=tuple((day, duty.operator, duty.article, duty.answer, duty.reasons) for day, duty in owed),
        names=tuple(_named(*pair) for pair in hard("others")["names"]),
        language=language,
    )
    demo.page.write_text(render_overview(overview), "utf-8")
    return demo


def _named(a: str, b: str, kind: str) -> SameName:
    match = compare(a, b, kind)
    return SameName(a, b, match.same, match.score, match.reasons)
