"""Errors of the API as RFC 9457 has them (application/problem+json), every kind from the table in problems.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.http import HttpResponse, JsonResponse

from mapae.desk.law import said

__all__ = ["Kind", "Problem", "kinds", "of_status", "problem", "type_of"]

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of error: its slug, HTTP status, title and meaning by language."""

    slug: str
    status: int
    title: dict[str, str]
    means: dict[str, str]


class Problem(Exception):
    """An error that a view raises. slug: of problems.yaml; errors: what is wrong, one sentence each."""

    def __init__(self, slug: str, detail: str = "", errors: Sequence[str] = ()) -> None:
        super().__init__(slug, detail, errors)
        self.slug, self.detail, self.errors = slug, detail, errors


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by slug."""
    rows = yaml.safe_load(files("mapae.desk.api").joinpath("problems.yaml").read_text("utf-8"))
    return {slug: Kind(slug, **row) for slug, row in rows.items()}


def of_status(status: int) -> str:
    """The slug that stands for a status: that of a server's error above 500, `invalid` for one that has none."""
    wanted = min(status, 500)
    return next((kind.slug for kind in kinds().values() if kind.status == wanted), "invalid")


def type_of(slug: str) -> str:
    """The `type`: where the error is explained."""
    return f"/api/docs#problem-{slug}"


def problem(slug: str, detail: str = "", errors: Sequence[str] = (), *, status: int = 0) -> HttpResponse:
    """The answer. status: where it differs from the kind's own. Titles are in the language that was asked for."""
    kind = kinds()[slug]
    body: dict[str, Any] = {
        "type": type_of(slug),
        "status": status or kind.status,
        "title": said(kind.title),
        "detail": detail or said(kind.means),
        "errors": list(errors),
    }
    answer = JsonResponse(
        body, status=body["status"], content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False}
    )
    if body["status"] == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="mapae"'
    return answer
