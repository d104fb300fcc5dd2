"""What codes of a matter mean, for pages and papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.consumer.queries import channels, scoring
from hongdun.lib.complaints.classes import classes as known
from hongdun.lib.complaints.classes import label as class_label

if TYPE_CHECKING:
    from hongdun.consumer.models import Matter
    from hongdun.lib.complaints.classes import Axis

CLAIMS = {
    "repair": "修理",
    "redo": "重作",
    "exchange": "更换",
    "return": "退货",
    "shortfall": "补足商品数量",
    "refund": "退还货款和服务费用",
    "damages": "赔偿损失",
    "apology": "赔礼道歉",
}
FOOD_AND_DRUGS = ("101", "112")
PROBLEMS_OF_FOOD = ("food_safety",)


def channel(matter: Matter) -> str:
    return channels.channel(matter.channel, on=matter.received).label


def claims(matter: Matter) -> str:
    return "、".join(CLAIMS[code] for code in matter.claims)


def classes(matter: Matter) -> str:
    """Object, problem, way of sale, as far as they are known."""
    axes: tuple[tuple[Axis, str], ...] = (
        ("object", matter.object_class),
        ("problem", matter.problem_class),
        ("mode", matter.sales_mode),
    )
    return "；".join(class_label(axis, code) for axis, code in axes if code and code in known(axis))


def urgency(matter: Matter) -> scoring.Score:
    food = matter.object_class.startswith(FOOD_AND_DRUGS) or matter.problem_class in PROBLEMS_OF_FOOD
    return scoring.urgency(matter.urgency, is_food_or_drug=food)
