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

from mapae.desk.agreements.networks import Column, duty_rows, networks
from mapae.desk.agreements.show import shown
from mapae.desk.parties.models import Operator
from mapae.desk.publication.cells import least

__all__ = ["networks_page", "one_network"]


@require_safe
def networks_page(request: HttpRequest) -> HttpResponse:
    """Every network whose documents were read, duty by duty."""
    columns = networks(verdicts=_verdicts(request))
    return render(request, "desk/public_networks.html", _context(request, columns, columns))


@require_safe
def one_network(request: HttpRequest, key: str) -> HttpResponse:
    """One of them: each duty with what its documents say, what it did, and what the others say."""
    operator = get_object_or_404(Operator, key=key)
    columns = networks(verdicts=_verdicts(request))
    own = next((each for each in columns if each.operator == operator), None)
    others = [each for each in columns if each is not own]
    context = _context(request, columns, [own] if own else [])
    context |= {
        "operator": operator, "compared": bool(others), "column": own, "answer": _answer(own) if own else "",
        "cells": list(zip(own.cells, _shares(own, others), strict=True)) if own else [],
    }  # fmt: skip
    return render(request, "desk/public_network.html", context)


def _verdicts(request: HttpRequest) -> bool:
    user = request.user
    return bool(user.is_authenticated and user.role in ("officer", "auditor"))


def _context(request: HttpRequest, columns: list[Column], acting: Iterable[Column]) -> dict[str, Any]:
    verdicts = _verdicts(request)
    acts = [
        {
            "column": column,
            "cell": cell,
            "rows": [shown(act) for act in cell["acts"] if verdicts or act.n >= least()],
        }
        for column in acting
        for cell in column.cells
    ]
    return {
        "duties": duty_rows(), "columns": columns, "acts": [one for one in acts if one["rows"]],
        "verdicts": verdicts, "least": least(),
    }  # fmt: skip


def _answer(column: Column) -> str:
    """How far its documents go, in one sentence."""
    told = {"met": column.met, "all": len(column.cells)}
    unknown = sum(cell["status"] == "cannot_tell" for cell in column.cells)
    said = _("Its documents show %(met)s of %(all)s duties.") % told
    return f"{said} {_('Of %(n)s they do not tell.') % {'n': unknown}}" if unknown else said


def _shares(own: Column, others: list[Column]) -> list[str]:
    """For each duty, of how many other networks the documents show it; empty where no other was read."""
    if not others:
        return ["" for _cell in own.cells]
    return [
        _("%(met)s of %(all)s other networks")
        % {"met": sum(each.cells[at]["status"] == "met" for each in others), "all": len(others)}
        for at in range(len(own.cells))
    ]
