"""Files that come in piece by piece, in step, each to its own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hongdun.base import clock
from hongdun.base.actor import Actor
from hongdun.base.ids import uuid7
from hongdun.base.scope import acting, system_scope
from hongdun.documents import arrivals, joining, places, uploads
from hongdun.documents.errors import UploadRefused
from hongdun.documents.models import Arrival
from tests.documents import builders

pytestmark = [pytest.mark.django_db, pytest.mark.db15]

PURPOSE = "draft/1/domicile"


def somebody() -> Actor:
    return Actor(name="韦小红", kind="applicant", person=uuid7())


def expected(who: Actor, size: int, mark: str = "photo|1") -> Arrival:
    return arrivals.expect(purpose=PURPOSE, mark=mark, name="租赁合同.jpg", size=size, person=who.person)


def test_a_file_comes_whole_out_of_its_pieces_and_then_nothing_is_left() -> None:
    with acting(somebody()) as who:
        found = expected(who, 10)
        for at, piece in ((0, b"0123"), (4, b"4567"), (8, b"89")):
            found = arrivals.receive(found.pk, piece, at=at, person=who.person)
        assert arrivals.whole([found.pk], purpose=PURPOSE, person=who.person) == [
            ("租赁合同.jpg", b"0123456789")
        ]
        arrivals.forget([found.pk], person=who.person)
        assert not Arrival.objects.exists()
        assert list(places.arrivals().glob(found.pk.hex)) == []


def test_the_same_file_goes_on_where_it_broke_off() -> None:
    with acting(somebody()) as who:
        first = arrivals.receive(expected(who, 10).pk, b"0123", at=0, person=who.person)
        again = expected(who, 10)
        assert (again.pk, again.got) == (first.pk, 4)
        assert expected(who, 10, mark="photo|2").got == 0


def test_another_file_under_the_same_mark_leaves_nothing_of_the_first() -> None:
    with acting(somebody()) as who:
        first = arrivals.receive(expected(who, 10).pk, b"0123", at=0, person=who.person)
        assert expected(who, 20).got == 0
        assert list(places.arrivals().glob(first.pk.hex)) == []


@pytest.mark.parametrize(("at", "piece"), [(0, b"0123"), (3, b"3"), (5, b"5"), (4, b"4567890")])
def test_a_piece_out_of_step_changes_nothing_and_says_where_to_go_on(at: int, piece: bytes) -> None:
    """Sent twice, too early, too late, or longer than announced."""
    with acting(somebody()) as who:
        found = arrivals.receive(expected(who, 10).pk, b"0123", at=0, person=who.person)
        with pytest.raises(arrivals.OutOfStep) as step:
            arrivals.receive(found.pk, piece, at=at, person=who.person)
        assert step.value.got == 4
        arrivals.receive(found.pk, b"456789", at=4, person=who.person)
        assert arrivals.whole([found.pk], purpose=PURPOSE, person=who.person)[0][1] == b"0123456789"


def test_what_was_written_and_not_committed_is_overwritten() -> None:
    with acting(somebody()) as who:
        found = arrivals.receive(expected(who, 8).pk, b"0123", at=0, person=who.person)
        (places.arrivals() / found.pk.hex).write_bytes(b"0123XXXXXXXX")
        arrivals.receive(found.pk, b"4567", at=4, person=who.person)
        assert arrivals.whole([found.pk], purpose=PURPOSE, person=who.person)[0][1] == b"01234567"


def test_nobody_else_adds_to_it_or_takes_it() -> None:
    with acting(somebody()) as who:
        found = arrivals.receive(expected(who, 4).pk, b"0123", at=0, person=who.person)
    with acting(somebody()) as other:
        with pytest.raises(UploadRefused, match="已经失效"):
            arrivals.receive(found.pk, b"x", at=4, person=other.person)
        with pytest.raises(UploadRefused, match="没有传完"):
            arrivals.whole([found.pk], purpose=PURPOSE, person=other.person)


def test_it_is_taken_whole_and_for_its_purpose_only() -> None:
    with acting(somebody()) as who:
        found = arrivals.receive(expected(who, 5).pk, b"0123", at=0, person=who.person)
        with pytest.raises(UploadRefused, match="没有传完"):
            arrivals.whole([found.pk], purpose=PURPOSE, person=who.person)
        arrivals.receive(found.pk, b"4", at=4, person=who.person)
        with pytest.raises(UploadRefused, match="没有传完"):
            arrivals.whole([found.pk], purpose="draft/1/charter", person=who.person)


@pytest.mark.parametrize("size", [0, -1, uploads.MAX_BYTES + 1])
def test_what_can_never_be_kept_is_refused_before_it_is_sent(size: int) -> None:
    with acting(somebody()) as who, pytest.raises(UploadRefused):
        expected(who, size)


def test_one_person_sends_so_many_files_at_once_and_no_more() -> None:
    with acting(somebody()) as who:
        for number in range(arrivals.MOST_AT_ONCE):
            expected(who, 10, mark=str(number))
        with pytest.raises(UploadRefused, match="最多"):
            expected(who, 10, mark="one more")


def test_what_never_arrives_is_forgotten_after_a_week() -> None:
    with acting(somebody()) as who:
        old = arrivals.receive(expected(who, 10).pk, b"0123", at=0, person=who.person)
        fresh = expected(who, 10, mark="fresh")
        Arrival.objects.filter(pk=old.pk).update(started=clock.now() - arrivals.KEPT - timedelta(minutes=1))
    with system_scope("任务"):
        assert arrivals.forget_old() == 1
        assert set(Arrival.objects.values_list("pk", flat=True)) == {fresh.pk}
    assert not (places.arrivals() / old.pk.hex).exists()


@pytest.mark.parametrize("length", [1, 7, 64, 300, 1000])
def test_any_cut_into_pieces_gives_the_same_file(length: int) -> None:
    data = bytes(range(200)) * 5
    with acting(somebody()) as who:
        found = expected(who, len(data))
        while found.got < found.size:
            found = arrivals.receive(
                found.pk, data[found.got : found.got + length], at=found.got, person=who.person
            )
        assert arrivals.whole([found.pk], purpose=PURPOSE, person=who.person)[0][1] == data


def test_photos_of_one_paper_become_one_file_a_page_each() -> None:
    photos = [
        ("1.jpg", builders.jpeg(600, 800)),
        ("2.png", builders.png()),
        ("3.jpg", builders.jpeg(800, 600)),
    ]
    [(name, data)] = joining.joined(photos, title="租赁合同")
    assert name == "租赁合同（3 张照片）.pdf"
    assert uploads.check(data, filename=name).pages == 3


def test_what_holds_a_pdf_is_not_joined_and_a_wrong_one_is_named() -> None:
    mixed = [("1.jpg", builders.jpeg()), ("2.pdf", builders.pdf())]
    assert joining.joined(mixed, title="租赁合同") == mixed
    with pytest.raises(UploadRefused, match=r"坏的\.doc：.*Word"):
        joining.joined([mixed[0], ("坏的.doc", b"\xd0\xcf\x11\xe0" + bytes(60))], title="租赁合同")
