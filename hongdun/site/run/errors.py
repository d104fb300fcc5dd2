class CannotProceed(RuntimeError):
    """Says in the user's language what is wrong, where, and how to mend it."""
