"""减少注册资本公告：提交即发布，公告 45 日（公司法第二百二十四条、细则第三十六条）。"""

from hongdun.registration.decrease import actions, queries
from hongdun.registration.steps.announcing import announcement

DECREASE = announcement("decrease_notice", "减少注册资本公告", facts=queries.facts, publish=actions.publish)
