"""Finds a pack and reads it: law compiled to provisions and parameters, every other file on demand."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from mapae.errors import PackError
from mapae.model.law import Parameter, Provision
from mapae.pack.compile import Law, compile_law
from mapae.pack.problem import report

__all__ = ["Pack", "find_pack", "load_pack"]

PACKS = Path(__file__).resolve().parents[1] / "packs"


@dataclass(frozen=True)
class Pack:
    """A country's data. key `kr`; root: its folder; files are read when they are asked for, once."""

    key: str
    root: Path
    _read: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def hash(self) -> str:
        """16 hex digits over every file's name and content: a run's pack_hash."""
        digest = hashlib.sha256()
        for path in sorted(
            item for item in self.root.rglob("*") if item.is_file() and "__pycache__" not in item.parts
        ):
            digest.update(str(path.relative_to(self.root)).encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()[:16]

    @cached_property
    def _law(self) -> Law:
        law = compile_law(self.root / "law")
        if law.problems:
            raise PackError(report(law.problems), mend="put right what is named, then: mapae law check")
        return law

    @property
    def provisions(self) -> dict[str, Provision]:
        """Articles by key (`ECA 20-5`)."""
        return self._law.provisions

    @property
    def parameters(self) -> dict[str, Parameter]:
        """Legal quantities by key (`eca.20-5.revenue_threshold`)."""
        return self._law.parameters

    def with_parameters(self, changed: Mapping[str, Parameter]) -> Pack:
        """The same pack with these parameters in place of its own: what if a draft were law."""
        law = Law(self.provisions, {**self.parameters, **changed})
        pack = Pack(self.key, self.root, self._read)
        pack.__dict__["_law"] = law
        return pack

    def data(self, name: str) -> Any:
        """A YAML file of the pack, parsed; PackError where there is none or it is no YAML."""
        if name not in self._read:
            path = self.root / name
            if not path.is_file():
                raise PackError(
                    "the pack has no such file", where=str(path), mend=f"add {name} to pack {self.key}"
                )
            try:
                self._read[name] = yaml.load(
                    path.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)
                )
            except yaml.YAMLError as error:
                raise PackError(f"not YAML: {error}", where=str(path), mend="mend the line named") from error
        return self._read[name]


def find_pack(key: str) -> Path:
    """The folder of a pack by key, or a folder given as a path; PackError where there is none."""
    for root in (PACKS / key, Path(key)):
        if (root / "law").is_dir():
            return root
    known = ", ".join(sorted(path.name for path in PACKS.iterdir() if (path / "law").is_dir()))
    raise PackError(f"there is no pack {key!r}", where="--pack", mend=f"packs here are: {known}")


@cache
def load_pack(key: str = "kr") -> Pack:
    """The pack of that key (`kr`) or folder. Law is compiled when it is first asked for; PackError names every fault."""
    root = find_pack(key)
    return Pack(root.name, root)
