from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id19M(Argon2PasswordHasher):
    """OWASP's first choice of parameters: 19 MiB, two passes, one lane."""

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1
