from hongdun.statistics.models.command import Dispatch, Duty, MajorEvent
from hongdun.statistics.models.figures import Delta, Summary

__all__ = ["Delta", "Dispatch", "Duty", "MajorEvent", "Summary"]
