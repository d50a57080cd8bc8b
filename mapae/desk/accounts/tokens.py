"""Tokens for the API: scopes by role, made and revoked by their person, kept as a hash only; every change is audited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import ApiToken, User
from mapae.desk.audit.models import record
from mapae.errors import InputError

__all__ = ["DAYS", "MOST", "SCOPES", "Scope", "granted", "make_token", "revoke_token", "scopes_for"]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a scope opens, in words, and the roles that may give it to a token."""

    title: dict[str, str]
    roles: tuple[str, ...]


SCOPES: dict[str, Scope] = {
    "read": Scope(
        {"ko": "볼 수 있는 자료 읽기", "en": "Read what you may see", "zh": "读取可查看的内容"},
        ("agent", "headquarters", "officer", "auditor"),
    ),
    "answer": Scope(
        {
            "ko": "답변·이의·연장 신청 제출",
            "en": "Submit answers, contests and requests for time",
            "zh": "提交答复、异议和延期申请",
        },
        ("agent",),
    ),
    "file": Scope(
        {"ko": "소비자 상담 접수", "en": "File complaints of consumers", "zh": "提交消费者投诉"},
        ("officer",),
    ),
    "decide": Scope(
        {"ko": "탐지 결과 결정", "en": "Decide on findings", "zh": "对发现作出决定"},
        ("officer",),
    ),
    "hooks": Scope(
        {"ko": "웹훅 등록·삭제", "en": "Register and remove webhooks", "zh": "登记和删除webhook"},
        ("agent", "officer"),
    ),
    "audit": Scope(
        {"ko": "감사 기록의 끝값 읽기", "en": "Read the heads of the audit log", "zh": "读取审计日志链头"},
        ("auditor",),
    ),
}
DAYS = (30, 90, 365)  # for how long a token may be made
MOST = 20  # tokens of one person


def scopes_for(user: User) -> dict[str, Scope]:
    """The scopes a person may give to a token, by key."""
    return {key: scope for key, scope in SCOPES.items() if user.role in scope.roles}


def granted(token: ApiToken) -> list[str]:
    """What the token opens now: its scopes as far as its person's present role still has them."""
    return [scope for scope in scopes_for(token.user) if scope in token.scopes]


def make_token(user: User, name: str, days: int, scopes: Sequence[str]) -> tuple[ApiToken, str]:
    """(row, token to show once); InputError says what is missing."""
    chosen = [scope for scope in scopes_for(user) if scope in scopes]
    _refuse(user, name, days, chosen)
    token, digest = ApiToken.make()
    now = clock.now()
    with transaction.atomic():
        made = ApiToken.objects.create(
            user=user, name=name, digest=digest, scopes=chosen, created_at=now, expires_at=now + timedelta(days=days)
        )  # fmt: skip
        record(user, "token_made", f"user:{user.pk}", token=made.pk, scopes=" ".join(chosen))
    return made, token


def revoke_token(user: User, token: ApiToken) -> None:
    """It opens nothing any more."""
    with transaction.atomic():
        record(user, "token_revoked", f"user:{token.user_id}", token=token.pk)
        token.delete()


def _refuse(user: User, name: str, days: int, chosen: list[str]) -> None:
    if not name:
        raise InputError(_("Give the token a name, so that you know it again."))
    if not chosen:
        raise InputError(_("Choose at least one scope."))
    if days not in DAYS:
        raise InputError(_("Choose how long it holds."))
    if user.tokens.count() >= MOST:
        raise InputError(_("You have %(most)s tokens; revoke one first.") % {"most": MOST})
