from django.urls import path

from hongdun.calls.views import desk, seat

app_name = "calls"
urlpatterns = [
    path("desk/calls/", desk.calls, name="list"),
    path("desk/calls/softphone/", desk.softphone, name="softphone"),
    path("desk/calls/seat/", seat.seat, name="seat"),
    path("desk/calls/wall/", desk.wall, name="wall"),
    path("desk/calls/wall/figures/", desk.wall_figures, name="wall_figures"),
    path("desk/calls/<uuid:call_id>/", desk.call, name="call"),
    path("desk/calls/recordings/<uuid:recording_id>/", desk.listen, name="listen"),
    path("desk/calls/recordings/<uuid:recording_id>/sound.wav", desk.sound, name="sound"),
]
