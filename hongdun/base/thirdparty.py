"""Tables that other people's packages make: who may use them is declared here, as on a model."""

from __future__ import annotations

from hongdun.base.access import Access, Open

_JOBS = "任务只带编号，不含个人信息；网页入队，后台取走"

THIRD_PARTY: dict[str, Access] = {
    "django_session": Open(reason="会话键即凭据，登录前后都须读写", write="anyone"),
    "django_content_type": Open(reason="模型名录，没有业务内容"),
    "django_migrations": Open(reason="已执行的迁移，就绪检查要看"),
    "procrastinate_jobs": Open(reason=_JOBS, write="anyone", policies_off=True),
    "procrastinate_events": Open(reason=_JOBS, write="anyone"),
    "procrastinate_periodic_defers": Open(reason=_JOBS, write="anyone"),
    "procrastinate_workers": Open(reason=_JOBS, write="anyone"),
}
# Keys from a sequence: these tables belong to one node and are never replicated.
SEQUENCES = (
    "procrastinate_jobs_id_seq",
    "procrastinate_events_id_seq",
    "procrastinate_periodic_defers_id_seq",
    "procrastinate_workers_id_seq",
)
