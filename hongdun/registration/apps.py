from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    name = "hongdun.registration"
    label = "registration"
    verbose_name = "登记注册"

    def ready(self) -> None:
        from hongdun.registration.establishment import procedure  # noqa: F401 - registers itself
