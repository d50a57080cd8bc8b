"""The audit log: an append-only hash chain of what was done and of personal data read; no personal data inside."""
