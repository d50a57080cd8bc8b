"""Writes the generated pages (README table, commands, records, provisions, index); --check says what is stale or missing."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path

import click
import typer
import yaml

from mapae.cli.main import COMMANDS
from tools.api_reference import api_reference
from tools.completeness import faults
from tools.list_sources import list_sources
from tools.reference import index, provisions, records

ROOT = Path(__file__).resolve().parents[1]
START, END = "<!-- measures: generated from the coverage register -->", "<!-- measures: end -->"
STATUS = {"complete": "complete", "partial": "in part", "planned": "planned"}


def measures_table() -> str:
    """The thirteen measures as a Markdown table, from packs/kr/measures.yaml."""
    register = yaml.safe_load((ROOT / "mapae/packs/kr/measures.yaml").read_text("utf-8"))
    lines = ["| measure | what was announced | state | shown by |", "|---|---|---|---|"]
    for row in register:
        proof = ", ".join(f"`{item}`" for item in row["proof"]) or "not yet"
        announced = f"{row['announced']['en']} · {row['announced']['ko']}"
        lines.append(f"| `{row['key']}` | {announced} | {STATUS[row['status']]} | {proof} |")
    return "\n".join(lines)


def readme() -> str:
    """The README with the table of measures put in anew."""
    text = (ROOT / "README.md").read_text("utf-8")
    return re.sub(
        f"{re.escape(START)}.*?{re.escape(END)}",
        lambda _: f"{START}\n{measures_table()}\n{END}",
        text,
        flags=re.S,
    )


def command_reference() -> str:
    """Every command with its help, as `mapae NAME --help` prints it at 100 columns."""
    parts = ["# Command reference\n\nWritten by `make docs` from the commands themselves.\n"]
    for name, (target, _) in COMMANDS.items():
        module, attribute = target.split(":")
        found = getattr(importlib.import_module(module), attribute)
        command = typer.main.get_command(found) if isinstance(found, typer.Typer) else found
        parts += _pages(command, f"mapae {name}")
    return "\n".join(parts)


def _pages(command: click.Command, path: str) -> list[str]:
    context = click.Context(command, info_name=path, terminal_width=100, max_content_width=100)
    pages = [f"## {path}\n\n```text\n{command.get_help(context).strip()}\n```\n"]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                pages += _pages(inner, f"{path} {name}")
    return pages


def main(check: bool) -> int:
    """Write the pages, or with `check` say which are stale; either way say what is documented nowhere."""
    pages = {
        "README.md": readme,
        "docs/reference/commands.md": command_reference,
        "docs/reference/list-sources.md": list_sources,
        "docs/reference/records.md": records,
        "docs/reference/provisions.md": provisions,
        "docs/reference/api.md": api_reference,
        "docs/README.md": index,
    }
    stale = []
    for name, make in pages.items():
        text = make()
        path = ROOT / name
        if path.is_file() and path.read_text("utf-8") == text:
            continue
        stale.append(name)
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    missing = faults(ROOT)
    for fault in missing:
        print(fault)
    if check and stale:
        print(f"stale: {', '.join(stale)}\n  mend: make docs, and commit what it writes")
    return 1 if missing or (check and stale) else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
