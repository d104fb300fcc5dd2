from hongdun.register.models.entity import Entity, FormerName
from hongdun.register.models.intake import ImportChunk, ImportRun
from hongdun.register.models.licences import Licence, UsccBlock
from hongdun.register.models.people import EntityPerson, EntityShare, PersonLink
from hongdun.register.models.versions import StatusEvent, Version, VersionKind, VersionPrivate

__all__ = [
    "Entity",
    "EntityPerson",
    "EntityShare",
    "FormerName",
    "ImportChunk",
    "ImportRun",
    "Licence",
    "PersonLink",
    "StatusEvent",
    "UsccBlock",
    "Version",
    "VersionKind",
    "VersionPrivate",
]
