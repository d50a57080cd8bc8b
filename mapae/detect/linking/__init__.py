"""Linking without labels: the same product among the listings of two sources, in any script."""

from mapae.detect.linking.decide import Links, decide, without_twins
from mapae.detect.linking.evidence import Evidence, gather
from mapae.detect.linking.table import Table, build_table

__all__ = ["Evidence", "Links", "Table", "build_table", "decide", "gather", "without_twins"]
