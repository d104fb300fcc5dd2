from hongdun.register.models.entity import Entity
from hongdun.register.models.intake import ImportChunk, ImportRun
from hongdun.register.models.licences import Licence, UsccBlock
from hongdun.register.models.names import Fate, Name, NameKind
from hongdun.register.models.people import EntityPerson, EntityShare, PersonLink
from hongdun.register.models.versions import StatusEvent, Version, VersionKind, VersionPrivate
from hongdun.register.models.wording import Wording

__all__ = [
    "Entity",
    "EntityPerson",
    "EntityShare",
    "Fate",
    "ImportChunk",
    "ImportRun",
    "Licence",
    "Name",
    "NameKind",
    "PersonLink",
    "StatusEvent",
    "UsccBlock",
    "Version",
    "VersionKind",
    "VersionPrivate",
    "Wording",
]
