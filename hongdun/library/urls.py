from django.urls import path

from hongdun.library.views import answers

app_name = "library"
urlpatterns = [
    path("help/", answers.answers, name="answers"),
    path("help/found/", answers.listed, name="found"),
]
