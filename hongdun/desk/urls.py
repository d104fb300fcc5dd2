from django.urls import path

from hongdun.desk.views import day, find, work

app_name = "desk"
urlpatterns = [
    path("desk/", work.home, name="home"),
    path("desk/day/", day.day, name="day"),
    path("desk/find/", find.find, name="find"),
    path("desk/people/", find.people, name="people"),
    path("desk/work/", work.work, name="work"),
    path("desk/work/next/", work.next_task, name="next"),
    path("desk/work/export.csv", work.export, name="export"),
]
