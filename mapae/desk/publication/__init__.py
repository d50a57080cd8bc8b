"""Monthly releases of the public figures: frozen cells, the queries that made the figures, five working days for operators.

counting.py  what counts, from the desk's own rows
cells.py     counts by operator and month, small ones kept out; the published queries run over them
releases.py  when a month is counted, previewed and published; revisions
"""
