"""One page beside the case: urge, supervise, ask another organ to help, note a clue, reopen, write to the merchant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hongdun.base.authorise import action, actor_of, requires
from hongdun.cases import actions as cases
from hongdun.cases.models import Case
from hongdun.consumer.actions import beside, evidence, merchants, objecting, publishing, registers
from hongdun.consumer.forms import beside as forms
from hongdun.consumer.forms.merchants import AnswerObjection, ShowAgain, Withhold
from hongdun.consumer.models import Kind, Urge
from hongdun.consumer.publicity.models import Objection, Publication
from hongdun.consumer.queries import publicity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest, HttpResponse

    from hongdun.base.actor import Actor
    from hongdun.base.forms import GovForm

BESIDE = action(
    "consumer.beside", "催办、督办、联合办理投诉举报", "clerk", "examiner", "approver", "head", "station"
)
FORMS: Mapping[str, type[GovForm]] = {
    "urge": forms.Urge,
    "supervise": forms.Supervise,
    "share": forms.Share,
    "clue": forms.Clue,
    "reopen": forms.Reopen,
    "reward": forms.Reward,
    "reply": forms.Reply,
    "print": forms.Print,
    "objection": AnswerObjection,
    "withhold": Withhold,
    "again": ShowAgain,
}
TITLES = {
    "urge": "催办",
    "supervise": "督办",
    "share": "联合办理",
    "clue": "登记线索",
    "reopen": "重新办理",
    "reward": "申请举报奖励",
    "reply": "回复",
    "print": "打印登记表",
    "objection": "答复公示异议",
    "withhold": "不予公示或者停止公示",
    "again": "恢复公示",
}


@requires(BESIDE)
@require_http_methods(["GET", "POST"])
def more(request: HttpRequest, number: str) -> HttpResponse:
    case = _found(number)
    what = request.POST.get("what", "")
    form = FORMS[what](request.POST) if what in FORMS else None
    if form is not None and form.is_valid() and (said := _done(case, what, form, actor_of(request))):
        messages.success(request, said)
        return redirect("consumer:more", case.number)
    status = 422 if form is not None else 200
    return render(request, "consumer/more.html", _context(request, case, what, form), status=status)


@requires(BESIDE)
@require_POST
def attach(request: HttpRequest, number: str) -> HttpResponse:
    case = _found(number)
    form = forms.Evidence(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            with transaction.atomic():
                evidence.add(
                    case, data=upload.read(), filename=upload.name, kind=form.cleaned_data["kind"], actor=actor_of(request)
                )  # fmt: skip
        except cases.Refused as refused:
            form.add_error("file" if getattr(refused, "field", "") else None, str(refused))
        else:
            messages.success(request, "材料已经放进案卷。")
            return redirect("consumer:more", case.number)
    return render(
        request,
        "consumer/more.html",
        _context(request, case, "", None) | {"bad": form, "evidence": form},
        status=422,
    )


def _found(number: str) -> Case:
    case = Case.objects.filter(number=number, procedure_code__startswith="consumer.").first()
    if case is None:
        raise Http404(f"没有找到 {number}，或它不在您的管辖范围内。")
    return case


def _context(request: HttpRequest, case: Case, what: str, form: GovForm | None) -> dict[str, Any]:
    shown = _offered(case)
    return {
        "case": case,
        "bad": form,
        "panels": [(name, TITLES[name], form if name == what else FORMS[name]()) for name in shown],
        "urges": [(row, forms.Reply(initial={"row": row.pk})) for row in case.urges.order_by("-at")],
        "evidence": None if case.closed else forms.Evidence(),
        "publication": publicity.words(case),
        "objection": publicity.objection(case),
        "answers": case.answers.order_by("-at"),
        "merchant_url": request.build_absolute_uri(merchants.address(case)) if _asks_merchant(case) else "",
    }


def _offered(case: Case) -> list[str]:
    if case.closed and case.procedure_code == "consumer.complaint":
        return ["reopen", *_about_publication(case)]
    if case.closed:
        return ["reward"] * _is_report(case)
    mediated = case.procedure_code == "consumer.complaint"
    printed = mediated or _is_report(case)
    return ["urge", "supervise", "share", *(["clue"] if mediated else []), *(["print"] if printed else [])]


def _about_publication(case: Case) -> list[str]:
    row = Publication.objects.filter(case=case).first()
    if row is None:
        return []
    if Objection.objects.filter(publication=row, decided=None).exists():
        return ["objection"]
    return ["again" if row.withdrawn else "withhold"]


def _is_report(case: Case) -> bool:
    return case.procedure_code == f"consumer.{Kind.REPORT}"


def _asks_merchant(case: Case) -> bool:
    return case.procedure_code == "consumer.complaint" and not case.closed


def _done(case: Case, what: str, form: GovForm, actor: Actor) -> str:
    deeds: Mapping[str, Callable[..., str]] = {
        "urge": lambda **given: _said(beside.urge(case, actor=actor, **given), "已催办。"),
        "supervise": lambda **given: _said(beside.supervise(case, actor=actor, **given), "已督办。"),
        "share": lambda **given: _said(
            beside.handle_jointly(case, actor=actor, **given), "已请协办单位联合办理。"
        ),
        "clue": lambda **given: (
            f"线索已登记：{beside.find_clue(case, actor=actor, **given).number}，另行核查。"
        ),
        "reopen": lambda **given: f"已重新办理：{beside.reopen(case, actor=actor, **given).number}。",
        "reward": lambda **given: (
            f"奖励申请已登记：{beside.claim_reward(case, actor=actor, **given).number}。"
        ),
        "print": lambda **_: (
            f"已打印{registers.print_register(case, actor=actor).title}，在案件的“材料和文书”里。"
        ),
        "reply": lambda **given: _replied(case, actor=actor, **given),
        "objection": lambda **given: _answered(case, actor=actor, **given),
        "withhold": lambda **given: publishing.withhold(case.publication, actor=actor, **given),
        "again": lambda **given: publishing.show_again(case.publication, actor=actor, **given),
    }
    try:
        with transaction.atomic():
            return deeds[what](**form.cleaned_data)
    except cases.Refused as refused:
        field = getattr(refused, "field", None)
        form.add_error(field if field in form.fields else None, str(refused))
        return ""


def _said(_: object, words: str) -> str:
    return words


def _answered(case: Case, *, outcome: str, reason: str, actor: Actor) -> str:
    made = publicity.objection(case)
    if made is None:
        raise cases.Refused("经营者没有对这件投诉的公示提出异议。")
    return objecting.decide(made, outcome=outcome, reason=reason, actor=actor)


def _replied(case: Case, *, row: Any, answer: str, actor: Actor) -> str:
    found = Urge.objects.select_related("case").filter(pk=row, case=case, answered=None).first()
    if found is None:
        raise cases.Refused("这一条已经回复过了。")
    beside.answer_urge(found, answer=answer, actor=actor)
    return "已回复。"
