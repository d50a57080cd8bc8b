"""The check `local_agents.publication`: is the agent's contact on a captured first page (policy records of that kind)?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from mapae.contract import Batch, Check, Context, Hits, Row
from mapae.detect.lexicon import Term
from mapae.measures.local_agents.publication import Publication, read_publication
from mapae.model.finding import Finding, Reason

__all__ = ["PUBLICATION"]

_ARTICLE = "ECA 20-5"
_NAMES = {
    "name": "name",
    "representative": "representative",
    "address": "address in Korea",
    "phone": "telephone",
    "email": "e-mail",
}


@dataclass(frozen=True)
class _Bound:
    words: dict[str, Any]
    in_force_from: date | None

    @property
    def terms(self) -> tuple[Term, ...]:
        return ()

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        """One finding a first page that lacks a part of the agent's contact; a note where the law is not in force yet."""
        kinds = batch.column("doc_kind").to_pylist()
        for index in (i for i, kind in enumerate(kinds) if kind == "first_page"):
            row = batch.row(index)
            read = read_publication(row.text("text"), self.words)
            missing = read.missing(corporation=False)
            if missing:
                yield self._finding(row, read, missing)

    def _finding(self, row: Row, read: Publication, missing: tuple[str, ...]) -> Finding:
        lacks = ", ".join(_NAMES[part] for part in missing)
        reasons = [Reason("text", 0, 0, "", "agent's contact", f"not found on the page: {lacks}", 0.9)]
        reasons += [
            Reason("text", *_place(row, part.text), part.text, name, f"the agent's {_NAMES[name]}", 0.5)
            for name, part in read.found.items()
        ]
        return Finding(
            check=PUBLICATION.key,
            measure=PUBLICATION.measure,
            subject_kind="policy",
            subject_id=row.text("document_id"),
            reference_id="item:agent_contact",
            severity="medium" if self.in_force_from else "info",
            score=0.9 if read.agent is None else round(0.5 + 0.1 * len(missing), 2),
            provision=_ARTICLE,
            provision_from=self.in_force_from,
            reasons=tuple(reasons),
            operator=row["operator"],
            subject_url=row["url"],
        )


def _place(row: Row, seen: str) -> tuple[int, int]:
    """Where the text stands in the record; 0, 0 where markup parts it."""
    start = row.text("text").find(seen)
    return (start, start + len(seen)) if start >= 0 else (0, 0)


def _bind(context: Context) -> _Bound:
    dated = context.book.provision(_ARTICLE, context.as_of)
    return _Bound(context.pack.data("lexicons/local_agents.yaml"), dated.valid_from if dated else None)


PUBLICATION = Check(
    key="local_agents.publication",
    measure="local_agents",
    kinds=("policy",),
    bind=_bind,
    provisions=(_ARTICLE,),
)
