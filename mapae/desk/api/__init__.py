"""The API, version 1: what a person's pages show and do, for programs; its limits, kept answers and webhooks."""
