"""The desk: the Django project, the only place with Django; from a finding to a verified outcome."""
