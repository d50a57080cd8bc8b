"""Agreements and duties on the desk: who keeps them, each operator's page, events in, cases out, drafts."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mapae.desk import clock
from mapae.desk.agent.forms import told
from mapae.desk.agreements.breach import open_breach, open_case_of
from mapae.desk.agreements.intake import take_events
from mapae.desk.agreements.scores import agreements, bound, one_score, scores
from mapae.desk.agreements.show import KINDS, named, shown, tally
from mapae.desk.law import book, said
from mapae.desk.parties.models import Operator
from mapae.desk.scope import operators_for
from mapae.errors import InputError
from mapae.measures.agreements.draft import draft_commitments

__all__ = ["agreement_open", "agreements_draft", "agreements_events", "agreements_of", "agreements_page"]


@require_safe
def agreements_page(request: HttpRequest) -> HttpResponse:
    """Operators that signed something or about whom there are events, with how many commitments are met."""
    signed = [one for one in agreements() if one.operators]
    told_of = (
        Q(events__isnull=False)
        | Q(cases__documents__served_at__isnull=False)
        | Q(complaints__events__isnull=False)
    )
    known = set(operators_for(request.user).filter(told_of).values_list("pk", flat=True))
    rows = [
        {"operator": operator, "signed": [said(one.title) for one in signed if bound(operator, one)]}
        for operator in operators_for(request.user)
    ]
    rows = [row for row in rows if row["signed"] or row["operator"].pk in known]
    for row in rows:
        row["tally"] = tally(scores(row["operator"]))
    catalogue = [
        {"one": one, "title": said(one.title), "kind": said(KINDS[one.kind])} for one in agreements()
    ]
    return render(request, "desk/officer_agreements.html", {"rows": rows, "catalogue": catalogue})


@require_safe
def agreements_of(request: HttpRequest, key: str) -> HttpResponse:
    """One operator: each agreement with its commitments, their units not kept, and the cases on them."""
    operator = get_object_or_404(operators_for(request.user), key=key)
    groups: list[dict[str, object]] = []
    for score in scores(operator):
        if not groups or groups[-1]["agreement"] != score.agreement:
            groups.append(
                {
                    "agreement": score.agreement,
                    "title": said(score.agreement.title),
                    "kind": said(KINDS[score.agreement.kind]),
                    "rows": [],
                }
            )
        row = shown(score)
        if row["broken"] and request.user.is_officer:
            row["case"] = open_case_of(request.user, operator, score)
        groups[-1]["rows"].append(row)  # type: ignore[attr-defined]
    context = {
        "operator": operator,
        "groups": groups,
        "files": operator.event_files.select_related("evidence", "added_by")[:20],
        "may": request.user.is_officer,
        "today": clock.today(),
    }
    return render(request, "desk/officer_agreements_operator.html", context)


@require_POST
@told(lambda key: reverse("agreements-of", args=[key]))
def agreements_events(request: HttpRequest, key: str) -> HttpResponse:
    """Import a file of events."""
    operator = get_object_or_404(operators_for(request.user), key=key)
    upload = request.FILES.get("file")
    if upload is None:
        raise InputError(_("Choose a file of events."))
    taken = take_events(request.user, operator, upload)
    done = _("%(rows)s events are new, %(known)s were known, %(others)s are about others.") % {
        "rows": taken.rows, "known": taken.known, "others": taken.others,
    }  # fmt: skip
    messages.success(request, done)
    for fault in taken.faults[:5]:
        messages.error(
            request,
            _("Row %(row)s, %(column)s: %(reason)s %(raw)s")
            % {"row": fault.row + 1, "column": fault.column, "reason": fault.reason, "raw": fault.raw[:60]},
        )
    return redirect("agreements-of", key)


@require_POST
@told(lambda key, agreement, commitment: reverse("agreements-of", args=[key]))
def agreement_open(request: HttpRequest, key: str, agreement: str, commitment: str) -> HttpResponse:
    """Open a case on a breach, or go to the one there is."""
    operator = get_object_or_404(operators_for(request.user), key=key)
    score = one_score(operator, agreement, commitment)
    if score is None:
        raise Http404
    return redirect("case", open_breach(request.user, operator, score).number)


@require_safe
def agreements_draft(request: HttpRequest, key: str) -> HttpResponse:
    """Proposed commitments from what recurs, as Markdown in the page's language."""
    operator: Operator = get_object_or_404(operators_for(request.user), key=key)
    language = "ko" if (get_language() or "ko").startswith("ko") else "en"
    table, events = (book().pack.data(f"agreements/{name}.yaml") for name in ("draft", "events"))
    made = draft_commitments(
        str(operator), map(named, scores(operator)), [], clock.today(), language, table, events
    )
    answer = HttpResponse(made.markdown(book().pack), content_type="text/markdown; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="draft-{operator.key}.md"'
    return answer
