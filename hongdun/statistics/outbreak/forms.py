from hongdun.base.fields import DateField
from hongdun.base.forms import GovForm


class Supervision(GovForm):
    due = DateField(
        label="督办回复期限", required=False, help_text="督办时填写：下级单位应在这一天以前回复。"
    )
