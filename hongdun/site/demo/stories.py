"""What people tell in the demonstration: made up, with the class, the problem and the sum that belong to it."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class Story(NamedTuple):
    text: str
    goods: str
    problem: str
    amount: Decimal


COOLER = Story(
    "在商场买的空调装上三天就不制冷，商家说要等厂家，一直不来修，要求换货。",
    "10501",
    "quality",
    Decimal(3299),
)
STORIES = (
    COOLER,
    Story("买的蛋糕生产日期被涂改，吃了以后肚子疼，要求退款并赔偿。", "10106", "food_safety", Decimal(168)),
    Story("理发店办的卡还有余额，店关了门，电话没人接，要求退还余额。", "20602", "contract", Decimal(1200)),
    Story("手机买回来发现是翻新机，激活日期是去年，要求退一赔三。", "10601", "counterfeit", Decimal(2680)),
    Story("烧烤店结账时多收餐具费和开瓶费，菜单上没有写明。", "20101", "price", Decimal(86)),
    Story("网上买的床垫尺寸和页面写的不一样，客服不给退。", "10304", "advertising", Decimal(899)),
    Story("加油站加油机显示的升数比油箱还多，怀疑计量不准。", "10804", "measurement", Decimal(300)),
    Story("驾校说包过，交了钱以后又要补考费，合同里没有写。", "20703", "contract", Decimal(3500)),
)
GYM = Story(
    "健身房突然关门，年卡刚办两个月，负责人联系不上，要求退还剩余的钱。", "20501", "contract", Decimal(2000)
)
SENDERS = ("李红梅", "韦建明", "黄秀英", "覃志强", "农玉兰", "陆国华", "梁小凤", "蒙大海", "潘丽萍", "甘文")
PHONES = "1990001{:04d}"  # of the same block as those of the demonstration's applicants
