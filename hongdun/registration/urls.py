from django.urls import path

from hongdun.registration import views

urlpatterns = [
    path("apply/", views.services, name="services"),
    path("apply/new/<slug:procedure>/", views.begin, name="begin"),
    path("apply/<uuid:draft_id>/", views.draft, name="draft"),
    path("apply/<uuid:draft_id>/check/", views.check, name="check"),
    path("apply/<uuid:draft_id>/discard/", views.discard, name="discard"),
    path("apply/<uuid:draft_id>/<slug:code>/", views.topic, name="topic"),
    path("apply/<uuid:draft_id>/<slug:code>/keep/", views.keep, name="keep"),
    path("my/", views.my, name="my"),
    path("my/<str:number>/", views.own_case, name="own_case"),
    path("my/<str:number>/done/", views.done, name="done"),
    path("my/<str:number>/mend/", views.mend, name="mend"),
    path("my/<str:number>/withdraw/", views.withdraw, name="withdraw"),
]
