from importlib.util import find_spec

from django.urls import include, path

from hongdun.base import health

# The public look-up first: it is asked most, and Django tries address after address. Other faces last.
APPS = (
    "portal",
    "org",
    "parties",
    "documents",
    "calls",
    "cases",
    "register",
    "registration",
    "consumer",
    "desk",
    "statistics",
    "exchange",
    "library",
)
urlpatterns = [
    path("livez", health.livez),
    path("readyz", health.readyz),
    *[
        path("", include(f"hongdun.{app}.urls"))
        for app in APPS
        if find_spec(f"hongdun.{app}") and find_spec(f"hongdun.{app}.urls")
    ],
]
handler400 = "hongdun.base.errors.bad_request"
handler403 = "hongdun.base.errors.forbidden"
handler404 = "hongdun.base.errors.not_found"
handler500 = "hongdun.base.errors.failed"
