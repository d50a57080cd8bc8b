"""The check of apps: package, store label and policy, each alone and against the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mapae.contract import Batch, Check, Context, Hits
from mapae.detect.lexicon import Term
from mapae.measures.privacy.apps_access import access_findings
from mapae.measures.privacy.apps_compare import contradictions
from mapae.measures.privacy.apps_findings import package_findings
from mapae.measures.privacy.apps_subject import KEY, MEASURE, App, Rules
from mapae.measures.privacy.apps_trackers import load_signatures
from mapae.model.finding import Finding

__all__ = ["CHECK"]

_PROVISIONS = ("NET 22-2", "NETD 9-2", "PIPA 29", "PIPA 30", "PIPD 30")


@dataclass(frozen=True)
class _Bound:
    rules: Rules

    @property
    def terms(self) -> tuple[Term, ...]:
        return ()

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        """Findings app by app."""
        for index in range(len(batch)):
            app = App(batch.row(index), self.rules)
            yield from package_findings(app)
            yield from contradictions(app)
            yield from access_findings(app)


def _bind(context: Context) -> _Bound:
    """The option `trackers` is the path of the user's signature list."""
    list_of = context.options.get("trackers")
    dated = {key: context.book.provision(key, context.as_of) for key in _PROVISIONS}
    return _Bound(
        Rules(
            context.pack.data("privacy/apps.yaml"),
            context.pack.data("privacy/apps_data.yaml"),
            load_signatures(Path(list_of)) if list_of else None,
            {key: found.valid_from if found else None for key, found in dated.items()},
            context.as_of,
        )
    )


CHECK = Check(key=KEY, measure=MEASURE, kinds=("app",), bind=_bind, provisions=_PROVISIONS)
