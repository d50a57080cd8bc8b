"""`mapae desk`: keep the desk's database and evidence; `mapae serve` runs it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from mapae.cli.spoken import say
from mapae.errors import UsageError
from mapae.processes import without_pandas

if TYPE_CHECKING:
    from mapae.desk.audit.check import Checked

__all__ = ["app", "manage", "ready", "setup"]

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Keep the desk: database, evidence, audit.",
)


def setup() -> None:
    """Make Django ready; UsageError where the desk is not installed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mapae.desk.settings")
    try:
        import django
    except ModuleNotFoundError:
        raise UsageError(
            "the desk is not installed", mend="pip install 'mapae[desk]', or make demo in a checkout"
        ) from None
    without_pandas()
    django.setup()


def ready() -> None:
    """Make Django ready and look whether the database has the tables of this Mapae; UsageError where it has not."""
    setup()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise UsageError(
            "the database does not have the tables of this version",
            where=str(connection.settings_dict["NAME"]),
            mend="mapae desk migrate",
        )


def manage(*words: str, **options: Any) -> None:
    """Run a Django management command."""
    setup()
    from django.core.management import call_command

    call_command(*words, **options)


@app.command(epilog="Example: mapae desk migrate")
def migrate() -> None:
    """Make or change the tables of the database ($DATABASE_URL, else SQLite in $MAPAE_HOME/desk)."""
    manage("migrate", verbosity=0, interactive=False)
    say("the database is up to date")


@app.command("import", epilog="Example: mapae desk import findings/")
def import_runs(
    folders: list[Path] = typer.Argument(..., metavar="OUT...", help="folders that mapae screen wrote"),
) -> None:
    """Bring findings of screening runs into the inbox, each finding once, and rankings of consignments; an import that was
    cut off goes on."""
    ready()
    from mapae.desk.findings.intake import import_run
    from mapae.desk.inspections.rankings import import_ranking, is_ranking

    for folder in folders:
        if is_ranking(folder):
            ranking = import_ranking(folder)
            say(f"{folder}: {ranking.selected.count():,} lines to inspect are in (ranking {ranking.pk})")
            continue
        run = import_run(folder, progress=_progress(folder))
        say(f"{folder}: {run.findings:,} findings are in the inbox (run {run.pk})")


def _progress(folder: Path) -> Callable[[int, int], None]:
    """Says on a terminal's stderr how far an import is."""

    def say(done: int, total: int) -> None:
        if sys.stderr.isatty():
            typer.echo(f"{folder}: {done:,} of {total:,}", err=True)

    return say


@app.command(epilog="Example: mapae desk work")
def work(
    once: bool = typer.Option(False, "--once", help="one round, then end"),
    pause: float = typer.Option(2.0, "--pause", min=0.1, help="seconds between rounds"),
    follow: int = typer.Option(0, "--follow", hidden=True, help="end with the process of this number"),
) -> None:
    """Hand over what waits in the outbox (mail, webhooks), and settle public notices, until stopped."""
    ready()
    from mapae.desk.documents import worker

    if once:
        say(f"{worker.round_once()} tried")
        return
    worker.run(pause=pause, follow=follow)


@app.command("verify-audit", epilog="Example: mapae desk verify-audit --heads /mnt/other/audit-heads")
def verify_audit(
    heads: Path | None = typer.Option(
        None, "--heads", help="folder with kept heads; without it the desk's own"
    ),
    roots: Path | None = typer.Option(
        None, "--roots", help="certificates (PEM) that time-stamps must lead to; else $MAPAE_TSA_ROOTS"
    ),
    as_json: bool = typer.Option(False, "--json", help="as JSON"),
) -> None:
    """Find audit entries that were changed, removed or inserted, and heads whose time-stamp does not hold.

    Exit 0: all is as it was written; 1: something is not, the first named first; 2: a file cannot be read.
    """
    ready()
    from mapae.desk.audit.check import check

    found = check(heads, roots)
    if as_json:
        typer.echo(json.dumps(found.plain(), indent=1))
    else:
        say("\n".join(_lines(found)))
    if found.faults:
        raise typer.Exit(1)


