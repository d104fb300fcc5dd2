"""清算组和债权人公告：提交即发布，债权人 45 日内申报债权（条例第三十二条、公司法第二百三十五条）。"""

from hongdun.registration.liquidation import actions, queries
from hongdun.registration.steps.announcing import announcement

LIQUIDATION = announcement(
    "liquidation_notice", "清算组和债权人公告", facts=queries.facts, publish=actions.publish
)
