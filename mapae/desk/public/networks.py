"""Does a network do enough when a deal goes wrong? All of them side by side, and a page for each, for everybody.

Officers and auditors read verdicts, others what was found.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mapae.desk.agreements.kept import current, figure_key
from mapae.desk.agreements.models import PromiseSnapshot
from mapae.desk.agreements.networks import Column, duty_rows, networks
from mapae.desk.agreements.show import shown
from mapae.desk.parties.models import Operator
from mapae.desk.publication.cells import least

__all__ = ["networks_page", "one_network"]


@require_safe
def networks_page(request: HttpRequest) -> HttpResponse:
    """Every network whose documents were read, duty by duty."""
    snapshot = None if _verdicts(request) else current()
    columns = networks(snapshot)
    return render(request, "desk/public_networks.html", _context(snapshot, columns, columns))


@require_safe
def one_network(request: HttpRequest, key: str) -> HttpResponse:
    """One of them: each duty with what its documents say, what it did, and what the others say."""
    operator = get_object_or_404(Operator, key=key)
    snapshot = None if _verdicts(request) else current()
    columns = networks(snapshot)
    own = next((each for each in columns if each.operator == operator), None)
    others = [each for each in columns if each is not own]
    context, answer = _context(snapshot, columns, [own] if own else []), ""
    if own:
        answer = _answer(own, verdicts=snapshot is None)
    context |= {
        "operator": operator, "compared": bool(others), "column": own, "answer": answer,
        "cells": list(zip(own.cells, _shares(own, others), strict=True)) if own else [],
    }  # fmt: skip
    return render(request, "desk/public_network.html", context)


def _verdicts(request: HttpRequest) -> bool:
    user = request.user
    return bool(user.is_authenticated and user.role in ("officer", "auditor"))


def _context(
    snapshot: PromiseSnapshot | None, columns: list[Column], acting: Iterable[Column]
) -> dict[str, Any]:
    acts = [
        {
            "column": column,
            "cell": cell,
            "rows": [
                {**shown(act), "figure": figure_key(act.agreement, act.commitment)}
                for act in cell["acts"]
                if snapshot is None or act.n >= least()
            ],
        }
        for column in acting
        for cell in column.cells
    ]
    return {
        "duties": duty_rows(), "columns": columns, "acts": [one for one in acts if one["rows"]], "snapshot": snapshot,
        "verdicts": snapshot is None, "least": least(),
    }  # fmt: skip


def _answer(column: Column, *, verdicts: bool) -> str:
    """Whether it does enough, in a sentence or two: for authorities of documents and acts, else of its documents."""
    unknown = column.count("cannot_tell")
    told = {"met": column.met, "all": len(column.cells), "not_met": column.count("not_met"), "n": unknown}
    if verdicts:
        said = _("Of %(all)s duties it meets %(met)s and does not meet %(not_met)s.") % told
        return f"{said} {_('Of %(n)s nobody can tell.') % told}" if unknown else said
    said = _("Its documents show %(met)s of %(all)s duties.") % told
    return f"{said} {_('Of %(n)s they do not tell.') % told}" if unknown else said


def _shares(own: Column, others: list[Column]) -> list[str]:
    """For each duty, of how many other networks the documents show it; empty where no other was read."""
    if not others:
        return ["" for _cell in own.cells]
    return [
        _("%(met)s of %(all)s other networks")
        % {"met": sum(each.cells[at]["status"] == "met" for each in others), "all": len(others)}
        for at in range(len(own.cells))
    ]
