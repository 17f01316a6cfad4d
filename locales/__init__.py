"""The words of the interface by language: the catalogues of translations, and the one that is spoken now."""
