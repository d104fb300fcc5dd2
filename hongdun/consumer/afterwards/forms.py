from typing import ClassVar

from hongdun.base.fields import NumberField
from hongdun.base.forms import GovForm, Look


class Reward(GovForm):
    reward = NumberField(label="建议奖励金额", required=False, min_value=0, max_digits=10, decimal_places=2)
    looks: ClassVar[dict[str, Look]] = {"reward": Look(width=10, suffix="元")}
