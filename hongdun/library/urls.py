from django.urls import path

from hongdun.library.views import answers, desk, public

app_name = "library"
urlpatterns = [
    path("help/", answers.answers, name="answers"),
    path("help/found/", answers.listed, name="found"),
    path("warnings/", public.warnings, name="warnings"),
    path("warnings/feed/", public.feed, name="feed"),
    path("warnings/<uuid:key>/", public.warning, name="warning"),
    path("laws/", public.laws, name="laws"),
    path("laws/<str:law>/<int:number>/", public.article, name="article"),
    path("desk/library/", desk.listed, name="desk"),
    path("desk/library/new/<str:kind>/", desk.new, name="new"),
    path("desk/library/<uuid:key>/", desk.draft, name="draft"),
    path("desk/library/<uuid:key>/withdraw/", desk.withdraw, name="withdraw"),
]
