from __future__ import annotations

from typing import ClassVar

from django.db import models

from hongdun.base.access import Access, Open


class Heartbeat(models.Model):
    """When each part of the worker last went round; /readyz tells of silence."""

    access: ClassVar[Access] = Open(reason="只有进程名和时间，供就绪检查", write="system")

    name = models.TextField("部分", primary_key=True)
    at = models.DateTimeField("最近")

    class Meta:
        verbose_name = "心跳"


class JobDone(models.Model):
    """Jobs whose effect is stored: written with the effect, so a repeated job has none (node-local)."""

    access: ClassVar[Access] = Open(reason="只有任务序号和时间", write="system")

    job = models.BigIntegerField("任务", primary_key=True)
    at = models.DateTimeField("完成")

    class Meta:
        verbose_name = "已完成任务"
