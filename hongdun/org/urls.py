from django.urls import path

from hongdun.org import views

app_name = "org"
urlpatterns = [
    path("desk/login/", views.sign_in, name="sign_in"),
    path("desk/login/code/", views.second_factor, name="second_factor"),
    path("desk/logout/", views.sign_out, name="sign_out"),
    path("desk/post/", views.choose_post, name="choose_post"),
]
