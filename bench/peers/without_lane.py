"""The service with everything but its lean lane: what Django's whole stack costs."""

from hongdun.base.accesslog import Logged
from hongdun.site.wsgi import gate

application = Logged(gate)
