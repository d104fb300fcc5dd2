from django.urls import path

from hongdun.statistics.views import command, desk, month, report

app_name = "statistics"
urlpatterns = [
    path("desk/command/", command.show, name="command"),
    path("desk/command/fresh/", command.fresh, name="fresh"),
    path("desk/command/outlines.json", command.outlines, name="outlines"),
    path("desk/command/send/<str:number>/", command.send, name="send"),
    path("desk/command/roster/", desk.roster, name="roster"),
    path("desk/command/messages/", desk.tell, name="tell"),
    path("desk/command/messages/<uuid:key>/read/", desk.read, name="read"),
    path("desk/command/events/", desk.events, name="events"),
    path("desk/month/", month.show, name="month"),
    path("desk/reports/", report.show, name="report"),
    path("desk/reports/report.csv", report.sheet, name="sheet"),
    path("desk/reports/report.xlsx", report.workbook, name="workbook"),
    path("desk/reports/report.pdf", report.paper, name="paper"),
]
