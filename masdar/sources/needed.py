"""Libraries of the optional extras: imported when a source needs them, named when they are missing."""

from __future__ import annotations

import importlib
import logging
from types import ModuleType

from masdar.errors import InputError


def needed(module: str, extra: str, where: str) -> ModuleType:
    """The module of an optional library.

    Raises:
        InputError: it is not installed; the message says how to install it.
    """
    try:
        found = importlib.import_module(module)
    except ImportError as error:
        library = module.partition(".")[0]
        message = f'{where} needs {library}, which cannot be imported ({error}). Run: pip install "masdar[{extra}]"'
        raise InputError(message) from error
    # what goes wrong is said in masdar's own words; without a handler Python prints theirs on stderr
    logging.getLogger(module.partition(".")[0]).addHandler(logging.NullHandler())
    return found
