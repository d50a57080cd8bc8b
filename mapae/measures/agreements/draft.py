"""Recurring breaches become proposed commitments: metric, baseline with interval, threshold, evidence, review date."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from mapae.law.calendar import civil_months
from mapae.law.words import cited
from mapae.measures.agreements.intervals import poisson, wilson
from mapae.measures.agreements.score import Score, finite
from mapae.measures.agreements.words import breach_words, value_words
from mapae.pack import Pack

__all__ = ["Draft", "Proposal", "Run", "draft_commitments"]


@dataclass(frozen=True, slots=True)
class Run:
    """Findings of one screening on one operator. rows: (check, subject_id, seller_id or empty), what is on trial left out."""

    as_of: date
    name: str
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed commitment. baseline: value, low, high, n, and in words; threshold: {share | most | each} and in words."""

    key: str
    title: str
    metric: str
    baseline: Mapping[str, Any]
    threshold: Mapping[str, Any]
    evidence: tuple[str, ...]
    provision: str
    review_on: date


@dataclass(frozen=True, slots=True)
class Draft:
    """The proposals for an operator, as of a day, in a language (`ko` or `en`)."""

    operator: str
    as_of: date
    language: str
    proposals: tuple[Proposal, ...]
    words: Mapping[str, Mapping[str, str]]

    def data(self) -> dict[str, Any]:
        """For JSON."""
        rows = [asdict(one) | {"review_on": one.review_on.isoformat()} for one in self.proposals]
        return {"operator": self.operator, "as_of": self.as_of.isoformat(), "commitments": rows}

    def markdown(self, pack: Pack) -> str:
        """As a document to start talks from; articles as the pack cites them."""
        say = {key: told[self.language] for key, told in self.words.items()}
        parts = [f"# {say['title'].format(operator=self.operator)}", say["lead"].format(as_of=self.as_of)]
        for number, one in enumerate(self.proposals, 1):
            lines = [
                f"## {number}. {one.title}",
                f"- **{say['metric']}**: {one.metric}",
                f"- **{say['baseline']}**: {one.baseline['said']}",
                f"- **{say['threshold']}**: {one.threshold['said']}",
                f"- **{say['review']}**: {one.review_on}",
            ]
            lines += (
                [f"- **{say['basis']}**: {cited(pack, one.provision)[self.language]}"]
                if one.provision
                else []
            )
            lines += [f"- **{say['evidence']}**:", *(f"  - {item}" for item in one.evidence)]
            parts.append("\n".join(lines))
        return "\n\n".join(parts if self.proposals else [*parts, say["none"]]) + "\n"


def draft_commitments(
    operator: str,
    scores: Iterable[Score],
    runs: Sequence[Run],
    as_of: date,
    language: str,
    table: Mapping[str, Any],
    events: Mapping[str, Any],
) -> Draft:
    """Propose for what recurs. table: the pack's `agreements/draft.yaml`; events: `agreements/events.yaml`."""
    said = {row["key"]: row["title"][language] for row in events["events"]}
    review = civil_months(as_of, int(table["review_months"])).end
    maker = _Maker(table, said, language, review)
    proposals = [*maker.of_scores(scores), *maker.of_runs(runs)]
    return Draft(operator, as_of, language, tuple(proposals), table["words"])


