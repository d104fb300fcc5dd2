"""What other modules may do here; callers import these names from the package."""

from hongdun.consumer.actions.contacts import KeyTaken, receive
from hongdun.consumer.actions.filing import Filing, Merchant, Sender, submit

__all__ = ["Filing", "KeyTaken", "Merchant", "Sender", "receive", "submit"]
