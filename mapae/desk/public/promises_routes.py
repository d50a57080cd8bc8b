"""Addresses of promises kept and of networks."""

from __future__ import annotations

from mapae.desk.public import networks, promises
from mapae.desk.routes import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    Route("promises", promises.promises_page, "promises", ("everyone",)),
    Route("promises.json", promises.promises_data, "promises-data", ("everyone",)),
    Route("promises/<slug:digest>/values.csv", promises.values_csv, "promises-values", ("everyone",)),
    Route(
        "promises/<slug:digest>/values.parquet",
        promises.values_parquet,
        "promises-values-parquet",
        ("everyone",),
    ),
    Route("promises/<slug:digest>/cells.csv", promises.cells_csv, "promises-cells", ("everyone",)),
    Route("promises/<slug:digest>/cells.parquet", promises.cells_parquet, "promises-parquet", ("everyone",)),
    Route("promises/<slug:digest>/<slug:key>", promises.promise_query, "promise-query", ("everyone",)),
    Route("networks", networks.networks_page, "networks", ("everyone",)),
    Route("networks/<slug:key>", networks.one_network, "network", ("everyone",)),
)
