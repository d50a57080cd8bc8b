"""What the docs must name: settings, record kinds, commands, list sources, measures; and that every link leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from mapae.cli.main import COMMANDS
from mapae.model.records import KINDS
from mapae.sources.agencies import source_names

__all__ = ["faults"]

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_SETTING = re.compile(r"\b(?:MAPAE|DEMO)_[A-Z_]+\b")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def faults(root: Path) -> list[str]:
    """One line for each thing that is documented nowhere, and each link that leads nowhere."""
    return [*_unnamed(root), *_broken(root)]


def _unnamed(root: Path) -> Iterator[str]:
    reference = root / "docs/reference"
    wanted = (
        ("settings.md", sorted(_settings(root))),
        ("records.md", [f"## {kind}" for kind in KINDS]),
        ("commands.md", [f"## mapae {name}" for name in COMMANDS]),
        ("list-sources.md", sorted(source_names())),
    )
    for page, names in wanted:
        path = reference / page
        text = path.read_text("utf-8") if path.is_file() else ""
        for name in names:
            if name not in text:
                yield f"docs/reference/{page}: {name!r} is not documented"
    register = yaml.safe_load((root / "mapae/packs/kr/measures.yaml").read_text("utf-8"))
    for row in register:
        folder = root / "mapae/measures" / row["key"]
        pages = [
            f"{page.name} {page.read_text('utf-8')}" for page in (root / "docs/explanation").glob("*.md")
        ]
        if (folder / "__init__.py").is_file() and not any(row["key"] in page for page in pages):
            yield f"docs/explanation: no page speaks of the measure {row['key']}"


def _settings(root: Path) -> set[str]:
    """Environment variables the code, the build and the tests read."""
    files = [
        *root.glob("mapae/**/*.py"),
        *root.glob("bench/*.py"),
        *root.glob("tests/*.py"),
        root / "Makefile",
    ]
    return {name for file in files for name in _SETTING.findall(file.read_text("utf-8"))}


def _pages(root: Path) -> list[Path]:
    return sorted([*root.glob("*.md"), *root.glob("docs/**/*.md"), *root.glob("bench/*.md")])


def _broken(root: Path) -> Iterator[str]:
    for page in _pages(root):
        for target in _LINK.findall(_FENCE.sub("", page.read_text("utf-8"))):
            if "://" in target or target.startswith("mailto:"):
                continue
            name, _, anchor = target.partition("#")
            path = (page.parent / name).resolve() if name else page
            where = page.relative_to(root)
            if not path.exists():
                yield f"{where}: the link to {target} leads nowhere"
            elif anchor and path.suffix == ".md" and anchor not in _anchors(path):
                yield f"{where}: {name or page.name} has no heading #{anchor}"


def _anchors(page: Path) -> set[str]:
    heads = _HEADING.findall(page.read_text("utf-8"))
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}
