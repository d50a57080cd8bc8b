"""The WSGI application that `mapae serve` runs; it has read what pages need before the first one is asked for."""

import gc
import multiprocessing
import os

from django.core.wsgi import get_wsgi_application

from mapae.desk.parent import end_with, ended
from mapae.desk.warm import warm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mapae.desk.settings")
if (server := multiprocessing.parent_process()) is not None:  # this is a web process of `mapae serve`
    end_with(server.pid, ended)
application = get_wsgi_application()
warm()
gc.collect()
gc.freeze()  # law, templates and classes stay for good: looking through them for garbage would hold up a page
