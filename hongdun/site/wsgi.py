import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hongdun.site.settings")
django = get_wsgi_application()

from django.conf import settings  # noqa: E402 - Django must stand first

from hongdun.base.accesslog import Logged  # noqa: E402
from hongdun.base.overload import Gate  # noqa: E402
from hongdun.portal.lane.application import Lane  # noqa: E402

# A thread that refuses must not wait long behind one that renders; Python's own 5 ms are a hundred refusals.
sys.setswitchinterval(0.001)
# The lane stands ahead of the gate: it answers in the time that a refusal takes.
gate = Gate(django, most=settings.PUBLIC_AT_A_TIME, queue=settings.PUBLIC_WAITING)
application = Logged(Lane(gate))
