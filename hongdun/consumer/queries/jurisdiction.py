"""Whose case it is: told by the register, by where a shop shows its address, by where the sale was (art. 13, 29, 31)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongdun.base import clock
from hongdun.lib import organs
from hongdun.org.models import Organ
from hongdun.register.models import Entity

if TYPE_CHECKING:
    from uuid import UUID

DISPLAYED = "第十三条：平台内经营者由其公示的地址所在地或者平台住所地县级市场监管部门处理"
FALLBACK = "第十三条：平台内经营者没有公示合法地址或者无法联系，由平台住所地县级市场监管部门处理"
DOMICILE = "第十三条：由经营者实际经营地或者住所地县级市场监管部门处理"


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides: the merchant and the platform in the register, the shop's address, the place of the sale."""

    entity: UUID | None = None
    platform: UUID | None = None
    shows_lawful_address: bool = True
    reachable: bool = True
    sale_division: str = ""


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """`county` and `station` as far as they are known; `reason` says why, for the officer who decides."""

    county: int | None
    station: int | None
    reason: str


def of(facts: Facts) -> Jurisdiction:
    """The county that has the power, its station where the register names one."""
    platform = _entity(facts.platform)
    if platform and not (facts.shows_lawful_address and facts.reachable):
        return _at(platform, FALLBACK)
    entity = _entity(facts.entity)
    if entity:
        return _at(entity, DISPLAYED if platform else DOMICILE)
    if platform:
        return _at(platform, FALLBACK)
    county = _standing(facts.sale_division)
    if county:
        return Jurisdiction(county, None, "登记簿中没有找到经营者，按交易发生地分送")
    return Jurisdiction(None, None, "经营者和交易发生地都不明，请先核实")


def _entity(key: UUID | None) -> Entity | None:
    return Entity.objects.filter(pk=key).first() if key else None


def _at(entity: Entity, rule: str) -> Jurisdiction:
    """An entity registered at the city or the region lies in the county of its address."""
    county = _standing(entity.division) or organs.county_of(entity.organ)
    station = entity.station if entity.station and organs.county_of(entity.station) == county else None
    return Jurisdiction(county, station, f"{entity.name}住所在{_name(county)}（{rule}）")


def _standing(division: str) -> int | None:
    """The county bureau of a division, if there is one today."""
    try:
        code = organs.from_division(division)
    except organs.OrganCodeError:
        return None
    stands = Organ.objects.on(clock.today()).filter(code=code).exists()
    return code if stands and organs.level(code) == organs.COUNTY else None


def _name(code: int | None) -> str:
    return Organ.objects.filter(code=code or 0).values_list("short", flat=True).first() or "辖区外"
