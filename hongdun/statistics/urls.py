from django.urls import path

from hongdun.statistics.views import command, report

app_name = "statistics"
urlpatterns = [
    path("desk/command/", command.show, name="command"),
    path("desk/command/send/<str:number>/", command.send, name="send"),
    path("desk/reports/", report.show, name="report"),
    path("desk/reports/report.csv", report.sheet, name="sheet"),
    path("desk/reports/report.xlsx", report.workbook, name="workbook"),
    path("desk/reports/report.pdf", report.paper, name="paper"),
]
