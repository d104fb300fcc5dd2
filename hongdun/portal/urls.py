from django.urls import include, path

from hongdun.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("entity/<str:uscc>/", views.entity, name="entity"),
    path("verify/", views.verify_by_serial, name="verify_by_serial"),
    path("verify/<str:token>", views.verify, name="verify"),
    path("api/v1/", include("hongdun.portal.api.urls")),
]
