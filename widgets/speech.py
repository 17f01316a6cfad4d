"""The message that tells a widget that another language is spoken."""

from textual.message import Message


class LanguageChanged(Message, bubble=False):
    """Sent to every widget; whoever shows words says them again."""
