"""Settings of the test suite: the same as in service, on a cluster that the suite starts itself."""

import os
import tempfile
from pathlib import Path

if "HONGDUN_HOME" not in os.environ:
    _home = tempfile.TemporaryDirectory(prefix="hongdun-test-")  # goes away with the process
    os.environ["HONGDUN_HOME"] = _home.name
    Path(_home.name, "static").mkdir()

from hongdun.site.settings import *  # noqa: F403

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CONSUMER_WEB_CHANNEL = "web"  # as in production
ALLOWED_HOSTS = ["*"]
# A test asks more in a minute than any reader; those about limits set their own.
ANONYMOUS_PER_MINUTE = ANONYMOUS_PER_DAY = 0
