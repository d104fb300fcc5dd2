from django.urls import path

from hongdun.registration.views import allowed, filing, following, rulings, scopes, screening, status

urlpatterns = [
    path("apply/", filing.services, name="services"),
    path("apply/new/<slug:procedure>/", filing.begin, name="begin"),
    path("apply/<uuid:draft_id>/", filing.draft, name="draft"),
    path("apply/<uuid:draft_id>/check/", filing.check, name="check"),
    path("apply/<uuid:draft_id>/discard/", filing.discard, name="discard"),
    path("apply/<uuid:draft_id>/paper/<slug:code>/", filing.paper, name="draft_paper"),
    path("apply/<uuid:draft_id>/<slug:code>/", filing.topic, name="topic"),
    path("apply/<uuid:draft_id>/<slug:code>/keep/", filing.keep, name="keep"),
    path("apply/status/", status.status, name="filing_status"),
    path("apply/times/", status.choose_bureau, name="filing_times"),
    path("apply/times/<int:organ>/", status.bureau_times, name="bureau_times"),
    path("scope/", scopes.search, name="scope_phrases"),
    path("my/", following.my, name="my"),
    path("my/<str:number>/", following.own_case, name="own_case"),
    path("my/<str:number>/done/", following.done, name="done"),
    path("my/<str:number>/mend/", following.mend, name="mend"),
    path("my/<str:number>/withdraw/", following.withdraw, name="withdraw"),
    path("my/<str:number>/release/", following.release, name="release"),
    path("entity/<str:uscc>/filings/", allowed.page, name="allowed"),
    path("api/v1/entities/<str:uscc>/filings", allowed.api, name="api_allowed"),
    path("desk/name-rulings/new/", rulings.new, name="new_ruling"),
    path("desk/automatic/", screening.overview, name="automatic"),
    path("desk/automatic/<slug:procedure>/", screening.rules, name="automatic_rules"),
    path("desk/automatic/<slug:procedure>/conditions/", screening.lay_conditions, name="lay_conditions"),
    path("desk/automatic/<slug:procedure>/switch/", screening.lay_switch, name="lay_switch"),
]
