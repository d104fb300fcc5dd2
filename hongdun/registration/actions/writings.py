"""Printing what applicants wrote from models, and holding it against what the application says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.base import clock
from hongdun.cases import actions as cases
from hongdun.documents import actions as documents
from hongdun.documents.writings import print_writing
from hongdun.registration import writing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.base.actor import Actor
    from hongdun.registration.kinds import Kind


def check(kind: Kind, data: Mapping[str, Any]) -> None:
    """A paper says what the application said when it was written; what was changed since must be in both."""
    for paper in writing.papers(kind, data):
        saved = data.get("papers", {}).get(paper.code)
        if saved and saved["text"] and saved["model"] != writing.write(paper, data):
            raise cases.Incomplete(
                f"{paper.label}写好之后，申请内容又有改动。请打开“章程、协议等文件”核对后保存。",
                field="papers",
            )


def printed(data: Mapping[str, Any], *, actor: Actor) -> dict[str, Any]:
    """The application with every written paper printed and kept; those that were printed before stay."""
    papers = data.get("papers")
    return dict(data) | ({"papers": {c: _printed(c, p, actor) for c, p in papers.items()}} if papers else {})


def _printed(code: str, paper: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    if not paper["text"] or "id" in paper:
        return dict(paper)
    kept = documents.store_upload(
        print_writing(paper["text"], made=clock.today()), actor=actor, kind=code, title=paper["label"],
        filename=f"{paper['label']}.pdf", person=actor.person,
    )  # fmt: skip
    return dict(paper) | {"id": str(kept.id)}
