from importlib.util import find_spec

from django.urls import include, path

from hongdun.base import health

# Faces last: what nobody else answers may be theirs.
APPS = (
    "org",
    "parties",
    "documents",
    "calls",
    "cases",
    "register",
    "registration",
    "desk",
    "exchange",
    "portal",
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