def _lines(found: Checked) -> list[str]:
    told = [f"entry {fault.seq}: {fault.kind}: {fault.why}" for fault in found.faults]
    told.append(f"{found.report.entries:,} entries read, {found.report.heads} kept heads agree")
    if found.stamps:
        newest = max(each.at for each in found.stamps if each.at)
        told.append(f"{len(found.stamps)} time-stamps hold, the newest of {newest.isoformat()}")
    if found.unchecked:
        told.append(
            f"{found.unchecked} time-stamps were not checked: name their root (--roots, MAPAE_TSA_ROOTS)"
        )
    if found.unstamped and (found.stamps or found.unchecked):
        told.append(f"{len(found.unstamped)} heads have no time-stamp, the newest {found.unstamped[-1]}")
    return told


@app.command("stamp-audit", epilog="Example: mapae desk stamp-audit --into /mnt/other/audit-heads")
def stamp_audit(
    into: Path | None = typer.Option(None, "--into", help="folder; without it the desk's own"),
) -> None:
    """Keep today's end of the audit log in a file outside the database, once a day, and have it time-stamped where
    $MAPAE_TSA names an authority (RFC 3161)."""
    ready()
    from mapae.desk.audit.heads import folder, stamp
    from mapae.desk.audit.stamps import add_stamps

    for path in (stamp(into), *add_stamps(into or folder())):
        typer.echo(str(path))


@app.command(epilog="Example: mapae desk backup desk-2026-11-25.tar.gz")
def backup(
    target: Path = typer.Argument(..., metavar="FILE", help="a file that is not there yet"),
    keys: bool = typer.Option(
        False, "--keys", help="with the keys that open personal data; guard such a file"
    ),
) -> None:
    """Write database, evidence and audit heads of one moment into one file."""
    ready()
    from mapae.desk.backup import backup as write

    say(f"{target}: {len(write(target, keys=keys)['files']):,} files")


@app.command(epilog="Example: mapae desk restore desk-2026-11-25.tar.gz")
def restore(
    source: Path = typer.Argument(..., metavar="FILE", help="what mapae desk backup wrote"),
) -> None:
    """Bring a backup into a new desk; every file is checked by its hash first."""
    setup()
    from mapae.desk.backup import restore as bring

    say(f"{len(bring(source)['files']):,} files are back; mapae desk verify-audit checks the log")


@app.command(epilog="Example: mapae desk export lumibay-2026.zip --operator lumibay --from 2026-01-01")
def export(
    target: Path = typer.Argument(..., metavar="OUT", help="a folder, or a .zip file, that is not there yet"),
    case: list[str] = typer.Option([], "--case", help="number of a case; may be given again"),
    operator: str = typer.Option("", "--operator", help="key of an operator"),
    first: datetime | None = typer.Option(
        None, "--from", formats=["%Y-%m-%d"], help="opened on that day or later"
    ),
    last: datetime | None = typer.Option(
        None, "--to", formats=["%Y-%m-%d"], help="opened on that day or before"
    ),
    with_personal: bool = typer.Option(
        False,
        "--with-personal",
        help="with names, contacts, what persons wrote and files they sent; needs --by",
    ),
    by: str = typer.Option("", "--by", help="e-mail of the person who exports; the audit log names them"),
) -> None:
    """Write cases as tables (JSON, CSV), letters (PDF) and evidence by hash (WARC) with a manifest of SHA-256.

    Personal data stay out unless asked for. Every export is an entry of the audit log.
    """
    ready()
    from mapae.desk.export import Wanted, person
    from mapae.desk.export import export as write

    wanted = Wanted(case, operator, first.date() if first else None, last.date() if last else None)
    done = write(target, wanted, by=person(by) if by else None, personal=with_personal)
    say(f"{target}: {done['cases']:,} cases, {len(done['files']):,} files")


@app.command(epilog="Example: mapae desk rekey --add")
def rekey(
    add: bool = typer.Option(False, "--add", help="only put a new key first; then start the desk again"),
) -> None:
    """Encrypt personal data anew with the newest key; older keys may go afterwards."""
    ready()
    from mapae.desk.rekey import add_key
    from mapae.desk.rekey import rekey as seal_anew

    if add:
        say(f"{add_key()}: a new key stands first; start the desk again, then mapae desk rekey")
        return
    say(f"{seal_anew():,} texts are sealed with the newest key; the older ones may be taken out")
