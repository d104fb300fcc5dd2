"""Every page type and part with sample content, served to the browser tests only."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from hongdun.base.actor import Actor
from hongdun.base.fields import CodeField, DateField, NumberField
from hongdun.base.forms import FilterForm, GovForm, GovFormSet, Look
from hongdun.base.parts import Crumb, Happening, Pager, SummaryRow, TabLink, TaskItem
from hongdun.base.scope import acting

if TYPE_CHECKING:
    from collections.abc import Callable

    View = Callable[[HttpRequest], HttpResponse]

OFFICER = Actor(
    person=None, name="黄志强", organ=450_103_000, post=None, roles=frozenset({"examiner"}), kind="officer"
)
SHANGHAI = ZoneInfo("Asia/Shanghai")
DUE = date(2026, 11, 24)
NAMES = ["广西鑫源数字科技有限公司", "柳州螺蛳粉电子商务有限公司（广西）南宁青秀第三分公司"]
LIGHTS = [5, -1, 0, 2, None]
COLOURS = ["blue", "grey", "yellow", "green", "red"]
received: list[dict[str, str]] = []


class CompanyForm(GovForm):
    looks: ClassVar = {
        "name": Look(example="广西鑫源数字科技有限公司", autocomplete="organization"),
        "capital": Look(width=10, suffix="万元"),
        "kind": Look(choice_hints={"1": "股东以出资额为限承担责任"}),
        "own": Look(inline=True),
    }
    groups = (("企业", ("name", "capital", "scope")),)

    name = forms.CharField(label="企业名称", help_text="行政区划 + 字号 + 行业 + 组织形式", max_length=40)
    capital = NumberField(label="注册资本", above=0)
    scope = forms.CharField(label="经营范围", widget=forms.Textarea(attrs={"rows": 3}), max_length=20)
    phone = CodeField(label="联系电话", min_length=11, max_length=11, required=False)
    kind = forms.ChoiceField(
        label="公司类型", choices=[("1", "有限责任公司"), ("2", "股份有限公司")], widget=forms.RadioSelect
    )
    own = forms.ChoiceField(
        label="您是法定代表人吗？", choices=[("y", "是"), ("n", "不是")], widget=forms.RadioSelect
    )
    along = forms.MultipleChoiceField(
        label="一并办理",
        choices=[("a", "刻章"), ("b", "税务")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    city = forms.ChoiceField(label="所在市", choices=[("", "请选择"), ("1", "南宁市")])
    founded = DateField(label="成立日期")
    proof = forms.FileField(label="住所证明", help_text="PDF 或照片")
    password = forms.CharField(label="口令", widget=forms.PasswordInput)
    agree = forms.BooleanField(label="以上内容真实、准确、完整")


class ShareholderForm(GovForm):
    name = forms.CharField(label="姓名")
    number = CodeField(label="证件号码", min_length=18, max_length=18)


class Shareholders(GovFormSet):
    noun, measure = "股东", "位"


People = forms.formset_factory(ShareholderForm, formset=Shareholders, extra=0, min_num=2, validate_min=True)


class WorkFilter(FilterForm):
    q = forms.CharField(label="关键字", required=False, widget=forms.TextInput(attrs={"data-search": ""}))
    kind = forms.ChoiceField(label="业务类型", choices=[("", "全部"), ("1", "公司设立登记")], required=False)


class OpinionForm(GovForm):
    opinion = forms.CharField(label="审查意见", widget=forms.Textarea(attrs={"rows": 3}), max_length=200)


def at_the_desk(view: View) -> View:
    """Show the page as the middleware would to an officer: with the actor, and under the officer's range."""

    def shown(request: HttpRequest) -> HttpResponse:
        request.actor = OFFICER  # type: ignore[attr-defined]
        with acting(OFFICER):
            return view(request)

    return shown


@at_the_desk
def work_list(request: HttpRequest) -> HttpResponse:
    rows = [
        {
            "number": f"桂南市监受 2026-{10231 + i}",
            "name": NAMES[i % 2],
            "came": datetime(2026, 11, 20 + i % 3, 9, 5, tzinfo=SHANGHAI),
            "days": LIGHTS[i % 5],
            "due": DUE,
            "colour": COLOURS[i % 5],
        }
        for i in range(8)
    ]
    tabs = [TabLink("我的", "?", current=True, count=8), TabLink("可领取", "?tab=open", count=1203)]
    context = {
        "rows": rows,
        "form": WorkFilter(request.GET),
        "tabs": tabs,
        "page": Pager("?b", "?a", 1000, capped=True),
    }
    if request.method == "POST":
        received.append(request.POST.dict())
        return redirect(request.path)
    return render(request, "gallery/work_list.html", context)


def record(request: HttpRequest) -> HttpResponse:
    summary = [
        SummaryRow("名称", NAMES[1], "/x/"),
        SummaryRow("统一社会信用代码", "91450103MA5N000000"),
        SummaryRow("电话", ""),
    ]
    happenings = [
        Happening(datetime(2026, 11, 20, 9, 5, tzinfo=SHANGHAI), "受理", "黄志强", "材料齐全。", tone="good"),
        Happening(date(2026, 11, 22), "审查", "李壮飞", url="/x/", tone="now"),
    ]
    context = {
        "layout": "public.html",
        "summary": summary,
        "happenings": happenings,
        "crumbs": [Crumb("查企业", "/x/"), Crumb(NAMES[1])],
        "bpmn_url": "/bpmn.xml",
        "marks": json.dumps({"done": ["accept"], "now": {"examine": "李壮飞 剩 2 个工作日"}}),
        "stages": [{"label": "受理", "state": "done"}, {"label": "审查", "state": "now"}],
    }
    response = render(request, "gallery/record.html", context)
    response.is_island = True  # type: ignore[attr-defined]
    return response


@at_the_desk
def task(request: HttpRequest) -> HttpResponse:
    form = OpinionForm(request.POST or None)
    if form.is_valid():
        received.append(request.POST.dict())
        return redirect("/list/")
    return render(request, "gallery/task.html", {"form": form, "due": DUE})


def guided(request: HttpRequest) -> HttpResponse:
    form = CompanyForm(request.POST, request.FILES) if request.method == "POST" else CompanyForm()
    items = [
        TaskItem("选择事项", "已完成", "/x/"),
        TaskItem("企业名称", "填写中", "/x/", "约 3 分钟", "blue"),
        TaskItem("核对", "填完后才能开始"),
    ]
    context = {
        "form": form,
        "heading": "企业名称",
        "caption": "第 2 步",
        "items": items,
        "back_url": "/x/",
        "autosave_url": "/save/",
    }
    return render(request, "gallery/guided.html", context)


def people(request: HttpRequest) -> HttpResponse:
    formset = People(request.POST or None, prefix="p")
    return render(
        request, "pages/guided_form.html", {"formset": formset.rearranged() or formset, "heading": "股东"}
    )


def save(request: HttpRequest) -> HttpResponse:
    received.append(request.POST.dict())
    return HttpResponse(status=204)


def bpmn(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery/steps.xml", content_type="application/xml")


def error(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, f"{status}.html", {"number": "01928ab3c4d5"})


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery/home.html", {"form": None})


urlpatterns = [
    path("", home),
    path("list/", work_list),
    path("record/", record),
    path("task/", task),
    path("guided/", guided),
    path("people/", people),
    path("save/", save),
    path("bpmn.xml", bpmn),
    path("error/<int:status>/", error),
]
