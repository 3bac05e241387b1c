"""Everything masdar raises on purpose.

MasdarError
├── InputError      this article or file cannot be read
├── LexiconError    a lexicon or override file is malformed
├── ModelError      the model is missing or speaks another protocol
├── QueryError      a search cannot be understood
└── StoreError      the database cannot be reached or is of another version
"""


class MasdarError(Exception):
    """Base of all errors that a user can do something about."""


class InputError(MasdarError):
    """This article or file cannot be read."""


class LexiconError(MasdarError):
    """A lexicon or override file is malformed."""


class ModelError(MasdarError):
    """The model is missing or speaks another protocol."""


class QueryError(MasdarError):
    """A search cannot be understood."""


class StoreError(MasdarError):
    """The database cannot be reached or is of another version."""
