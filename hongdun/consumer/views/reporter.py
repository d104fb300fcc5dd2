"""Who reported, opened for a reason that is kept (art. 37)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hongdun.base.authorise import action, actor_of, requires
from hongdun.consumer.actions import reporters
from hongdun.consumer.forms.reason import Reason
from hongdun.consumer.models import Reporter

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

READ = action("consumer.reporter", "查阅举报人信息", "clerk", "examiner", "approver", "head", "station")


@requires(READ)
@require_http_methods(["GET", "POST"])
def reporter(request: HttpRequest, number: str) -> HttpResponse:
    found = Reporter.objects.select_related("case").filter(case__number=number).first()
    if found is None:
        raise Http404(f"没有找到举报 {number} 的举报人信息，或它不在您的管辖范围内。")
    form = Reason(request.POST if request.method == "POST" else None)
    context = {"reporter": found, "case": found.case, "form": form}
    if request.method == "POST" and form.is_valid():
        context["rows"] = reporters.read(found, reason=form.cleaned_data["reason"], actor=actor_of(request))
    return render(request, "consumer/reporter.html", context, status=422 if form.errors else 200)
