from django.urls import path

from hongdun.calls.views import desk, seat

app_name = "calls"
urlpatterns = [
    path("desk/calls/softphone/", desk.softphone, name="softphone"),
    path("desk/calls/seat/", seat.seat, name="seat"),
]
