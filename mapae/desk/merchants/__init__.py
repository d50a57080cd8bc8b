"""Reports of merchants about a platform: heard, followed without a name, joined to cases, told to nobody unasked."""
