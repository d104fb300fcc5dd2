"""Files of a draft that come in piece by piece while its page is still filled in; the page's script asks."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from hongdun.base.authorise import actor_of, requires
from hongdun.documents import arrivals
from hongdun.documents.errors import DocumentProblem, UploadRefused
from hongdun.registration import queries
from hongdun.registration.actions import drafts
from hongdun.registration.forms import Uploads
from hongdun.registration.views.filing import FILE, draft_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hongdun.law.models import RequiredDocument
    from hongdun.registration.models import Draft


@requires(FILE)
@require_POST
def begin(request: HttpRequest, draft_id: UUID, code: str) -> HttpResponse:
    """Announce a file; says where to go on where an earlier attempt broke off."""
    draft = draft_of(request, draft_id)
    try:
        _, paper = _asked(request, draft, code)
        found = arrivals.expect(
            purpose=_purpose(draft, paper), mark=request.POST.get("mark", "")[:200], name=request.POST.get("name", "")[:200],
            size=_number(request.POST.get("size")), person=_person(request),
        )  # fmt: skip
    except DocumentProblem as problem:
        return _problem(problem)
    return JsonResponse({"id": found.pk, "got": found.got, "piece": arrivals.PIECE})


@requires(FILE)
@require_POST
def piece(request: HttpRequest, draft_id: UUID, code: str, arrival_id: UUID) -> HttpResponse:  # noqa: ARG001 - address
    """The next bytes of a file; out of step, it is told where to go on."""
    draft_of(request, draft_id)
    try:
        found = arrivals.receive(
            arrival_id, request.body, at=_number(request.GET.get("at")), person=_person(request)
        )
    except arrivals.OutOfStep as step:
        return JsonResponse({"got": step.got}, status=409)
    except DocumentProblem as problem:
        return _problem(problem)
    return JsonResponse({"got": found.got})


@requires(FILE)
@require_POST
def take(request: HttpRequest, draft_id: UUID, code: str) -> HttpResponse:
    """Check what has arrived for one paper and keep it with the draft; what is wrong is forgotten, and told."""
    draft, person = draft_of(request, draft_id), _person(request)
    ids = _ids(request.POST.getlist("file"))
    try:
        page, paper = _asked(request, draft, code)
        page.take(paper, arrivals.whole(ids, purpose=_purpose(draft, paper), person=person))
    except DocumentProblem as problem:
        arrivals.forget(ids, person=person)
        return _problem(problem)
    arrivals.forget(ids, person=person)
    drafts.keep_files(draft, code, page.fresh)
    return JsonResponse({"words": page.hint(paper, page.fresh[paper.code])})


def _asked(request: HttpRequest, draft: Draft, code: str) -> tuple[Uploads, RequiredDocument]:
    pages = queries.topics(draft.procedure_code, draft.data)
    wanted = request.POST.get("paper", "")
    kind = pages.get(code)
    if kind and issubclass(kind, Uploads) and not draft.sent:
        page = kind(draft.data, actor=actor_of(request), typed=draft.typed.get(code))
        for paper in page.required():
            if paper.code == wanted:
                return page, paper
    raise UploadRefused("这份申请没有这种材料，或者已经提交。请刷新页面。")


def _person(request: HttpRequest) -> UUID:
    """Whose upload it is: the applicant's, or the officer's who enters what came on paper."""
    return queries.person_of(actor_of(request))


def _ids(texts: list[str]) -> list[UUID]:
    try:
        return [UUID(each) for each in texts]
    except ValueError as error:
        raise Http404("没有这样的文件，请刷新页面后重新选择。") from error


def _purpose(draft: Draft, paper: RequiredDocument) -> str:
    return f"draft/{draft.pk}/{paper.code}"


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _problem(problem: DocumentProblem) -> JsonResponse:
    return JsonResponse({"problem": str(problem)}, status=422)
