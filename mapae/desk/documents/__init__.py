"""Documents with legal force: draft, approval, letter (HTML, PDF, JSON), service, and the outbox."""
