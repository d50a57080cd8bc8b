"""Does the network do enough? Duties of each provider of a board: what its documents say, and what it did, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mapae.desk.agreements.kept import published
from mapae.desk.agreements.models import PromiseSnapshot
from mapae.desk.agreements.scores import scores
from mapae.desk.findings.models import Finding
from mapae.desk.law import book, said
from mapae.desk.parties.models import Operator
from mapae.measures.agreements.score import Score
from mapae.measures.social_commerce.duties import STATUSES

__all__ = ["Column", "duty_rows", "networks", "of_network"]

_CHECK = "social_commerce.duties"
_ACTS = {"redress_device": ("forward_redress", "tell_forwarding"), "cooperation": ("give_identity",)}
_SILENT = ("cooperation",)  # documents need not speak of it: acts alone show whether it is met
_LOOK = {"met": "good", "not_met": "bad", "cannot_tell": "warn"}
# what the public reads: what was found, not a verdict on a violation
_FOUND = {
    "met": {"ko": "문서에 있음", "en": "In its documents", "zh": "文件中有"},
    "not_met": {"ko": "읽은 문서에 없음", "en": "Not in the documents read", "zh": "所读文件中没有"},
    "cannot_tell": {"ko": "문서로 알 수 없음", "en": "Documents do not tell", "zh": "文件无法说明"},
}


@dataclass(frozen=True)
class Column:
    """A network: its operator, the day its documents were read for, and a cell a duty."""

    operator: Operator
    read_on: Any
    cells: tuple[dict[str, Any], ...]

    @property
    def met(self) -> int:
        """How many duties are met."""
        return self.count("met")

    def count(self, status: str) -> int:
        """How many duties have that status."""
        return sum(cell["status"] == status for cell in self.cells)


def duty_rows() -> list[dict[str, Any]]:
    """The five duties in the visitor's language."""
    rows = book().pack.data("social/duties.yaml")["duties"]
    return [{**row, "title": said(row["title"])} for row in rows]


def networks(snapshot: PromiseSnapshot | None) -> list[Column]:
    """Every network whose documents were read, most duties met first. snapshot: what was published of promises; without one,
    verdicts for those at authorities, who see what was recorded until now."""
    verdicts, kept = snapshot is None, published(snapshot) if snapshot else {}
    found = Finding.objects.filter(check_key=_CHECK, shadow=False, operator__isnull=False)
    operators = Operator.objects.filter(pk__in=found.values("operator"))
    columns = [
        of_network(operator, scores(operator) if verdicts else kept.get(operator, []), verdicts=verdicts)
        for operator in operators
    ]
    return sorted(columns, key=lambda column: (-column.met, column.operator.key))


def of_network(operator: Operator, done: Iterable[Score], *, verdicts: bool) -> Column:
    """One network, from its newest findings and what it did."""
    newest: dict[str, Finding] = {}
    rows = Finding.objects.filter(check_key=_CHECK, shadow=False, operator=operator).order_by("as_of", "pk")
    for finding in rows:
        newest[finding.reference_id.removeprefix("duty:")] = finding
    acts = {one.commitment.key: one for one in done if one.agreement.key == "eca_board_provider"}
    cells = tuple(_cell(row, newest.get(row["key"]), acts, verdicts=verdicts) for row in duty_rows())
    return Column(operator, max((one.as_of for one in newest.values()), default=None), cells)


def _cell(
    row: dict[str, Any], finding: Finding | None, acts: dict[str, Score], *, verdicts: bool
) -> dict[str, Any]:
    done = [acts[key] for key in _ACTS.get(row["key"], ()) if key in acts]
    told = finding.reasons[0]["matched"] if finding else "cannot_tell"
    status = _verdict(row["key"], told, done) if verdicts else told
    titles = (STATUSES if verdicts else _FOUND)[status]
    return {
        "duty": row,
        "status": status,
        "word": said(titles),
        "look": _LOOK[status],
        "finding": finding,
        "quotes": list(_quotes(finding.reasons[1:])) if finding else [],
        "lacks": _lacks(row, finding) if finding and told != "met" else [],
        "broken": status == "not_met" and told == "met",
        "acts": done,
    }


def _verdict(duty: str, documents: str, acts: Iterable[Score]) -> str:
    """Not met where documents or acts show that it is not; met where documents show it and no act speaks against it. Where
    documents need not speak of a duty, acts alone show that it is met."""
    told = {act.status for act in acts if act.n}
    if documents == "not_met" or "not_met" in told:
        return "not_met"
    return "met" if documents == "met" or (duty in _SILENT and told == {"met"}) else "cannot_tell"


def _lacks(row: dict[str, Any], finding: Finding) -> list[str]:
    """Parts of the duty that no document has, in words."""
    elements = book().pack.data("social/duties.yaml")["elements"]
    told = {str(reason["matched"]).removeprefix("element:") for reason in finding.reasons[1:]}
    return [said(elements[key]["title"]) for key in row["needs"] if key not in told]


def _quotes(reasons: Iterable[dict[str, Any]]) -> Iterable[dict[str, str]]:
    elements = book().pack.data("social/duties.yaml")["elements"]
    for reason in (one for one in reasons if str(one["matched"]).startswith("element:")):
        key = str(reason["matched"]).removeprefix("element:")
        document = str(reason["detail"]).rpartition(": ")[0]
        title = said(elements[key]["title"]) if key in elements else key
        yield {"title": title, "seen": str(reason["seen"]).replace("**", ""), "document": document}
