"""What an app, its store label and its policy each say of a kind of data, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from mapae.contract import Context
from mapae.contract.run import make_batch
from mapae.measures.privacy.apps_subject import App, Rules
from mapae.model.records import KINDS
from mapae.pack import Pack

__all__ = ["Compared", "compared", "title_of"]

_QUOTE = 200


@dataclass(frozen=True, slots=True)
class Compared:
    """One kind of data. app: permissions that reach it; label, policy: the words that tell of it; each None where there is
    no such thing to read, empty where it says nothing; denied: the policy says that it is not taken."""

    kind: str
    name: Mapping[str, str]
    app: tuple[str, ...] | None
    label: str | None
    policy: str | None
    denied: bool = False

    @property
    def agrees(self) -> bool:
        """Whether all that could be read say the same."""
        policy = self.policy if not self.denied else ""
        return len({bool(said) for said in (self.app, self.label, policy) if said is not None}) == 1


def compared(record: Mapping[str, Any], context: Context) -> list[Compared]:
    """A row for each kind of data that app, label or policy speaks of. record: of kind app. Trackers are left out: their
    signatures are the user's."""
    schema = KINDS["app"].schema
    cells = {name: record.get(name) for name in schema.names}
    batch = make_batch("app", pa.RecordBatch.from_pylist([cells], schema=schema))
    kinds = context.pack.data("privacy/apps_data.yaml")
    app = App(batch.row(0), Rules(context.pack.data("privacy/apps.yaml"), kinds, None, {}, context.as_of))
    found = [_row(app, kind, row["name"]) for kind, row in kinds.items() if not row.get("quiet")]
    return [row for row in found if row.app or row.label or row.policy]


def title_of(reference: str, pack: Pack) -> dict[str, str]:
    """What a finding on an app is called, by language: `app-policy:contacts`; empty for other references."""
    table = pack.data("privacy/apps_titles.yaml")
    if reference in table["whole"]:
        return dict(table["whole"][reference])
    part, _, rest = reference.partition(":")
    name, _, end = rest.partition(":")
    form = table["parts"].get(end or part)
    if not form or not name:
        return {}
    kinds = pack.data("privacy/apps_data.yaml")
    named = kinds[name]["name"] if name in kinds else table["names"].get(name, {})
    plain = name.removeprefix("android.permission.")
    return {spoken: text.format(name=named.get(spoken, plain)) for spoken, text in form.items()}


def _row(app: App, kind: str, name: Mapping[str, str]) -> Compared:
    label = policy = None
    if app.label is not None:
        start, end = app.label.declared.get(kind, (0, 0))
        label = app.label.text[start:end] or (kind if kind in app.label.declared else "")
    told = app.notice.kinds.get(kind) if app.notice else None
    if app.notice is not None:
        said = (told.denied or told.told) if told else None
        policy = app.policy[said.start : said.end][:_QUOTE] if said else ""
    read = bool(app.facts) and "error" not in app.facts
    asked = tuple(app.reached.get(kind, ())) if read else None
    return Compared(kind, name, asked, label, policy, bool(told and told.denied))
