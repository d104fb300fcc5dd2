"""What happened in a call, in words for the timeline."""

from __future__ import annotations

from typing import Any

WORDS = {
    "arrived": "来电",
    "dialled": "呼出",
    "taken": "接入语音菜单",
    "queued": "进入排队",
    "ringing": "坐席振铃",
    "answered": "坐席接听，开始录音",
    "unanswered": "坐席未接，回到排队",
    "held": "保持",
    "resumed": "取消保持",
    "consulted": "呼叫第三方",
    "party_up": "第三方接通",
    "party_down": "第三方挂断",
    "party_dropped": "坐席挂断第三方",
    "merged": "三方通话",
    "parted": "结束三方通话",
    "transferred": "转接给第三方",
    "monitored": "负责人监听",
    "seat_lost": "坐席浏览器中断",
    "released": "坐席挂机",
    "rated": "来电人评价",
    "voicemail": "开始留言",
    "callback_requested": "请求回电",
    "callback_repeated": "再次请求回电",
    "adopted": "电话平台重启后接续",
    "ended": "通话结束",
}
MODES = {"": "结束监听", "listen": "监听", "whisper": "对坐席耳语", "barge": "插话"}
BY = {
    "caller": "来电人挂机",
    "house": "本方挂机",
    "party": "第三方挂机",
    "lost": "线路中断",
    "failure": "线路故障",
}


def told(kind: str, data: dict[str, Any]) -> str:
    words = WORDS.get(kind, kind)
    if kind == "queued":
        return f"{words}（按键 {data['digit']}）" if data.get("digit") else f"{words}（没有按键）"
    if kind == "rated":
        return f"{words}：{data['rating']} 分"
    if kind == "monitored":
        return f"负责人{MODES[data.get('mode', '')]}"
    if kind == "ended":
        return f"{words}（{BY.get(data.get('by', ''), '其他')}）"
    return words
