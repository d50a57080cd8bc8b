"""The audit log for auditors: who did what and who read whose data; exported and checked, which is itself recorded."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mapae.desk.audit.check import check as verified
from mapae.desk.audit.heads import folder
from mapae.desk.audit.models import record
from mapae.desk.audit.stamps import newest_kept
from mapae.desk.audit.trail import as_csv, entries, kinds, named, read_asked
from mapae.desk.audit.verify import FAULTS
from mapae.desk.law import said
from mapae.desk.numbers import whole
from mapae.errors import MapaeError

__all__ = ["audit", "check", "export"]

_SHOWN = 100
_MOST = 100_000  # entries in one file


@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """A page of entries, the newest first; ?actor, kind, subject, first, last narrow it. Asking for a person is recorded."""
    asked, given = read_asked(request.GET), request.GET.get("below", "")
    below = whole(given)
    rows = list(entries(asked, below)[: _SHOWN + 1])
    if asked.person and not below:
        record(request.user, "read_trail", asked.person)
    kept = {
        name: request.GET[name]
        for name in ("actor", "kind", "subject", "first", "last")
        if request.GET.get(name)
    }
    context = {
        "rows": named(rows[:_SHOWN]),
        "asked": asked,
        "entered": kept,
        "kinds": sorted(((key, said(titles)) for key, titles in kinds().items()), key=lambda row: row[1]),
        "more": f"?{urlencode({**kept, 'below': rows[_SHOWN - 1].seq})}" if len(rows) > _SHOWN else "",
        "start": f"?{urlencode(kept)}" if below else "",
        "checks": request.user.role == "auditor",
        "kept": newest_kept(folder()),
    }  # fmt: skip
    return render(request, "desk/officer_audit.html", context)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The entries of the filter as CSV; the export is an entry itself."""
    asked = read_asked(request.POST)
    rows = list(entries(asked)[:_MOST])
    record(
        request.user, "export_audit", asked.person or asked.actor or asked.subject or "all", entries=len(rows)
    )
    answer = HttpResponse("\ufeff" + as_csv(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="mapae-audit.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """The chain is walked and held against the kept heads, as `mapae desk verify-audit` does."""
    try:
        found = verified()
    except MapaeError as error:
        messages.error(request, f"{error.what}: {error.where}")
        return redirect("audit")
    report = found.report
    record(request.user, "checked_audit", "all", entries=report.entries, faults=len(found.faults))
    for fault in found.faults[:5]:
        text = _("Entry %(seq)s is not as it was written (%(kind)s).")
        messages.error(request, text % {"seq": fault.seq, "kind": said(FAULTS[fault.kind])})
    if not found.faults:
        text = _("%(entries)s entries follow from one another; %(heads)s kept heads agree.")
        messages.success(request, text % {"entries": report.entries, "heads": report.heads})
    if found.stamps:
        messages.success(request, _("%(stamps)s time-stamps of heads hold.") % {"stamps": len(found.stamps)})
    return redirect("audit")
