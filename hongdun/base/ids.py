from uuid import UUID

import uuid_utils


def uuid7() -> UUID:
    """Time-ordered key made by the client, so that rows can be named before they are stored (RFC 9562)."""
    return UUID(int=uuid_utils.uuid7().int)
