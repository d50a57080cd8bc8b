"""`mapae serve`: the desk on an address, with its outbox worker."""

from __future__ import annotations

import typer

from mapae.cli.desk import manage, setup

__all__ = ["app"]

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(epilog="Example: mapae serve --port 8000")
def serve(
    host: str = typer.Option("127.0.0.1", "--host", help="address to listen on"),
    port: int = typer.Option(8000, "--port", min=1, max=65535),
    workers: int = typer.Option(1, "--workers", min=1, help="web processes"),
) -> None:
    """Serve the desk and hand over what waits in the outbox, until stopped."""
    setup()
    manage("migrate", verbosity=0, interactive=False)
    from granian import Granian
    from granian.constants import Interfaces

    typer.echo(f"the desk is on http://{host}:{port}/ (stop with Ctrl+C)")
    Granian(
        "mapae.desk.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, workers=workers
    ).serve()
