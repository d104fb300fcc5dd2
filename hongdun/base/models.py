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


class Allowance(models.Model):
    """What one caller of the public pages and the API has asked today and in this minute (unlogged, node-local)."""

    access: ClassVar[Access] = Open(reason="调用者只以加密摘要或密钥编号记录，只有次数", write="anyone")

    pk = models.CompositePrimaryKey("bucket", "day")
    bucket = models.CharField("调用者", max_length=48)
    day = models.IntegerField("日")
    in_day = models.IntegerField("当日次数")
    minute = models.IntegerField("分钟")
    in_minute = models.IntegerField("本分钟次数")

    class Meta:
        verbose_name = "访问次数"


class SpentProof(models.Model):
    """Challenges that were answered: none counts twice (unlogged, node-local)."""

    access: ClassVar[Access] = Open(reason="只有题目编号", write="anyone")

    seed = models.CharField("题目", max_length=100, primary_key=True)
    until = models.BigIntegerField("有效至")

    class Meta:
        verbose_name = "已用解答"
