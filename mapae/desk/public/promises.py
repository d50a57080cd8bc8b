"""What platforms promised and must do, in figures, and what networks say on their duties: for everybody, as open data too."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mapae.app.agreements import score_json
from mapae.desk import clock
from mapae.desk.agreements.networks import duty_rows, networks
from mapae.desk.agreements.scores import agreements, bound, scores
from mapae.desk.agreements.show import KINDS, shown
from mapae.desk.law import said
from mapae.desk.parties.models import Operator
from mapae.desk.publication.cells import least
from mapae.measures.agreements.score import Score

__all__ = ["networks_page", "promises_data", "promises_page"]

_OPEN = (
    *("agreement", "commitment", "metric", "within", "against", "provision"),
    *("value", "low", "high", "n", "kept", "waiting", "text_seen"),
)


@require_safe
def promises_page(request: HttpRequest) -> HttpResponse:
    """Each agreement with the operators that signed it: values with intervals; what rests on few is not shown."""
    by = {operator: scores(operator) for operator in _operators()}
    groups = []
    for agreement in agreements():
        rows = [
            {"operator": operator, **shown(score)}
            for operator, found in by.items()
            for score in found
            if score.agreement.key == agreement.key and score.n >= least()
        ]
        groups.append(
            {
                "agreement": agreement, "title": said(agreement.title), "kind": said(KINDS[agreement.kind]), "rows": rows,
                "commitments": [{"title": said(one.title), "says": said(one.says)} for one in agreement.commitments],
                "announced": [{**row, "said": said(row["says"])} for row in agreement.announced],
            }
        )  # fmt: skip
    return render(
        request, "desk/public_promises.html", {"groups": groups, "least": least(), "today": clock.today()}
    )


@require_safe
def promises_data(request: HttpRequest) -> HttpResponse:
    """The same as data, without names of units."""
    rows = [
        _row(operator, score) for operator in _operators() for score in scores(operator) if score.n >= least()
    ]
    body = {"as_of": clock.today().isoformat(), "suppressed_below": least(), "rows": rows}
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
def networks_page(request: HttpRequest) -> HttpResponse:
    """Networks side by side, duty by duty. Officers and auditors read verdicts, others what was found."""
    user = request.user
    verdicts = user.is_authenticated and user.role in ("officer", "auditor")
    columns = networks(verdicts=verdicts)
    shown_acts = [
        {
            "column": column,
            "cell": cell,
            "rows": [shown(act) for act in cell["acts"] if verdicts or act.n >= least()],
        }
        for column in columns
        for cell in column.cells
    ]
    context = {
        "duties": duty_rows(), "columns": columns, "acts": [one for one in shown_acts if one["rows"]],
        "verdicts": verdicts, "least": least(),
    }  # fmt: skip
    return render(request, "desk/public_networks.html", context)


def _operators() -> list[Operator]:
    """Operators that signed something, or about whom events were kept."""
    signed = [one for one in agreements() if one.operators]
    every = Operator.objects.all()
    kept = set(every.filter(events__isnull=False).values_list("pk", flat=True))
    return [one for one in every if one.pk in kept or any(bound(one, agreement) for agreement in signed)]


def _row(operator: Operator, score: Score) -> dict[str, Any]:
    told = score_json(score)
    return {"operator": operator.key, **{name: told[name] for name in _OPEN}}
