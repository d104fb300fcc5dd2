"""Run management commands of ours in one process, in order; leaves out those that this site doesn't have.

A process of its own, because the settings connect as one database role only.
"""

import sys

import django
from django.core.management import call_command, get_commands

OPTIONS: dict[str, dict[str, object]] = {
    "migrate": {"interactive": False, "verbosity": 0},
    "generate_entities": {"count": 3000, "seed": 1, "if_empty": True},
}


def main(names: list[str]) -> None:
    django.setup()
    known = get_commands()
    for name in names:
        if name in known:
            call_command(name, **OPTIONS.get(name, {}))


if __name__ == "__main__":
    main(sys.argv[1:])
