"""Inspections on the desk: sheets of documents and apps, ranked consignments with their results, parcels, held goods."""
