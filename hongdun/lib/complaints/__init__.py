"""What a complaint is about."""
