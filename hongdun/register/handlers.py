from hongdun.base.jobs import job
from hongdun.register.actions import indexing


@job("register.index_names", cron="*/10 * * * *", whole=False)
def index_names() -> None:
    """Make the pieces of search anew where an upgrade left old ones."""
    indexing.remake()
