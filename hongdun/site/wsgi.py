from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hongdun.site.settings")
application: WSGIApplication = get_wsgi_application()

from django.apps import apps  # noqa: E402 - Django must stand first
from django.conf import settings  # noqa: E402

if apps.is_installed("hongdun.portal"):
    from hongdun.base.accesslog import Logged
    from hongdun.base.front.token import Behind
    from hongdun.base.overload import Gate

    # A thread that refuses must not wait long behind one that renders; Python's own 5 ms are a hundred refusals.
    sys.setswitchinterval(0.001)
    gate = Gate(application, most=settings.PUBLIC_AT_A_TIME, queue=settings.PUBLIC_WAITING)
    application = Behind(Logged(gate))
