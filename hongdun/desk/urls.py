from django.urls import path

from hongdun.desk import views

app_name = "desk"
urlpatterns = [
    path("desk/", views.home, name="home"),
    path("desk/find/", views.find, name="find"),
    path("desk/work/", views.work, name="work"),
    path("desk/work/next/", views.next_task, name="next"),
    path("desk/work/export.csv", views.export, name="export"),
]
