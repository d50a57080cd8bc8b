"""`mapae compare`: two versions of a privacy policy, item by item."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import orjson
import typer

from mapae.app.compare_policies import PAGE, compare_policies
from mapae.cli.locales import language
from mapae.pack import load_pack

__all__ = ["app"]

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(epilog="Example: mapae compare policy-2025.md policy-2026.html --out changes/")
def compare_versions(
    old: Path = typer.Argument(..., metavar="OLD", help="the earlier version: Markdown, text, HTML or PDF"),
    new: Path = typer.Argument(..., metavar="NEW", help="the later version"),
    out: Path | None = typer.Option(
        None, "--out", metavar="DIR", help="write comparison.html and comparison.json here"
    ),
    pack: str = typer.Option("kr", "--pack", help="the jurisdiction"),
    as_json: bool = typer.Option(False, "--json", help="print the comparison as JSON"),
) -> None:
    """Say which items of a policy changed, in substance or only in form, with the sentences on both sides.

    The order of sections, spaces, markup and numbering are form. Exits 0 whatever changed.
    """
    found = compare_policies(old, new, load_pack(pack), out, language())
    typer.echo(orjson.dumps(found).decode() if as_json else _summary(found))
    if out is not None and not as_json:
        typer.echo(f"page: {out / PAGE}")


def _summary(found: dict[str, Any]) -> str:
    kinds = Counter(item["kind"] for item in found["differences"])
    told = ", ".join(f"{kind} {count:,}" for kind, count in sorted(kinds.items())) or "no sentence differs"
    lines = [f"change: {found['change']} ({told})"]
    for item in found["items"]:
        if item["change"] != "none":
            moved = item["old_status"] != item["new_status"]
            status = f"{item['old_status']} → {item['new_status']}" if moved else item["new_status"]
            lines.append(f"  {item['item']:<32} {item['change']:<12} {status}")
    return "\n".join(lines)
