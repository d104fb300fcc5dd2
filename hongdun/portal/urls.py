from django.urls import path

from hongdun.portal.views import (
    api,
    api_licences,
    api_search,
    codelists,
    entity,
    extract,
    names,
    openapi,
    pages,
    search,
    verifying,
)

app_name = "portal"
urlpatterns = [
    path("entity/<str:uscc>/", entity.entity, name="entity"),
    path("api/v1/entities/<str:uscc>", api.entity, name="api_entity"),
    path("", pages.home, name="home"),
    path("robots.txt", pages.robots, name="robots"),
    path("search/", search.search, name="search"),
    path("entity/<str:uscc>/changes/", entity.changes, name="changes"),
    path("entity/<str:uscc>/branches/", entity.branches_of, name="branches"),
    path("entity/<str:uscc>/extract.pdf", extract.extract, name="extract"),
    path("entity/<str:uscc>/qr.svg", entity.qr, name="qr"),
    path("names/", names.page, name="names"),
    path("api/v1/names/check", names.check, name="api_names_check"),
    path("verify/", verifying.verify_by_serial, name="verify_by_serial"),
    path("verify/<str:token>", verifying.verify, name="verify"),
    path("api/", openapi.guide, name="api"),
    path("api/v1/entities", api_search.entities, name="api_entities"),
    path("api/v1/entities/<str:uscc>/versions", api.versions, name="api_versions"),
    path("api/v1/licences/<str:serial>", api_licences.licence, name="api_licence"),
    path("api/v1/code-lists", codelists.code_lists, name="api_code_lists"),
    path("api/v1/code-lists/<str:name>", codelists.code_list, name="api_code_list"),
    path("api/v1/openapi.json", openapi.openapi_json, name="openapi"),
]
