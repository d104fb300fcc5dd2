"""Finding entities by name, and whose a name is (企业名称登记管理规定 art. 17)."""

from datetime import date

import pytest

from hongdun.base.scope import acting, system_scope
from hongdun.register import actions as register
from hongdun.register import queries
from hongdun.register.models import Entity
from tests.register.builders import OTHER, changed, founded, officer

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
RENAMED = "南宁邕江绿豆商贸有限公司"


def test_search_finds_by_code_by_part_and_by_former_name() -> None:
    entity = changed(founded(), date(2020, 1, 1), name=RENAMED)
    for wanted in (entity.uscc, entity.uscc.lower(), RENAMED, "绿豆", "商贸 邕江", "红豆"):
        assert [each.pk for each in queries.find(wanted).entities] == [entity.pk], wanted
    for wanted in ("蚕豆", "豆", "91450102MA5K00012D"):
        assert queries.find(wanted).total == 0, wanted


def test_the_exact_name_comes_first() -> None:
    founded(name="南宁大红豆商贸有限公司")
    exact = founded(name="红豆商贸")
    founded(name="红豆商贸连锁有限公司物流分公司")
    assert queries.find("红豆商贸").entities[0].pk == exact.pk
    assert queries.find("红豆商贸").total == 3


def test_a_name_is_free_again_once_its_bearer_has_ended() -> None:
    first = founded()
    with pytest.raises(register.RegisterError, match=f"{first.uscc}.*第十七条"):
        founded(actor=officer(OTHER))
    actor = officer()
    with acting(actor):
        register.set_status(
            entity=first,
            status="cancelled",
            on=date(2022, 1, 1),
            reason="决议解散",
            case_id=None,
            actor=actor,
        )
    with pytest.raises(register.RegisterError, match="第十七条"):
        founded(on=date(2023, 1, 1), actor=officer(OTHER))
    founded(on=date(2023, 1, 2), actor=officer(OTHER))


def test_a_change_that_keeps_the_name_is_not_held_up_by_an_imported_double() -> None:
    entity, double = founded(), founded(name=RENAMED)
    with system_scope("测试"):
        Entity.objects.filter(pk=double.pk).update(name=entity.name)  # as an import may bring it
    assert changed(entity, date(2020, 1, 1), representative="陆新人").representative == "陆新人"
    with pytest.raises(register.RegisterError, match="第十七条"):
        changed(founded(name=RENAMED), date(2020, 1, 1), name=entity.name)
