"""Records and reports: how long kept, which items lack, which events must be reported."""

from __future__ import annotations

from mapae.errors import FactError
from mapae.law.questions.case import Case, yes_no

__all__ = ["missing", "report_required", "retention_months"]

_RETENTION = {"ECA": "eca.6.retention", "PSF": "psf.9-4.retention"}
_ITEMS = {
    "takedown_report": "psf.10-2.report_items",
    "first_page": "eca.10.first_page_items",
    "clearance_list": "cus.254-2.list_items",
}


def retention_months(case: Case) -> int:
    """Months for which the record is kept (ECD 6(1), PSFD 5-7(1)); 0 before the rule is law."""
    record = case.facts.get("record")
    if record is None:
        raise FactError("the record is not given", where="record", mend="name the record")
    return int((case.law(_RETENTION[case.regime]) or {}).get(record, 0))


def missing(case: Case) -> list[str]:
    """Required items that are not present, in the order of the article."""
    present = case.facts.get("present", ())
    return [item for item in case.law(_ITEMS[case.word]) or () if item not in present]


def report_required(case: Case) -> str:
    """A serious accident (PSF 13-2(1), PSFD 14-2(3)) or a leak to be reported (PIPD 40(1))."""
    if case.word == "accident":
        always, measured = "psf.13-2.kinds", case.rule("psf.13-2.thresholds")
    else:
        always, measured = "pipa.34.report_kinds", {"people": case.rule("pipa.34.report_people")}
    grave = any(map(case.yes, case.rule(always)))
    return yes_no(grave or any(case.count(fact) >= least for fact, least in measured.items()))
