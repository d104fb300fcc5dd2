"""Documents in the database: who may see them, what may happen to them, what is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction

from hongdun.base.actor import Actor
from hongdun.base.ids import uuid7
from hongdun.base.scope import acting, system_scope
from hongdun.documents import actions, queries, signing
from hongdun.documents.errors import UploadRefused
from hongdun.documents.licence import print_licence
from hongdun.documents.models import Document
from hongdun.org.models import CaseShare
from tests.documents import builders

if TYPE_CHECKING:
    from uuid import UUID

pytestmark = [pytest.mark.django_db, pytest.mark.db15]

QINGXIU, NANNING, LIUZHOU, REGION = 450_103_000, 450_100_000, 450_202_000, 450_000_000


def officer(organ: int = QINGXIU) -> Actor:
    return Actor("黄丽华", "officer", uuid7(), organ, uuid7(), frozenset({"examiner"}))


def applicant() -> Actor:
    return Actor("李建国", "applicant", uuid7())


def an_upload(actor: Actor, *, case_id: UUID | None = None, data: bytes = b"") -> Document:
    with acting(actor):
        return actions.store_upload(
            data or builders.pdf(2),
            actor=actor,
            organ=QINGXIU,
            kind="articles",
            title="公司章程",
            filename="章程.pdf",
            person=actor.person if actor.kind == "applicant" else None,
            case_id=case_id,
        )


def an_issue(actor: Actor, *, person: UUID | None = None, case_id: UUID | None = None) -> Document:
    with acting(actor):
        return actions.issue(
            print_licence(builders.LICENCE, copy="duplicate", specimen=signing.is_specimen()),
            actor=actor,
            organ=QINGXIU,
            kind="licence",
            title="营业执照（副本）",
            location="南宁市青秀区",
            number="4501030000000127",
            person=person,
            case_id=case_id,
        )


def seen(actor: Actor, document: Document) -> bool:
    with acting(actor):
        return queries.document(document.id) is not None


def verbs(document: Document) -> list[str]:
    with system_scope("测试"), connection.cursor() as cursor:
        cursor.execute("SELECT verb FROM audit_event WHERE subject = %s ORDER BY at, id", [str(document.id)])
        return [verb for (verb,) in cursor.fetchall()]


def test_an_upload_is_cleaned_kept_and_audited() -> None:
    actor = applicant()
    document = an_upload(actor, data=builders.jpeg(extra=builders.exif(1)))
    assert (document.content_type, document.filename, document.pages) == ("image/jpeg", "章程.jpg", 1)
    with acting(actor):
        assert b"N22.8170" not in queries.content(document)
    assert verbs(document) == ["document.uploaded"]


def test_a_refused_upload_leaves_no_row() -> None:
    actor = applicant()
    with pytest.raises(UploadRefused):
        an_upload(actor, data=b"PK\x03\x04")
    with acting(actor):
        assert not Document.objects.exists()


def test_the_owner_and_the_chain_of_organs_see_it_and_nobody_else() -> None:
    owner = applicant()
    document = an_upload(owner)
    for actor in (owner, officer(QINGXIU), officer(NANNING), officer(REGION)):
        assert seen(actor, document)
    for actor in (applicant(), officer(LIUZHOU), officer(450_103_004)):
        assert not seen(actor, document)


def test_a_shared_case_opens_its_papers_to_the_helping_bureau() -> None:
    case_id = uuid7()
    document = an_upload(applicant(), case_id=case_id)
    helper = officer(LIUZHOU)
    assert not seen(helper, document)
    with system_scope("测试"):
        CaseShare.objects.create(case_id=case_id, organ_id=LIUZHOU)
    assert seen(helper, document)


def test_an_officer_can_not_file_a_paper_into_another_bureau() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        an_upload(officer(LIUZHOU))


def test_a_sealed_paper_is_the_same_file_each_time_and_verifies() -> None:
    actor, owner = officer(), applicant()
    document = an_issue(actor, person=owner.person)
    assert document.issued
    assert document.pages == 1
    with acting(owner):
        first, again = queries.content(document), queries.content(Document.objects.get(id=document.id))
    assert first == again
    report = signing.verify_pdf(first)
    assert report.ok
    assert report.signed_at == document.created.replace(microsecond=0)
    assert verbs(document) == ["document.issued"]


def test_uploads_are_attached_to_the_case_once() -> None:
    owner = applicant()
    first, second = an_upload(owner), an_upload(owner)
    case_id = uuid7()
    with acting(owner):
        actions.attach([first.id, second.id], actor=owner, case_id=case_id, organ=QINGXIU)
        assert [d.id for d in queries.of_case(case_id)] == [first.id, second.id]
    with pytest.raises(actions.NotYours, match="重新上传"), acting(owner):
        actions.attach([first.id], actor=owner, case_id=uuid7(), organ=QINGXIU)
    assert verbs(first) == ["document.uploaded", "document.attached"]


def test_nobody_attaches_or_discards_the_papers_of_others() -> None:
    document = an_upload(applicant())
    stranger = applicant()
    with pytest.raises(actions.NotYours), acting(stranger):
        actions.attach([document.id], actor=stranger, case_id=uuid7(), organ=QINGXIU)
    with pytest.raises(actions.NotYours), acting(stranger):
        actions.discard(document.id, actor=stranger)


def test_a_loose_upload_can_be_taken_back_and_one_on_a_case_can_not() -> None:
    owner = applicant()
    loose, filed = an_upload(owner), an_upload(owner, case_id=uuid7())
    with acting(owner):
        actions.discard(loose.id, actor=owner)
    with pytest.raises(actions.NotYours, match="已经提交"), acting(owner):
        actions.discard(filed.id, actor=owner)
    assert not seen(owner, loose)
    assert verbs(loose)[-1] == "document.discarded"


@pytest.mark.parametrize(
    "change",
    [{"sha256": "0" * 64}, {"title": "别的"}, {"case_id": uuid7()}, {"person": uuid7()}, {"number": "9"}],
)
def test_the_database_itself_keeps_papers_as_they_are(change: dict[str, object]) -> None:
    actor = officer()
    document = an_issue(actor, person=applicant().person, case_id=uuid7())
    with pytest.raises(DatabaseError, match="不能改动"), acting(actor):
        Document.objects.filter(id=document.id).update(**change)
    with pytest.raises(DatabaseError, match="不能删除"), acting(actor):
        Document.objects.filter(id=document.id).delete()


def test_reading_is_recorded_for_others_than_the_owner() -> None:
    owner, reader = applicant(), officer()
    document = an_upload(owner)
    for actor in (owner, reader):
        with acting(actor):
            actions.note_reading(document, actor=actor)
    assert verbs(document) == ["document.uploaded", "document.read"]
