from hongdun.calls.models.call import Call, CallbackRequest, CallEvent, Outcome, Recording, Stage
from hongdun.calls.models.routing import Choice, Hours, Line, Priority, Prompt, Queue, Skill
from hongdun.calls.models.seat import Operator, Pause, SeatState, Spell

__all__ = [
    "Call",
    "CallEvent",
    "CallbackRequest",
    "Choice",
    "Hours",
    "Line",
    "Operator",
    "Outcome",
    "Pause",
    "Priority",
    "Prompt",
    "Queue",
    "Recording",
    "SeatState",
    "Skill",
    "Spell",
    "Stage",
]
