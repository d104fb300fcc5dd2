from importlib import import_module

from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    name = "hongdun.registration"
    label = "registration"
    verbose_name = "登记注册"

    def ready(self) -> None:
        from hongdun.base import reference
        from hongdun.registration import establishment, name_reservation, name_ruling, screening
        from hongdun.registration.screening import actions

        for filing in (establishment, name_reservation, name_ruling, screening):
            import_module(f"{filing.__name__}.procedure")  # registers itself
        reference.LOADERS["自动审核条件"] = actions.load_conditions
