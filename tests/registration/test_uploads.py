"""Files of a draft sent piece by piece by the page's script, or with the form where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hongdun.base.actor import Actor
from hongdun.base.scope import acting, system_scope
from hongdun.documents.models import Arrival, Document
from hongdun.registration.actions import drafts
from hongdun.registration.models import Draft
from tests.documents import builders as files
from tests.registration import shops
from tests.registration.test_applicant_pages import PASSWORD

if TYPE_CHECKING:
    from django.http import HttpResponse

pytestmark = [pytest.mark.django_db, pytest.mark.db15]

PAPER = "applicant_identity"
HALF = 100


@pytest.fixture
def keeper() -> Client:
    client = Client()
    person = {"name": shops.OPERATOR, "id_number": shops.number(2), "phone": "13800000002"}
    assert client.post("/account/register/", person | PASSWORD).status_code == 302
    return client


@pytest.fixture
def page(keeper: Client) -> str:
    return f"{keeper.post('/apply/new/individual_establishment/').headers['Location']}documents/"


def announced(client: Client, page: str, data: bytes, *, name: str = "身份证.jpg", paper: str = PAPER) -> Any:
    about = {"paper": paper, "name": name, "size": len(data), "mark": f"{name}|{len(data)}"}
    return client.post(f"{page}files/", about)


def piece(client: Client, page: str, arrival: str, data: bytes, *, at: int) -> HttpResponse:
    address = f"{page}files/{arrival}/?at={at}"
    return client.post(address, data, content_type="application/octet-stream")  # type: ignore[return-value]


def sent(client: Client, page: str, data: bytes, *, name: str = "身份证.jpg") -> str:
    told = announced(client, page, data, name=name).json()
    got = told["got"]
    while got < len(data):
        got = piece(client, page, told["id"], data[got : got + 1000], at=got).json()["got"]  # type: ignore[attr-defined]
    return str(told["id"])


def taken(client: Client, page: str, *arrivals: str) -> Any:
    return client.post(f"{page}files/take/", {"paper": PAPER, "file": list(arrivals)})


def kept() -> list[dict[str, str]]:
    with system_scope("测试"):
        found: list[dict[str, str]] = Draft.objects.get().typed.get("documents", {}).get(PAPER, [])
    return found


def stored() -> tuple[int, str]:
    """Pages and type of the paper; a file on no case yet is its owner's alone."""
    with system_scope("测试"):
        owner = Draft.objects.get().person
    with acting(Actor(shops.OPERATOR, "applicant", owner)):
        found = Document.objects.get(kind=PAPER)
    return found.pages, found.content_type


def test_what_arrived_stays_with_the_draft_and_isnt_asked_for_again(keeper: Client, page: str) -> None:
    answer = taken(keeper, page, sent(keeper, page, files.jpeg(400, 300)))
    assert "已上传：身份证.jpg" in answer.json()["words"]
    with system_scope("测试"):
        assert not Arrival.objects.exists()
    assert "已上传：身份证.jpg" in keeper.get(page).content.decode()
    rest = {"domicile": SimpleUploadedFile("合同.pdf", files.pdf(), "application/pdf")}
    assert keeper.post(page, rest).status_code == 302
    with system_scope("测试"):
        assert set(Draft.objects.get().data["documents"]) == {PAPER, "domicile"}


def test_after_a_lost_connection_it_goes_on_where_it_stopped(keeper: Client, page: str) -> None:
    data = files.jpeg(400, 300)
    first = announced(keeper, page, data).json()
    piece(keeper, page, first["id"], data[:HALF], at=0)
    again = announced(keeper, page, data).json()
    assert (again["id"], again["got"]) == (first["id"], HALF)
    doubled = piece(keeper, page, first["id"], data[:HALF], at=0)
    assert (doubled.status_code, doubled.json()["got"]) == (409, HALF)  # type: ignore[attr-defined]
    assert taken(keeper, page, sent(keeper, page, data)).status_code == 200


def test_papers_that_arrive_at_the_same_time_all_stay(keeper: Client, page: str) -> None:
    """Each was asked for while the other was on its way: neither may overwrite what the other left."""
    with system_scope("测试"):
        before = Draft.objects.get()
    with acting(Actor(shops.OPERATOR, "applicant", before.person)):
        drafts.keep_files(before, "documents", {"domicile": [{"id": "1"}]})
        drafts.keep_files(before, "documents", {PAPER: [{"id": "2"}]})
        assert set(Draft.objects.get().typed["documents"]) == {"domicile", PAPER}


def test_the_start_page_lists_what_is_asked(keeper: Client) -> None:
    page = keeper.get("/apply/new/individual_establishment/").content.decode()
    assert "<li>经营者</li><li>店开在哪个县（市、区）</li>" in page


def test_several_photos_are_one_paper_of_several_pages(keeper: Client, page: str) -> None:
    photos = [sent(keeper, page, files.jpeg(400, 300 + n), name=f"{n}.jpg") for n in range(3)]
    assert taken(keeper, page, *photos).status_code == 200
    assert [entry["filename"] for entry in kept()] == ["申请人主体资格文件或者自然人身份证明（3 张照片）.pdf"]
    assert stored() == (3, "application/pdf")


def test_several_photos_without_script(keeper: Client, page: str) -> None:
    photos = [SimpleUploadedFile(f"{n}.jpg", files.jpeg(400, 300), "image/jpeg") for n in range(2)]
    other = SimpleUploadedFile("合同.pdf", files.pdf(), "application/pdf")
    assert keeper.post(page, {PAPER: photos, "domicile": other}).status_code == 302
    assert stored() == (2, "application/pdf")


@pytest.mark.parametrize(
    ("data", "words"), [(b"PK\x03\x04" + bytes(60), "另存为 PDF"), (b"hello", "认不出文件类型")]
)
def test_what_may_not_be_kept_is_told_and_forgotten(
    keeper: Client, page: str, data: bytes, words: str
) -> None:
    answer = taken(keeper, page, sent(keeper, page, data, name="材料.docx"))
    assert answer.status_code == 422
    assert words in answer.json()["problem"]
    assert kept() == []
    with system_scope("测试"):
        assert not Arrival.objects.exists()


def test_too_large_is_told_before_anything_is_sent(keeper: Client, page: str) -> None:
    about = {"paper": PAPER, "name": "扫描.pdf", "size": 21 * 1024 * 1024, "mark": "1"}
    answer = keeper.post(f"{page}files/", about)
    assert answer.status_code == 422
    assert "超过 20 MB" in answer.json()["problem"]


def test_nobody_sends_files_into_anothers_draft(keeper: Client, page: str) -> None:
    other = Client()
    person = {"name": "黄大伟", "id_number": shops.number(61), "phone": "13800000061"}
    assert other.post("/account/register/", person | PASSWORD).status_code == 302
    assert announced(other, page, b"x").status_code == 404
    mine = sent(keeper, page, files.jpeg())
    assert taken(other, page, mine).status_code == 404


@pytest.mark.parametrize("paper", ["charter", "", "applicant_identity/../x"])
def test_only_papers_of_the_filing_are_taken(keeper: Client, page: str, paper: str) -> None:
    assert announced(keeper, page, b"x", paper=paper).status_code == 422
    assert keeper.post(f"{page}files/take/", {"paper": PAPER, "file": ["no uuid"]}).status_code == 404
