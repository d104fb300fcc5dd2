"""Settings of a worker process under test: one more app listens and works."""

from hongdun.site.settings_test import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.outbox.probe"]  # noqa: F405
