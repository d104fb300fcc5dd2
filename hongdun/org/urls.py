from django.urls import path

from hongdun.org.views import absences, officers, signing_in

app_name = "org"
urlpatterns = [
    path("desk/login/", signing_in.sign_in, name="sign_in"),
    path("desk/login/code/", signing_in.second_factor, name="second_factor"),
    path("desk/logout/", signing_in.sign_out, name="sign_out"),
    path("desk/post/", signing_in.choose_post, name="choose_post"),
    path("desk/absences/", absences.absences, name="absences"),
    path("desk/absences/<uuid:absence_id>/end/", absences.end, name="end_absence"),
    path("desk/password/", signing_in.change_password, name="password"),
    path("desk/officers/", officers.officers, name="officers"),
    path("desk/officers/new/", officers.new_officer, name="new_officer"),
    path("desk/officers/<uuid:officer_id>/", officers.officer, name="officer"),
    path("desk/officers/<uuid:officer_id>/posts/", officers.add_post, name="add_post"),
    path("desk/officers/<uuid:officer_id>/reset/", officers.reset_second_factor, name="reset"),
    path("desk/officers/<uuid:officer_id>/unlock/", officers.unlock, name="unlock"),
    path("desk/posts/<uuid:post_id>/end/", officers.end_post, name="end_post"),
]
