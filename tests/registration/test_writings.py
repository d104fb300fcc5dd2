"""Articles, agreements and resolutions from models: written, edited, held against the application, printed, attached."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from hongdun.base import clock
from hongdun.base.scope import system_scope
from hongdun.cases.models import Case
from hongdun.documents import queries as documents
from hongdun.documents.writings import print_writing
from hongdun.registration import writing
from hongdun.registration.kinds import KINDS
from hongdun.registration.models import Draft
from tests.registration import applications as apply
from tests.registration import builders as build

if TYPE_CHECKING:
    from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WRITTEN = [
    code for code, kind in KINDS.items() if kind.applies_to not in {"sole", ""} or kind.parent == "domestic"
]
# What each must state (公司法 art. 46, 95; 合伙企业法 art. 18; 农民专业合作社法 art. 15), by a word of every item.
MUST = {
    "company_charter": "名称 住所 经营范围 注册资本 出资方式 股东会 董事 法定代表人",
    "stock_charter": "名称 住所 经营范围 发起设立 已发行股份 每股面额 认购的股份数 董事 监事 法定代表人 利润 解散 公告",
    "partnership_agreement": "名称 主要经营场所 合伙目的 缴付期限 亏损分担 执行 入伙 退伙 争议 清算 违约责任",
    "cooperative_charter": "名称 住所 业务范围 除名 权利 任期 出资方式 转让 盈余 亏损 章程修改 解散 公告 附加表决权",
}


def opened(founder: Client, code: str) -> str:
    """A draft with everything before the papers."""
    draft = apply.started(founder, code)
    for topic, typed in apply.APPLICATIONS[code].items():
        assert founder.post(f"{draft}{topic}/", typed).status_code == 302
    return draft


def texts(founder: Client, draft: str) -> dict[str, str]:
    page = founder.get(f"{draft}papers/").content.decode()
    return {
        found[1]: found[2].strip() for found in re.finditer(r'<textarea name="(\w+)"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    }  # fmt: skip


def data(draft: str) -> dict[str, object]:
    with system_scope("测试"):
        return Draft.objects.get(pk=draft.split("/")[2]).data


@pytest.mark.parametrize("code", WRITTEN)
def test_each_paper_is_written_and_printed(founder: Client, code: str) -> None:
    draft = opened(founder, code)
    found = texts(founder, draft)
    assert found
    for paper in writing.papers(KINDS[code], data(draft)):
        text = found[paper.code]
        assert apply.APPLICATIONS[code]["name"]["name"] in text
        assert "{" not in text
        assert "第一条" in text or "¶" not in text
        for word in MUST.get(paper.model, "").split():
            assert word in text, (paper.model, word)
        assert print_writing(text, made=clock.today()).startswith(b"%PDF")


def test_a_written_paper_is_attached_and_asks_for_no_file(founder: Client) -> None:
    draft = opened(founder, "company_establishment")
    written = texts(founder, draft)
    assert founder.post(f"{draft}papers/", written).status_code == 302
    assert founder.get(f"{draft}paper/charter/").content.startswith(b"%PDF")
    uploads = apply.papers("company_establishment")
    del uploads["charter"]
    answer = founder.post(f"{draft}documents/", uploads)
    assert answer.status_code == 302, build.shown_errors(answer)
    sent = founder.post(f"{draft}check/")
    assert sent.status_code == 302, build.shown_errors(sent)
    with system_scope("测试"):
        case = Case.objects.get()
        kinds = [each.kind for each in documents.of_case(case.id)]
    assert kinds.count("charter") == 1
    assert kinds.count("appointments") == 2


def test_edited_text_stays_and_a_changed_application_is_noticed(founder: Client) -> None:
    draft = opened(founder, "company_establishment")
    written = texts(founder, draft)
    written["charter"] += "\n补充约定：公司设立微信公众号发布公告。"
    assert founder.post(f"{draft}papers/", written).status_code == 302
    more = apply.holders(apply.HUANG, apply.WEI, capital="80", deadline="2030-01-01")
    assert founder.post(f"{draft}shareholders/", more).status_code == 302
    assert founder.post(f"{draft}documents/", apply.papers("company_establishment")).status_code == 302
    answer = founder.post(f"{draft}check/")
    assert answer.status_code == 409
    assert "申请内容又有改动" in answer.content.decode()
    page = founder.get(f"{draft}papers/").content.decode()
    assert "补充约定" in page
    assert 'name="renew_charter"' in page
    assert founder.post(f"{draft}papers/", texts(founder, draft) | {"renew_charter": "on"}).status_code == 302
    renewed = texts(founder, draft)["charter"]
    assert "人民币 80 万元" in renewed
    assert "补充约定" not in renewed
    assert founder.post(f"{draft}check/").status_code == 302


def test_papers_wait_for_what_they_are_written_from(founder: Client) -> None:
    draft = apply.started(founder, "company_establishment")
    answer = founder.post(f"{draft}papers/", {})
    assert answer.status_code == 422
    assert "请先填写“公司名称和类型”、“登记机关和住所”" in answer.content.decode()


def test_a_character_without_a_glyph_is_named_before_printing(founder: Client) -> None:
    draft = opened(founder, "company_establishment")
    written = texts(founder, draft)
    answer = founder.post(f"{draft}papers/", written | {"charter": written["charter"] + "\U00031354"})
    assert answer.status_code == 422
    assert "U+31354" in answer.content.decode()
