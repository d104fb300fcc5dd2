"""The lean lane: the two hottest public reads answered ahead of Django, in the bytes that Django would send."""
