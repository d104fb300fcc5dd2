"""Nothing that was typed is lost: kept on the server by leaving, by mistakes and by itself; never numbers of people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hongdun.base.scope import system_scope
from hongdun.registration.models import Draft
from tests.registration.test_applicant_pages import TOPICS, begun, fill, founder, number, uploads

if TYPE_CHECKING:
    from django.test import Client

__all__ = ["founder"]
pytestmark = [pytest.mark.django_db, pytest.mark.db15]
HALF = {"organ": "", "address": "南宁市青秀区民族大道 100 号"}


def stored() -> Draft:
    with system_scope("测试"):
        return Draft.objects.get()


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_leaving_keeps_what_is_not_finished_and_shows_it_again_without_complaint(founder: Client) -> None:
    draft = begun(founder)
    answer = founder.post(f"{draft}domicile/", HALF | {"leave": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (302, draft)
    assert "填写中" in page(founder, draft)
    again = page(founder, f"{draft}domicile/")
    assert HALF["address"] in again
    assert "govuk-error-message" not in again
    assert stored().data == {}


def test_leaving_with_everything_right_saves_the_topic(founder: Client) -> None:
    draft = begun(founder)
    assert founder.post(f"{draft}name/", TOPICS["name"] | {"leave": "1"}).headers["Location"] == draft
    saved = stored().data["name"]
    assert {code: saved[code] for code in TOPICS["name"]} == TOPICS["name"]
    assert (saved["trade"], saved["industry"], saved["warnings"]) == ("鑫源", "数字科技", [])
    assert stored().typed == {}


def test_leaving_an_untouched_page_keeps_nothing(founder: Client) -> None:
    draft = begun(founder)
    founder.post(f"{draft}scope/", {"scope": "", "term": "long", "leave": "1"})
    assert stored().typed == {}


def test_the_page_keeps_itself_but_never_numbers_phones_or_anything_else(founder: Client) -> None:
    draft = begun(founder)
    extra = {"csrfmiddlewaretoken": "x", "unknown": "y", "holder-0-unknown": "z"}
    answer = founder.post(f"{draft}shareholders/keep/", TOPICS["shareholders"] | extra)
    assert answer.status_code == 204
    kept = json.dumps(stored().typed, ensure_ascii=False)
    assert "黄志强" in kept
    for secret in (number(11), number(29), "13800000011", "unknown", "csrf"):
        assert secret not in kept
    again = page(founder, f"{draft}shareholders/")
    assert "黄志强" in again
    assert "韦丽华" in again
    assert "身份证号码和手机号码不会自动保存" in again
    assert founder.post(f"{draft}shareholders/", TOPICS["shareholders"]).status_code == 302
    assert stored().typed == {}


def test_a_mistake_is_kept_too_and_cleared_by_the_right_answer(founder: Client) -> None:
    draft = begun(founder)
    assert founder.post(f"{draft}name/", {"name": "广西鑫源", "type": "1130"}).status_code == 422
    assert "广西鑫源" in page(founder, f"{draft}name/")
    founder.post(f"{draft}name/", TOPICS["name"])
    assert stored().typed == {}


def test_a_row_that_was_added_stays(founder: Client) -> None:
    draft = begun(founder)
    added = founder.post(f"{draft}members/", TOPICS["members"] | {"member-add": "1"})
    assert added.status_code == 200
    assert "govuk-error-message" not in added.content.decode()
    again = page(founder, f"{draft}members/")
    assert 'name="member-4-name"' in again
    assert "govuk-error-message" not in again


def test_an_edit_that_is_not_finished_holds_the_application_back(founder: Client) -> None:
    draft = begun(founder)
    fill(founder, draft)
    founder.post(f"{draft}name/keep/", {"name": "广西鑫泉", "type": "1130"})
    assert "确认无误" not in page(founder, f"{draft}check/")
    refused = founder.post(f"{draft}check/")
    assert refused.status_code == 409
    assert "“公司名称和类型”有改动还没有保存" in refused.content.decode()
    founder.post(f"{draft}name/keep/", TOPICS["name"] | {"trade": "鑫源", "industry": "数字科技"})
    assert stored().typed == {}
    assert founder.post(f"{draft}check/").status_code == 302


def test_files_that_are_right_stay_while_others_are_missing(founder: Client) -> None:
    draft, papers = begun(founder), uploads()
    lease = papers.pop("domicile")
    answer = founder.post(f"{draft}documents/", papers)
    assert answer.status_code == 422
    assert "已上传：charter.pdf" in answer.content.decode()
    assert founder.post(f"{draft}documents/keep/").status_code == 204
    assert "已上传：charter.pdf" in page(founder, f"{draft}documents/")
    broken = SimpleUploadedFile("domicile.pdf", b"not a paper", "application/pdf")
    assert founder.post(f"{draft}documents/", {"domicile": broken}).status_code == 422
    assert founder.post(f"{draft}documents/", {"domicile": lease}).status_code == 302
    assert set(stored().data["documents"]) == {"domicile", *papers}
    assert stored().typed == {}


def test_a_sent_application_keeps_nothing_more(founder: Client) -> None:
    draft = begun(founder)
    fill(founder, draft)
    assert founder.post(f"{draft}check/").status_code == 302
    assert founder.post(f"{draft}name/keep/", TOPICS["name"]).status_code == 404
    assert founder.get(f"{draft}name/keep/").status_code == 405
    assert founder.post(f"{draft}no-such/keep/").status_code == 404
