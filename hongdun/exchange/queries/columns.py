"""Which columns of the register are open data, and what each holds; no table of persons is among them."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from hongdun.lib.entitytypes import KINDS
from hongdun.lib.particulars import STATUSES


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: str  # as DuckDB and Parquet know it
    about: str
    free_text: bool = False  # typed by people, so it might hold what ought not to stand there

    def as_json(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if name != "free_text"}


ENTITIES = (
    Column("uscc", "VARCHAR", "统一社会信用代码"),
    Column("regno", "VARCHAR", "15 位注册号（2015 年以前）"),
    Column("name", "VARCHAR", "名称", free_text=True),
    Column("kind", "VARCHAR", "类别：" + "，".join(f"{code} {label}" for code, label in KINDS.items())),
    Column("type", "VARCHAR", "市场主体类型代码"),
    Column("status", "VARCHAR", "登记状态：" + "，".join(f"{code} {label}" for code, label in STATUSES.items())),
    Column("organ", "INTEGER", "登记机关代码：前六位为行政区划代码"),
    Column("division", "VARCHAR", "住所所在地的行政区划代码"),
    Column("established", "DATE", "成立日期"),
    Column("closed", "DATE", "终止日期"),
    Column("capital", "DECIMAL(24,6)", "注册资本（出资额）"),
    Column("currency", "VARCHAR", "币种"),
    Column("representative", "VARCHAR", "法定代表人（负责人、经营者、执行事务合伙人）", free_text=True),
    Column("address", "VARCHAR", "住所（经营场所）", free_text=True),
    Column("scope", "VARCHAR", "经营范围", free_text=True),
    Column("industry", "VARCHAR", "国民经济行业代码（GB/T 4754）"),
    Column("version", "INTEGER", "版本；与变更流中的 version 比较，大的为新"),
)  # fmt: skip
