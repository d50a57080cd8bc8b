"""Who calls: the token's person, its scopes, and the operators it deals with."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from mapae.desk.accounts.tokens import granted
from mapae.desk.api.access import Token, caller, token_of
from mapae.desk.api.shapes.common import Me
from mapae.desk.scope import operators_for

__all__ = ["router"]

router = Router(tags=["Token"])


@router.get("/me", response=Me, auth=Token("read"), summary="Whose token it is")
def me(request: HttpRequest) -> Any:
    """Person, role, scopes, end of the token, and operators."""
    user, token = caller(request), token_of(request)
    return {
        "name": user.name,
        "role": user.role,
        "body": user.body.key if user.body else "",
        "firm": user.firm.name_en if user.firm else "",
        "scopes": granted(token),
        "expires_at": token.expires_at,
        "operators": list(operators_for(user).values_list("key", flat=True)),
    }
