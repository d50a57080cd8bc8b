"""Operators, their duties, local agents by mandate, consents to electronic service, sellers."""
