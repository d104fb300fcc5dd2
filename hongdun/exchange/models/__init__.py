from hongdun.exchange.models.change import Change
from hongdun.exchange.models.follow import Follow, Follower, Match
from hongdun.exchange.models.handover import Handover
from hongdun.exchange.models.webhook import Delivery, Webhook

__all__ = ["Change", "Delivery", "Follow", "Follower", "Handover", "Match", "Webhook"]
