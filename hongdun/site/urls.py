from django.urls import include, path
from importlib.util import find_spec

APPS = ["hongdun.org", "hongdun.parties", "hongdun.documents", "hongdun.cases", "hongdun.register", "hongdun.registration", "hongdun.desk", "hongdun.portal"]
urlpatterns = [path("", include(f"{app}.urls")) for app in APPS if find_spec(app) and find_spec(f"{app}.urls")]
handler400 = "hongdun.base.errors.bad_request"
handler403 = "hongdun.base.errors.forbidden"
handler404 = "hongdun.base.errors.not_found"
handler500 = "hongdun.base.errors.failed"
