"""The nouns of the field: frozen records, versioned Arrow schemas, findings, ids, dated law."""
