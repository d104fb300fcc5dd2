from hongdun.calls.actions.calls import end, note, receive
from hongdun.calls.actions.seats import change_seat, take_seat

__all__ = ["change_seat", "end", "note", "receive", "take_seat"]
