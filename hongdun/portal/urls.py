from django.urls import path

from hongdun.portal.views import api, pages

app_name = "portal"
urlpatterns = [
    path("", pages.home, name="home"),
    path("search/", pages.search, name="search"),
    path("entity/<str:uscc>/", pages.entity, name="entity"),
    path("verify/", pages.verify_by_serial, name="verify_by_serial"),
    path("verify/<str:token>", pages.verify, name="verify"),
    path("api/v1/entities/<str:code>", api.entity, name="api_entity"),
]
