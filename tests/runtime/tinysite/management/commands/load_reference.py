from django.core.management import BaseCommand
from django.db import connection

GRANTS = """
GRANT ALL ON ALL TABLES IN SCHEMA public TO hongdun_app;
GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO hongdun_app;
"""


class Command(BaseCommand):
    """Stands for the product's reference data; runs as owner, so it can also give the app its rights."""

    def handle(self, *args: object, **options: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(GRANTS)
