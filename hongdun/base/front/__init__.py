"""The process that every visitor meets first: it answers what it can by itself and hands the rest to the web service."""
