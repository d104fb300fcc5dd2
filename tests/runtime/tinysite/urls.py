from django.urls import path

from hongdun.base import health

urlpatterns = [path("livez", health.livez), path("readyz", health.readyz)]