@dataclass(frozen=True)
class _Maker:
    table: Mapping[str, Any]
    events: Mapping[str, str]
    language: str
    review: date

    def _say(self, key: str, **more: object) -> str:
        return str(self.table["words"][key][self.language]).format(**more)

    def of_scores(self, scores: Iterable[Score]) -> Iterator[Proposal]:
        """One a commitment that was broken in several months and is not met; the same metric once."""
        seen = set()
        for score in scores:
            item = score.commitment
            metric = (item.metric, item.of, item.done, item.within.count)
            broken = sum(n > kept for _, n, kept in score.months)
            if score.status == "met" or broken < self.table["months"] or metric in seen:
                continue
            seen.add(metric)
            yield Proposal(
                f"{score.agreement.key}.{item.key}",
                item.title[self.language],
                self._metric(score),
                self._baseline(score),
                self._threshold(score),
                tuple(
                    f"{one.subject_id}: {breach_words(one, self.language, self.events)}"
                    for one in score.breaches[: self.table["named"]]
                ),
                item.provision,
                self.review,
            )

    def _metric(self, score: Score) -> str:
        item = score.commitment
        return self._say(
            item.metric,
            of=" · ".join(self.events[name] for name in item.of),
            done=" · ".join(self.events[name] for name in item.done),
            days=item.within.count,
            unit=self._say("business" if item.within.business else "calendar"),
        )

    def _baseline(self, score: Score) -> dict[str, Any]:
        return {
            "value": finite(score.value), "low": finite(score.low), "high": finite(score.high), "n": score.n,
            "said": value_words(score, self.language),
        }  # fmt: skip

    def _threshold(self, score: Score) -> dict[str, Any]:
        against = score.commitment.against
        if against.get("each"):
            return {"each": True, "said": self._say("each")}
        if score.commitment.metric == "time":
            most = against.get("most", 1)
            return {"most": most, "said": self._say("at_most", value=most)}
        gap = 1 - (score.value or 0.0)
        share = max(float(against.get("share", 0.0)), 1 - gap * (1 - self.table["halve"]))
        share = math.ceil(round(share * 1000, 6)) / 1000
        return {"share": share, "said": self._say("at_least", value=f"{100 * share:.1f}")}

    def of_runs(self, runs: Sequence[Run]) -> Iterator[Proposal]:
        """One a check that finds again in several screenings or on many subjects; one for sellers found more than once."""
        ordered = sorted(runs, key=lambda run: (run.as_of, run.name))
        checks = sorted({check for run in ordered for check, _, _ in run.rows})
        for check in checks:
            found = [{subject for name, subject, _ in run.rows if name == check} for run in ordered]
            if (
                sum(map(bool, found)) >= self.table["runs"]
                or len(set().union(*found)) >= self.table["subjects"]
            ):
                yield self._fewer(check, len(found[-1]), sorted(found[-1]) or sorted(set().union(*found)))
        yield from self._repeated(ordered)

    def _fewer(self, check: str, count: int, subjects: Sequence[str]) -> Proposal:
        low, high = poisson(count)
        most = math.floor(count * self.table["halve"])
        return Proposal(
            f"findings.{check}",
            self._say("found_title", check=check),
            self._say("found", check=check, n=most),
            {
                "value": count,
                "low": round(low, 2),
                "high": round(high, 2),
                "n": count,
                "said": f"{count} ({low:.1f}–{high:.1f})",
            },
            {"most": most, "said": self._say("at_most", value=most)},
            tuple(subjects[: self.table["named"]]),
            "",
            self.review,
        )

    def _repeated(self, runs: Sequence[Run]) -> Iterator[Proposal]:
        pairs = {(seller, subject) for run in runs for _, subject, seller in run.rows if seller}
        counts = Counter(seller for seller, _ in pairs)
        again = sorted(
            (seller for seller, n in counts.items() if n > 1), key=lambda seller: (-counts[seller], seller)
        )
        if len(again) < self.table["months"]:
            return
        low, high = wilson(len(again), len(counts))
        share = len(again) / len(counts)
        most = math.floor(share * self.table["halve"] * 1000) / 10
        said = f"{len(again)} / {len(counts)} ({100 * share:.1f} %, {100 * low:.1f}–{100 * high:.1f})"
        yield Proposal(
            "findings.repeat_sellers",
            self._say("repeat_title"),
            self._say("repeat"),
            {"value": share, "low": low, "high": high, "n": len(counts), "said": said},
            {"share_most": most / 100, "said": self._say("at_most", value=f"{most} %")},
            tuple(f"{seller}: {counts[seller]}" for seller in again[: self.table["named"]]),
            "",
            self.review,
        )
