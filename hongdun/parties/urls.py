from django.urls import path

from hongdun.parties import views

app_name = "parties"
urlpatterns = [
    path("account/login/", views.sign_in, name="sign_in"),
    path("account/register/", views.register, name="register"),
    path("account/logout/", views.sign_out, name="sign_out"),
    path("account/keys/", views.keys, name="keys"),
    path("account/keys/<uuid:key_id>/", views.key, name="key"),
    path("account/keys/<uuid:key_id>/roll/", views.roll_key, name="roll_key"),
    path("account/keys/<uuid:key_id>/revoke/", views.revoke_key, name="revoke_key"),
    path("desk/person/<uuid:person_id>/", views.reveal, name="reveal"),
]
