from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "hongdun.audit"
    label = "audit"
    verbose_name = "审计"
