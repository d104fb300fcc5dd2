from django.urls import path

from hongdun.portal.api import views

urlpatterns = [path("entities/<str:code>", views.entity, name="api_entity")]
