"""Writes docs/reference/api.md from the API's own description: operations, shapes, errors, events, scopes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

__all__ = ["api_reference"]

ROOT = Path(__file__).resolve().parents[1]
_HEAD = """\
# API reference

Written by `make docs`; do not edit. A session step by step: [Call the API](../how-to/api.md). The desk shows this page in
Korean, English and Chinese at `/api/docs`, and the description as OpenAPI 3.1 at `/api/v1/openapi.json`.
"""


def api_reference() -> str:
    """The page, made in a process of its own: the desk's settings want a home, and this one is thrown away."""
    with tempfile.TemporaryDirectory() as home:
        known = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}
        env = {**known, "MAPAE_HOME": home, "DJANGO_SETTINGS_MODULE": "mapae.desk.settings"}
        done = subprocess.run(
            [sys.executable, "-m", "tools.api_reference"], cwd=ROOT, env=env, capture_output=True, text=True, check=False
        )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"the API's description cannot be made:\n{done.stderr}")
    return done.stdout


def _page() -> Iterator[str]:
    from mapae.desk.accounts.tokens import SCOPES
    from mapae.desk.api.catalogue import groups, shapes
    from mapae.desk.api.problems import kinds
    from mapae.desk.api.telling import events
    from mapae.desk.api.v1 import api

    yield _HEAD
    yield api.get_openapi_schema()["info"]["description"]
    yield "## Scopes\n\n| scope | opens | roles |\n|---|---|---|\n" + "\n".join(
        f"| `{key}` | {scope.title['en']} | {', '.join(scope.roles)} |" for key, scope in SCOPES.items()
    )
    for group in groups():
        yield f"## {group.tag}"
        yield from (_operation(each) for each in group.operations)
    yield "## Errors\n\n| type | status | meaning |\n|---|---|---|\n" + "\n".join(
        f"| `{kind.slug}` | {kind.status} | {kind.title['en']}. {kind.means['en']} |"
        for kind in kinds().values()
    )
    yield "## Events that webhooks tell\n\n| event | meaning | also to agents |\n|---|---|---|\n" + "\n".join(
        f"| `{told.name}` | {told.means['en']} | {'yes' if told.agents else 'no'} |"
        for told in events().values()
    )
    yield "## Shapes"
    for shape in shapes():
        fields = ", ".join(f"`{part.name}` {part.type}" for part in shape.fields)
        yield f"### {shape.name}\n\n{shape.about}\n\n{fields}"


def _operation(each: object) -> str:
    from mapae.desk.api.catalogue import Operation

    assert isinstance(each, Operation)
    who = f"scope `{each.scope}`" if each.scope else "no token"
    roles = f" · {', '.join(each.roles)}" if each.roles else ""
    lines = [f"### {each.method} {each.path}", "", f"{each.summary}. {each.about}", "", f"Who: {who}{roles}"]
    lines[-1] += f" · body: {each.body}" if each.body else ""
    lines[-1] += f" · answer: {each.answer or each.media}"
    if each.parts:
        lines += ["", "| parameter | in | type | meaning |", "|---|---|---|---|"]
        lines += [f"| `{part.name}` | {part.place} | {part.type} | {part.about} |" for part in each.parts]
    return "\n".join(lines)


if __name__ == "__main__":
    import django

    django.setup()
    print("\n\n".join(part.rstrip() for part in _page()))
