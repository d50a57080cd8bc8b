"""The API, version 1: what a person's pages show and do, by the same scope and the same actions."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.renderers import JSONRenderer

from mapae.desk.api.access import Token
from mapae.desk.api.describe import described
from mapae.desk.api.operations import (
    audit,
    cases,
    complaints,
    documents,
    findings,
    items,
    me,
    merchants,
    parties,
    products,
    webhooks,
)
from mapae.desk.api.problems import Problem, of_status, problem
from mapae.errors import MapaeError

__all__ = ["ROUTERS", "api"]

ROUTERS = (me, findings, cases, items, documents, complaints, merchants, parties, products, webhooks, audit)


class Plain(JSONRenderer):
    """JSON in UTF-8, Korean and Chinese as they are written."""

    json_dumps_params = {"ensure_ascii": False}


class Api(NinjaAPI):
    """The API with its description."""

    _described: Any = None

    def get_openapi_operation_id(self, operation: Any) -> str:
        """The function's own name: short, and the same in the permission table."""
        return str(operation.view_func.__name__)

    def get_openapi_schema(self, **more: Any) -> Any:
        """The description with errors, limits, headers, scopes and webhooks."""
        if self._described is None:
            self._described = described(json.loads(json.dumps(super().get_openapi_schema(**more))), self)
        return self._described


api = Api(
    title="Mapae", version="1", docs_url=None, urls_namespace="api-v1", auth=Token("read"), renderer=Plain()
)
for module in ROUTERS:
    api.add_router("", module.router)


@api.exception_handler(Problem)
def _problem(request: HttpRequest, error: Problem) -> HttpResponse:
    return problem(error.slug, error.detail, error.errors)


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(of_status(error.status_code), status=error.status_code)


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem("no-token")


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem("not-found")


@api.exception_handler(RequestDataTooBig)
def _large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem("too-large")


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    said = [f"{'.'.join(str(part) for part in each['loc'])}: {each['msg']}" for each in error.errors]
    return problem("invalid", errors=said)


@api.exception_handler(MapaeError)
def _refused(request: HttpRequest, error: MapaeError) -> HttpResponse:
    return problem("refused", f"{error.what} {error.mend}".strip())
