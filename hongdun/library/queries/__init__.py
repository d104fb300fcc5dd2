from hongdun.library.queries.answering import Found, by_subject, find

__all__ = ["Found", "by_subject", "find"]
