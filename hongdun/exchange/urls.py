from django.urls import path

from hongdun.exchange.views import (
    changes,
    feeds,
    follow,
    handover_desk,
    handovers,
    open_data,
    ownership,
    webhooks,
)

app_name = "exchange"
urlpatterns = [
    path("api/v1/changes", changes.page, name="changes"),
    path("api/v1/changes/stream", changes.stream, name="stream"),
    path("api/v1/entities/<str:uscc>/ownership", ownership.ownership, name="ownership"),
    path("exchange/handovers/<slug:department>/", handovers.fetch, name="fetch_handovers"),
    path("exchange/handovers/<slug:department>/receipts/", handovers.receipts, name="receipts"),
    path("desk/handovers/", handover_desk.index, name="handovers"),
    path("desk/handovers/again/", handover_desk.again, name="send_again"),
    path("open-data/", open_data.index, name="open_data"),
    path("open-data/manifest.json", open_data.newest, name="newest"),
    path("open-data/<str:day>/<str:name>", open_data.file, name="file"),
    path("entity/<str:uscc>/feed.atom", feeds.entity, name="entity_feed"),
    path("follow/", follow.page, name="follow"),
    path("follow/entity/", follow.add_entity, name="follow_entity"),
    path("follow/words/", follow.add_words, name="follow_words"),
    path("follow/mail/", follow.choose_mail, name="follow_mail"),
    path("follow/feed/renew/", follow.renew_feed, name="renew_feed"),
    path("follow/feed/<uuid:number>/<str:mark>.atom", feeds.followed, name="feed"),
    path("follow/<uuid:number>/stop/", follow.stop, name="stop"),
    path("follow/webhooks/", webhooks.index, name="webhooks"),
    path("follow/webhooks/<uuid:number>/", webhooks.webhook, name="webhook"),
    path("follow/webhooks/<uuid:number>/replay/", webhooks.replay, name="replay"),
    path("follow/webhooks/<uuid:number>/<slug:deed>/", webhooks.act, name="act"),
]
