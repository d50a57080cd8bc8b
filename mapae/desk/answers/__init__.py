"""What operators and sellers say of a case's items: answers, contests, reports, links to sellers, and figures of these."""
