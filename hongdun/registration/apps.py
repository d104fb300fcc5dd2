from importlib import import_module

from django.apps import AppConfig

VERBS = {
    "screening.switched": "{actor}设定自动审核，自 {valid_from} 起施行，依据：{reason}",
    "screening.laid_down": "{actor}制定自动审核的条件，自 {valid_from} 起施行，依据：{reason}",
}


class RegistrationConfig(AppConfig):
    name = "hongdun.registration"
    label = "registration"
    verbose_name = "登记注册"

    def ready(self) -> None:
        from hongdun.audit import queries as audit
        from hongdun.base import reference
        from hongdun.registration import establishment, name_reservation, name_ruling, screening
        from hongdun.registration.screening import actions

        for filing in (establishment, name_reservation, name_ruling, screening):
            import_module(f"{filing.__name__}.procedure")  # registers itself
        audit.VERBS.update(VERBS)
        reference.LOADERS["自动审核条件"] = actions.load_conditions
