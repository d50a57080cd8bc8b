"""Promises and duties of operators on the desk: events kept, scores, cases opened on breaches."""
