from django.urls import path

from hongdun.calls.views import callbacks, desk, laying_down, seat

app_name = "calls"
urlpatterns = [
    path("desk/calls/", desk.calls, name="list"),
    path("desk/calls/softphone/", desk.softphone, name="softphone"),
    path("desk/calls/seat/", seat.seat, name="seat"),
    path("desk/calls/wall/", desk.wall, name="wall"),
    path("desk/calls/wall/figures/", desk.wall_figures, name="wall_figures"),
    path("desk/calls/callbacks/", callbacks.callbacks, name="callbacks"),
    path("desk/calls/callbacks/<uuid:request_id>/dial/", callbacks.ring_back, name="ring_back"),
    path("desk/calls/callbacks/<uuid:request_id>/give-up/", callbacks.give_up, name="give_up"),
    path("desk/calls/cases/<uuid:case_id>/<uuid:person_id>/dial/", callbacks.ring_party, name="ring_party"),
    path(
        "desk/calls/settings/prompts/<int:organ>/<slug:code>.wav",
        laying_down.prompt_sound,
        name="prompt_sound",
    ),
    path("desk/calls/settings/<slug:kind>/", laying_down.laid_down, name="laid_down"),
    path("desk/calls/settings/<slug:kind>/<uuid:row_id>/", laying_down.one, name="one_laid_down"),
    path("desk/calls/<uuid:call_id>/", desk.call, name="call"),
    path("desk/calls/recordings/<uuid:recording_id>/", desk.listen, name="listen"),
    path("desk/calls/recordings/<uuid:recording_id>/sound.wav", desk.sound, name="sound"),
]
