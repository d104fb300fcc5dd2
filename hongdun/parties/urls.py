from django.urls import path

from hongdun.parties import views

app_name = "parties"
urlpatterns = [
    path("account/login/", views.sign_in, name="sign_in"),
    path("account/register/", views.register, name="register"),
    path("account/logout/", views.sign_out, name="sign_out"),
    path("desk/person/<uuid:person_id>/", views.reveal, name="reveal"),
]
