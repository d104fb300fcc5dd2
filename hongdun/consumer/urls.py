from django.urls import path

from hongdun.consumer.views import beside, intake, merchant, progress, reporter, suggesting, today

app_name = "consumer"
urlpatterns = [
    path("desk/12315/new/", intake.new, name="new"),
    path("desk/12315/contacts/", intake.contacts, name="contacts"),
    path("desk/12315/entities/", intake.entities, name="entities"),
    path("desk/12315/similar/", intake.similar, name="similar"),
    path("desk/12315/suggest/", suggesting.suggest, name="suggest"),
    path("desk/12315/today/", today.today, name="today"),
    path("desk/12315/more/<str:number>/", beside.more, name="more"),
    path("desk/12315/attach/<str:number>/", beside.attach, name="attach"),
    path("12315/progress/attach/", progress.attach, name="attach_own"),
    path("12315/merchant/<str:token>/", merchant.merchant, name="merchant"),
    path("desk/12315/caller/", intake.caller, name="caller"),
    path("desk/12315/reporter/<str:number>/", reporter.reporter, name="reporter"),
    path("12315/progress/", progress.look, name="progress"),
    path("12315/progress/rate/", progress.rate, name="rate"),
]
