"""A site with nothing but a worker and the health pages, to try out how instances start and stop."""

import os
from pathlib import Path

from hongdun.base import logging
from hongdun.site import database

HONGDUN_HOME = Path(os.environ["HONGDUN_HOME"])
SECRET_KEY = "only for tests"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["procrastinate.contrib.django", "tests.runtime.tinysite"]
MIDDLEWARE = ["hongdun.base.middleware.RequestId"]
ROOT_URLCONF = "tests.runtime.tinysite.urls"
DATABASES = {"default": database.settings(HONGDUN_HOME, "", role=os.environ.get("HONGDUN_DB_ROLE", "app"))}
TIME_ZONE = "Asia/Shanghai"
LOGGING = logging.settings()
