"""Settings of the test suite: the same as in service, on a cluster that the suite starts itself."""

import os
import tempfile

os.environ.setdefault("HONGDUN_HOME", tempfile.mkdtemp(prefix="hongdun-test-"))

from hongdun.site.settings import *  # noqa: F403

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["*"]
