from django.urls import path

from hongdun.consumer.views import intake, progress, reporter

app_name = "consumer"
urlpatterns = [
    path("desk/12315/new/", intake.new, name="new"),
    path("desk/12315/entities/", intake.entities, name="entities"),
    path("desk/12315/similar/", intake.similar, name="similar"),
    path("desk/12315/caller/", intake.caller, name="caller"),
    path("desk/12315/reporter/<str:number>/", reporter.reporter, name="reporter"),
    path("12315/progress/", progress.look, name="progress"),
    path("12315/progress/rate/", progress.rate, name="rate"),
]
