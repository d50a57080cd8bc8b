"""The operations of the API, a file a subject; each is a router that v1.py puts together."""
