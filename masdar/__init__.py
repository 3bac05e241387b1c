"""masdar: reads Arabic-language political news and keeps a record of it."""

__version__ = "0.1.0"
