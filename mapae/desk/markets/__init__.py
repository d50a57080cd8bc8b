"""Market files of the desk: tables of shares kept as evidence and judged anew whenever they are looked at."""
