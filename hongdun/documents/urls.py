from django.urls import path

from hongdun.documents import views

urlpatterns = [
    path("documents/licence-keys.pem", views.licence_keys, name="licence-keys"),
    path("documents/<uuid:document_id>/", views.download, name="document"),
]
