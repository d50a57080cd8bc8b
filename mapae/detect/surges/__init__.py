"""Surges of counts by day: what was to be expected of a series on a day, and how unlikely what came is.

terms.py   the columns of the model: level, trend, weekday, holidays, season
fit.py     many series at once, each with outbreaks of the past weighed down (Farrington 1996, Noufaily 2013)
decide.py  one day of many series: expected, bound, p, false discoveries held down
days.py    days without records, and dates whose day and month stand the wrong way round
words.py   which words became more frequent
plain.py   the same arithmetic for one series in plain Python; tests hold the two together
"""
