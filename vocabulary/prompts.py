"""The prompts whose whole attention is stored beside a table: the two probes', and our own texts.

Short texts that show what heads do in plain language. Plain data; a further prompt is one
further entry. Tables that were made before it lack it, and say so.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class StoredPrompt:
    """One prompt of some 15 to 64 tokens."""

    name: str
    """In links, in files and in Python."""
    label: str
    sentence: str
    """What it is, to follow "on one prompt:"."""
    text: str = ""
    """What the model reads after its first token; empty: the run makes it."""


#: Made by every run: one prompt of each probe, and the beginning of ``--text FILE`` if given.
MADE = (
    StoredPrompt("repeated", "Random tokens, twice", "a stretch of random ordinary tokens, twice"),
    StoredPrompt("natural", "Natural text", "natural text, as the scores were measured on"),
    StoredPrompt("beginning", "Your text", "the beginning of the text that was given"),
)
#: Our own texts, the same for every model.
TEXTS = (
    StoredPrompt(
        "ioi",
        "Indirect object",
        "a sentence that one name completes and the other does not (indirect object "
        "identification, Wang et al. 2022)",
        "When Mary and John went to the store, John gave a drink to",
    ),
    StoredPrompt(
        "twice",
        "A sentence twice",
        "one sentence, then the same again",
        "The old keeper climbed the stairs at dusk and lit the great lamp. "
        "The old keeper climbed the stairs at dusk and lit the great lamp.",
    ),
    StoredPrompt(
        "list",
        "A list",
        "a numbered list",
        "To buy on Saturday:\n1. two loaves of bread\n2. a jar of honey\n3. six brown eggs\n"
        "4. a bag of rice\n5.",
    ),
    StoredPrompt(
        "code",
        "Code",
        "a function in Python",
        "def total(prices):\n    result = 0\n    for price in prices:\n        result += price\n"
        "    return result\n",
    ),
    StoredPrompt(
        "paragraph",
        "A paragraph",
        "a paragraph with many delimiters",
        '"Is the harbour open?" she asked. The captain shook his head; the ice, he said, was '
        "thicker than last year. They waited (cold, silent) for hours, until the wind turned.",
    ),
    StoredPrompt(
        "arabic",
        "Arabic",
        "a sentence in Arabic, read from right to left: the boy read the book, then closed it",
        "قرأ الولد الكتاب ثم أغلق الولد الكتاب",
    ),
)
#: In the order of the page's list.
PROMPTS = {prompt.name: prompt for prompt in (*MADE, *TEXTS)}


def prompt_named(name: str) -> StoredPrompt:
    """A prompt by its name; for one that only a newer version knows, a stand-in."""
    return PROMPTS.get(name) or StoredPrompt(name, name.replace("_", " ").capitalize(), name)
