"""Cut the text into words and punctuation marks.

One regular expression tries the kinds in order: an address, a handle, an abbreviation, a Latin
word, a number, an Arabic word, one mark. Invisible control characters, white space and the low
lines inside a hashtag belong to no token, so that names in it are found: #الجيش_اليمني -> #,
الجيش, اليمني.
"""

from __future__ import annotations

import re

from masdar.text.fold import Folded
from masdar.types import Span, Token

LETTER = r"\u0620-\u063F\u0641-\u064A\u066E\u066F\u0671-\u06D3\u06D5\u06EE\u06EF\u06FA-\u06FF"
LETTER += r"\u0750-\u077F\u08A0-\u08C9\uFB50-\uFBB1\uFBD3-\uFD3D\uFD50-\uFDFC\uFE70-\uFEFC"
MARK = r"\u0610-\u061A\u0640\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E8\u06EA-\u06ED"
HIDDEN = r"\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF"
TOKEN = re.compile(
    rf"""
    (?P<word>
        (?: https?:// | www\. | pic\.twitter\.com/ ) [^\s«»“”"<>]+ (?<![.,;:!?)\]،؛؟])
      | @ \w+
      | [\w.+-]+ @ \w+ (?: \.\w+ )+
      | (?<![{LETTER}{MARK}]) [{LETTER}] (?: \.[{LETTER}] )+ \.? (?![{LETTER}{MARK}])
      | (?: [A-Za-z]\. ){{2,}}
      | [A-Za-zÀ-ÖØ-öø-ɏ] [A-Za-zÀ-ÖØ-öø-ɏ\d]* (?: ['’&-] [A-Za-zÀ-ÖØ-öø-ɏ\d]+ )*
      | \d{{4}}-\d{{1,2}}-\d{{1,2}} (?!\d)
      | \d+ (?: [.,:/٫٬] \d+ )*
      | [{LETTER}] (?: [{LETTER}{MARK}] | [\u200C\u200D] (?=[{LETTER}]) )*
      | [^\W\d_{LETTER}{MARK}]+
    )
  | \.{{2,}}
  | [^\w\s{HIDDEN}]
  | (?<!\w) _ | _ (?!\w)
    """,
    re.VERBOSE,
)


def find_tokens(text: str, folded: Folded) -> tuple[Token, ...]:
    """Words, numbers and marks of the text, in order."""
    return tuple(
        Token(span := Span(*match.span()), folded.slice(span), match.lastgroup == "word")
        for match in TOKEN.finditer(text)
    )
