"""Pages for officers: inbox, cases, documents, due dates, operators."""
