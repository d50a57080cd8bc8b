"""API tokens of a person: made, shown once, revoked; each with its scopes and an end."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mapae.desk import clock
from mapae.desk.accounts.models import ApiToken
from mapae.desk.agent.forms import sent
from mapae.desk.audit.models import record

__all__ = ["DAYS", "MOST", "SCOPES", "revoke", "tokens"]

# scope → what it opens, for agents
SCOPES = {
    "read": {
        "ko": "사건·문서·항목 읽기",
        "en": "Read cases, documents and items",
        "zh": "读取案件、文书和项目",
    },
    "answer": {
        "ko": "답변·이의·연장 신청 제출",
        "en": "Submit answers, contests and requests for time",
        "zh": "提交答复、异议和延期申请",
    },
}
DAYS = (30, 90, 365)  # for how long a token may be made
MOST = 20  # tokens of one person


def tokens(request: HttpRequest) -> HttpResponse:
    """The person's tokens; a new one is shown on this answer only and never again."""
    shown = ""
    if request.method == "POST":
        name, days = sent(request, "name", 80), request.POST.get("days", "")
        scopes = [scope for scope in request.POST.getlist("scope") if scope in SCOPES]
        if wrong := _wrong(request, name, days, scopes):
            messages.error(request, wrong)
        else:
            shown = _make(request, name, int(days), scopes)
    context = {
        "tokens": request.user.tokens.order_by("-created_at"), "scopes": SCOPES, "lengths": DAYS, "shown": shown,
        "at": clock.now(),
    }  # fmt: skip
    response = render(request, "desk/agent_tokens.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The token opens nothing any more."""
    token = get_object_or_404(request.user.tokens, pk=pk)
    with transaction.atomic():
        record(request.user, "token_revoked", f"user:{request.user.pk}", token=token.pk)
        token.delete()
    messages.success(request, _("The token is void now."))
    return redirect("agent-tokens")


def _wrong(request: HttpRequest, name: str, days: str, scopes: list[str]) -> str:
    if not name:
        return _("Give the token a name, so that you know it again.")
    if not scopes:
        return _("Choose at least one scope.")
    if days not in {str(length) for length in DAYS}:
        return _("Choose how long it holds.")
    if request.user.tokens.count() >= MOST:
        return _("You have %(most)s tokens; revoke one first.") % {"most": MOST}
    return ""


def _make(request: HttpRequest, name: str, days: int, scopes: list[str]) -> str:
    token, digest = ApiToken.make()
    now = clock.now()
    with transaction.atomic():
        made = ApiToken.objects.create(
            user=request.user,
            name=name,
            digest=digest,
            scopes=scopes,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        record(request.user, "token_made", f"user:{request.user.pk}", token=made.pk, scopes=" ".join(scopes))
    return token
