"""The WSGI application that `mapae serve` runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mapae.desk.settings")
application = get_wsgi_application()
