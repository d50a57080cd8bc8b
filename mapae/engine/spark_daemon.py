"""What Spark on this machine forks its Python workers from: PySpark's own daemon, with the engine loaded before.

Spark starts it as `python -m mapae.engine.spark_daemon MODULE` (spark.python.daemon.module). Only `local[…]` uses it, where
the package of the driver is the one at hand.
"""

from __future__ import annotations

from importlib import import_module

if __name__ == "__main__":
    from pyspark.daemon import manager

    from mapae.engine.warm import warm

    warm()
    import_module("pyspark.worker")  # with pandas, once instead of in every worker
    manager()
