class RegisterError(ValueError):
    """A filing that the register can't take; the message says what is wrong and how to mend it."""
