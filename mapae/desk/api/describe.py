"""The description of the API (OpenAPI 3.1) with what all operations share, and its rows for the page and the reference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mapae.desk.api.access import LARGEST, Token
from mapae.desk.api.limits import A_MINUTE, OPEN_A_MINUTE
from mapae.desk.api.problems import MEDIA_TYPE, kinds, type_of
from mapae.desk.api.shapes.common import Problem
from mapae.desk.api.telling import events

__all__ = ["described", "scopes_of"]

_ABOUT = f"""\
What a person's pages show and do, for programs, by the same scope and the same actions. A token acts as its person, within
its scopes; what is not the person's to see does not exist for it. Errors are application/problem+json. Lists go on with
after. Reads carry an ETag. Writes take an Idempotency-Key and are done once. {A_MINUTE} calls a minute for a token,
{OPEN_A_MINUTE} without one; a body holds at most {LARGEST // 1_000_000} MB."""
_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$"},
    "description": "the same key with the same request gets the same answer for 24 hours",
}
_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "schema": {"type": "string"},
    "description": "the ETag you have; 304 where nothing has changed",
}
_PATHS = {
    "number": "number of the case, such as 2026-KFTC-000001",
    "code": "code of the document, as its letter shows it",
    "complaint": "number of the complaint, such as 2026-H-000001",
    "told": "code under which a report is told to you",
    "link": "the secret part of the consumer's address",
    "finding": "id of the finding",
    "item": "id of the item",
    "key": "key of the operator",
    "hook": "id of the webhook",
}
# operation → operations that go on from its answer: (parameter, where its value stands)
_LINKS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "cases": (("case", "timeline", "clocks", "verbs", "items", "documents"), "number", "rows/0/number"),
    "items": (("item",), "item", "rows/0/id"),
    "documents": (("document", "letter", "letter_page", "letter_file"), "code", "rows/0/code"),
    "complaints": (("complaint", "answer_complaint"), "complaint", "rows/0/number"),
    "merchant_reports": (("reply_to_merchant",), "told", "rows/0/code"),
    "findings": (("finding", "accept_finding", "reject_finding", "undo_decision"), "finding", "rows/0/id"),
    "operators": (("operator", "duties", "mandates"), "key", "rows/0/key"),
    "register_webhook": (("webhook", "test_webhook", "deliveries", "end_webhook"), "hook", "id"),
}
_SPENT = {
    "RateLimit-Limit": "calls in a minute",
    "RateLimit-Remaining": "calls left in this minute",
    "RateLimit-Reset": "seconds until the next",
}


def described(schema: dict[str, Any], api: Any) -> dict[str, Any]:
    """The schema with errors, limits, headers, scopes and webhooks added."""
    schema["info"]["description"] = _ABOUT.replace("\n", " ")
    schema["servers"] = [{"url": "/"}]
    parts = schema["components"]
    parts["schemas"]["Problem"] = Problem.model_json_schema()
    parts["responses"] = {slug: _response(slug) for slug in kinds()}
    parts["headers"] = {name: _header(text) for name, text in _SPENT.items()}
    asked = scopes_of(api)
    for path, method, operation in _operations(schema):
        _complete(operation, path, method, asked[operation["operationId"]])
    schema["webhooks"] = {told.name: _webhook(told.means["en"]) for told in events().values()}
    return schema


def scopes_of(api: Any) -> dict[str, Token | None]:
    """Operation → the token it asks for; None where anybody may call."""
    found: dict[str, Token | None] = {}
    for router in api._get_bound_routers():
        for place in router.path_operations.values():
            for operation in place.operations:
                tokens = [each for each in operation.auth_callbacks if isinstance(each, Token)]
                found[operation.view_func.__name__] = tokens[0] if tokens else None
    return found


def _operations(schema: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _complete(operation: dict[str, Any], path: str, method: str, token: Token | None) -> None:
    slugs = ["too-many"]
    if token is not None:
        operation["x-scope"], operation["x-roles"] = token.scope, list(token.roles)
        slugs += ["no-token", "not-allowed"]
    else:
        operation["x-scope"], operation["x-roles"] = "", []
    if "{" in path or operation["operationId"] in ("register", "figures"):
        slugs.append("not-found")
    if operation["parameters"]:
        slugs.append("invalid")
    for part in operation["parameters"]:
        if part["in"] == "path":
            part["description"] = _PATHS[part["name"]]
    if method == "get":
        operation["parameters"].append(_MATCH)
        operation["responses"]["304"] = {"description": "Not changed"}
    else:
        operation["parameters"].append(_KEY)
        slugs += ["bad-json", "refused", "too-large", "not-json", "invalid"]
    for slug in slugs:
        operation["responses"].setdefault(
            str(kinds()[slug].status), {"$ref": f"#/components/responses/{slug}"}
        )
    for status, response in operation["responses"].items():
        if status.startswith("2"):
            names = (*_SPENT,)
            response["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
            if links := _links(operation["operationId"]):
                response["links"] = links


def _links(name: str) -> dict[str, Any]:
    targets, parameter, place = _LINKS.get(name, ((), "", ""))
    value = f"$response.body#/{place}"
    return {each: {"operationId": each, "parameters": {parameter: value}} for each in targets}


def _response(slug: str) -> dict[str, Any]:
    kind = kinds()[slug]
    content = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": _example(slug)}
    return {"description": f"{kind.title['en']}. {kind.means['en']}", "content": {MEDIA_TYPE: content}}


def _example(slug: str) -> dict[str, Any]:
    kind = kinds()[slug]
    return {
        "type": type_of(slug),
        "status": kind.status,
        "title": kind.title["en"],
        "detail": kind.means["en"],
        "errors": [],
    }


def _header(text: str) -> dict[str, Any]:
    return {"description": text, "schema": {"type": "integer"}}


def _webhook(text: str) -> dict[str, Any]:
    data = {
        "case": {"type": "string"},
        "operator": {"type": "string"},
        "seq": {"type": "integer"},
        "at": {"type": "string", "format": "date-time"},
        "on": {"type": "string", "format": "date"},
        "item": {"type": ["integer", "null"]},
        "document": {"type": ["string", "null"]},
    }
    body = {
        "type": {"type": "string"},
        "timestamp": {"type": "string", "format": "date-time"},
        "data": {"type": "object", "properties": data},
    }
    content = {"application/json": {"schema": {"type": "object", "properties": body}}}
    return {
        "post": {
            "summary": text,
            "requestBody": {"content": content},
            "responses": {
                "200": {"description": "any 2xx: taken; 410: never again; else: tried again later"}
            },
        }
    }
