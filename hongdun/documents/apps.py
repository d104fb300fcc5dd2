from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "hongdun.documents"
    label = "documents"
    verbose_name = "文书与材料"
