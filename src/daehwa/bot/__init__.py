"""The bot definition: typed values, readers and writers of Lex's export, validation."""
