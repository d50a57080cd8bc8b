"""Screening: inputs held against the checks of the catalogue; findings, manifest, rejects and report in one folder."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa

from mapae.app.campaigns import KINDS_LINKED, write_campaigns
from mapae.app.context import make_context
from mapae.app.image_options import picture_options
from mapae.app.inputs import Inputs, open_inputs
from mapae.app.inspections import write_inspections
from mapae.app.manifest import build_manifest, write_json, write_rejects
from mapae.app.named_files import as_options
from mapae.catalog import cards, checks
from mapae.contract import Context
from mapae.contract.check import Check
from mapae.engine import Job, Outcome, run_local
from mapae.errors import UsageError
from mapae.report.campaigns import read_campaigns
from mapae.report.html import Page, render
from mapae.report.tables import read_tables
from mapae.settings import home

__all__ = ["Request", "Screened", "finish", "screen"]

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Request:
    """What a user asks of screen; the fields are the options of the command.

    columns: record column → file column; lists: None (pack and own lists), "none" (pack only) or a folder;
    language: of the report when it is opened first; files: that checks read themselves, `trackers` of apps, `model` of terms,
    `codes` of parcels; pictures: index folders.
    """

    inputs: tuple[Path, ...]
    out: Path
    as_of: date
    kind: str | None = None
    measures: tuple[str, ...] = ()
    pack: str = "kr"
    lists: str | None = None
    engine: str = "local"
    workers: int = 1
    columns: Mapping[str, str] = field(default_factory=dict)
    high_recall: bool = False
    keep_records: bool = False
    csv: bool = False
    top: int = 500
    language: str = "en"
    files: Mapping[str, Path | None] = field(default_factory=dict)
    pictures: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Screened:
    """What came of it: the folder, the manifest as written, rows rejected, how the run began, the gravest findings.

    shown: rows of FINDING_SCHEMA with `around`, as the report shows them.
    """

    out: Path
    manifest: dict[str, Any]
    rejected: int
    state: str
    shown: tuple[dict[str, Any], ...] = ()


def screen(request: Request, progress: Progress = lambda *_: None) -> Screened:
    """Screen and write OUT. UsageError and InputError as the command line shows them."""
    started = time.perf_counter()
    inputs = open_inputs(request.inputs, kind=request.kind, columns=request.columns)
    chosen = _checks_for(inputs.kind.name, request.measures)
    options = {"recall_mode": "high" if request.high_recall else "normal", **as_options(request.files)}
    options |= picture_options(request.pictures)
    context = make_context(request.pack, request.as_of, request.lists, options)
    job = make_job(request, inputs, chosen, context)
    outcome = _engine(request.engine)(job, progress)
    if inputs.kind.name in KINDS_LINKED and any(check.measure == "illegal_ads" for check in chosen):
        write_campaigns(job.again(), context.pack, request.out) if job.again else None
    sheets: tuple[str, ...] = ()
    if inputs.kind.name == "policy" and job.again and any(check.key == "privacy.policy" for check in chosen):
        sheets = write_inspections(job.again, context, request.out, request.language)
    seconds = time.perf_counter() - started
    return finish(
        job, outcome, inputs, request, seconds=seconds, **({"inspections": sheets} if sheets else {})
    )


def make_job(request: Request, inputs: Inputs, chosen: tuple[Check, ...], context: Context) -> Job:
    """The engine's job of a request."""

    def again() -> Iterator[pa.RecordBatch]:
        once_more = open_inputs(request.inputs, kind=request.kind, columns=request.columns)
        return (batch for feed in once_more.feeds for batch in feed.batches())

    return Job(
        kind=inputs.kind,
        checks=chosen,
        context=context,
        feeds=inputs.feeds,
        inputs=inputs.named,
        lists_hash=context.lists.hash,
        out=request.out,
        cache=home() / "cache",
        columns=request.columns,
        workers=request.workers,
        keep_records=request.keep_records,
        top=request.top,
        again=again,
    )


def finish(
    job: Job, outcome: Outcome, inputs: Inputs, request: Request, *, seconds: float, **more: Any
) -> Screened:
    """Write what stands beside the findings; the manifest last, since it says that the folder is whole."""
    manifest = build_manifest(
        job, outcome, profiles=list(inputs.profiles), notes=[feed.source.notes for feed in inputs.feeds],
        seconds=seconds, engine=request.engine, workers=request.workers,
        files_failed=[item["input"] for item in inputs.failed], **more,
    )  # fmt: skip
    write_rejects(job.out / "rejects.jsonl", chain(inputs.failed, outcome.rejects()))
    (job.out / "report.html").write_text(render(_page(job, outcome, manifest, request.language)), "utf-8")
    if request.csv:
        _spreadsheets(job.out)
    write_json(job.out / "manifest.json", manifest)
    outcome.journal.remove()
    rejected = manifest["rows_rejected"] + len(inputs.failed)
    return Screened(job.out, manifest, rejected, outcome.state, tuple(outcome.merged.top))


def _spreadsheets(out: Path) -> None:
    from mapae.report.csv import write_campaigns_csv, write_csv

    write_csv(out / "findings.parquet", out / "findings.csv")
    if (out / "campaigns.parquet").exists():
        write_campaigns_csv(out / "campaigns.parquet", out / "campaigns.csv")


def _checks_for(kind: str, measures: tuple[str, ...]) -> tuple[Check, ...]:
    every = checks(measures)
    chosen = tuple(check for check in every if kind in check.kinds)
    if not chosen:
        able = sorted({name for check in every for name in check.kinds})
        asked = ", ".join(measures) or "the measures there are"
        raise UsageError(
            f"no check of {asked} reads records of kind {kind}",
            where="--kind",
            mend=f"kinds they read: {', '.join(able)}",
        )
    return chosen


def _engine(name: str) -> Callable[[Job, Progress], Outcome]:
    if name == "local":
        return run_local
    if name == "spark":
        from mapae.engine.spark import run_spark

        return run_spark
    raise UsageError(f"there is no engine {name!r}", where="--engine", mend="engines are: local, spark")


def _page(job: Job, outcome: Outcome, manifest: dict[str, Any], language: str) -> Page:
    measures = list(dict.fromkeys(check.measure for check in job.checks))
    titles = {key: card.title for key, card in cards(measures).items()}
    provisions = {key: item.title for key, item in job.context.pack.provisions.items()}
    linked = job.out / "campaigns.parquet"
    campaigns = (
        read_campaigns(linked, outcome.merged.top)
        if job.kind.name in KINDS_LINKED and linked.exists()
        else None
    )
    return Page(
        counts=outcome.merged.counts,
        shown=outcome.merged.top,
        manifest=manifest,
        shadow=sum(outcome.merged.shadow.values()),
        measures=titles,
        provisions=provisions,
        language=language,
        campaigns=campaigns,
        sheets=manifest.get("inspections", ()),
        tables=read_tables([job.out / f"{name}.parquet" for name in outcome.tables]),
    )
