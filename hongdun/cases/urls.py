from django.urls import path

from hongdun.cases.views import diagram, moves, opinions, record, settings, step

app_name = "cases"
urlpatterns = [
    path("desk/settings/", settings.settings, name="settings"),
    path("desk/opinions/", opinions.opinions, name="opinions"),
    path("desk/opinions/<uuid:template_id>/", opinions.opinion, name="opinion"),
    path("desk/opinions/<uuid:template_id>/retire/", opinions.retire, name="retire_opinion"),
    path("cases/<str:number>/", record.case, name="case"),
    path("cases/<str:number>/trail/", record.trail, name="trail"),
    path("cases/<str:number>/diagram.bpmn", diagram.diagram, name="diagram"),
    path("cases/<str:number>/actions/hand-over/", moves.hand_over, name="hand_over"),
    path("cases/<str:number>/actions/extend/", moves.extend, name="extend"),
    path("cases/<str:number>/actions/recuse/", moves.recuse, name="recuse"),
    path("cases/<str:number>/actions/transfer/", moves.transfer, name="transfer"),
    path("cases/<str:number>/<slug:code>/", step.step, name="step"),
]
