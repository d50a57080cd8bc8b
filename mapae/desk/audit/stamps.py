"""Time-stamps beside kept heads: `2026-11-25.tsr` proves that `2026-11-25.json` was there at that moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from django.conf import settings

from mapae.desk.audit.authority import ask, holds, read_roots
from mapae.desk.audit.models import record
from mapae.errors import InputError

__all__ = ["Stamp", "add_stamps", "newest_kept", "read_stamps", "stamp_states", "unstamped"]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A head's stamp. head: name of the head's file; at: when it was stamped, None where it does not hold; why: then why."""

    head: str
    at: datetime | None
    why: str = ""


def unstamped(folder: Path) -> list[Path]:
    """Heads of the folder that have no stamp, the oldest first."""
    return [path for path in sorted(folder.glob("*.json")) if not path.with_suffix(".tsr").is_file()]


def newest_kept(folder: Path) -> tuple[str, bool] | None:
    """(day, whether it is time-stamped) of the newest head in the folder; None where none is kept."""
    days = sorted(path.stem for path in folder.glob("*.json"))
    return (days[-1], (folder / f"{days[-1]}.tsr").is_file()) if days else None


def add_stamps(folder: Path, *, most: int = 10) -> list[Path]:
    """Have heads stamped that are not yet; the stamps' files. Nothing where nobody is to be asked (MAPAE_TSA).

    InputError where the authority gives no stamp; what was stamped before that stays.
    """
    made = []
    for path in unstamped(folder)[:most] if settings.STAMPING.url else ():
        answer = ask(path.read_bytes(), settings.STAMPING.url, loopback=bool(settings.TRAINING))
        target = path.with_suffix(".tsr")
        draft = target.with_suffix(".part")
        draft.write_bytes(answer)
        draft.replace(target)
        record("stamping", "audit_stamped", f"head:{path.stem}")
        made.append(target)
    return made


def read_stamps(folder: Path, roots: Sequence[x509.Certificate]) -> Iterator[Stamp]:
    """The stamps of a folder, each held against its head and the roots."""
    for path in sorted(folder.glob("*.tsr")):
        head = path.with_suffix(".json")
        try:
            if not head.is_file():
                raise InputError("the head that was stamped is gone", where=head.name)
            yield Stamp(head.name, holds(path.read_bytes(), head.read_bytes(), roots, path.name))
        except InputError as error:
            yield Stamp(head.name, None, error.what)


def stamp_states(folder: Path) -> dict[str, tuple[str, datetime | None]]:
    """Head's file → (`holds`, `broken` or `unchecked`, when it was stamped); heads without a stamp are left out.

    Unchecked: no certificates are named to hold stamps against (MAPAE_TSA_ROOTS).
    """
    if settings.STAMPING.roots is None:
        return {f"{path.stem}.json": ("unchecked", None) for path in folder.glob("*.tsr")}
    stamps = read_stamps(folder, read_roots(settings.STAMPING.roots))
    return {each.head: ("broken" if each.why else "holds", each.at) for each in stamps}
