from hongdun.statistics.models.figures import Delta, Summary

__all__ = ["Delta", "Summary"]
