"""What many would write instead: Django REST framework with a model serializer, Django's default middleware."""

import os
from pathlib import Path

from django.conf import settings

from hongdun.site import database

MIDDLEWARE = (
    "security.SecurityMiddleware",
    "common.CommonMiddleware",
    "csrf.CsrfViewMiddleware",
    "clickjacking.XFrameOptionsMiddleware",
)
settings.configure(
    SECRET_KEY="of a bench",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "rest_framework"],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        *(f"django.middleware.{name}" for name in MIDDLEWARE),
    ],
    DATABASES={"default": database.settings(Path(), os.environ["DATABASE_URL"])},
    REST_FRAMEWORK={"DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"]},
)

from django.core.wsgi import get_wsgi_application  # noqa: E402 - the settings must stand first

application = get_wsgi_application()

from django.db import models  # noqa: E402
from django.urls import path  # noqa: E402
from rest_framework import generics, serializers  # noqa: E402


class Entity(models.Model):
    uscc = models.CharField(primary_key=True, max_length=18)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12)
    type = models.CharField(max_length=4)
    status = models.CharField(max_length=12)
    organ = models.IntegerField()
    division = models.CharField(max_length=6)
    established = models.DateField(null=True)
    capital = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    currency = models.CharField(max_length=3)
    representative = models.CharField(max_length=200)
    address = models.CharField(max_length=500)
    scope = models.TextField()
    industry = models.CharField(max_length=5)
    version = models.PositiveIntegerField()

    class Meta:
        app_label = "peer"
        managed = False
        db_table = "register_entity"


class Serializer(serializers.ModelSerializer):
    class Meta:
        model = Entity
        fields = "__all__"


class Look(generics.RetrieveAPIView):
    queryset = Entity.objects.all()
    serializer_class = Serializer
    lookup_url_kwarg = "code"


urlpatterns = [path("api/v1/entities/<str:code>", Look.as_view())]
