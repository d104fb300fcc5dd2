from django.urls import path

from hongdun.documents import views

urlpatterns = [path("documents/<uuid:document_id>/", views.download, name="document")]
