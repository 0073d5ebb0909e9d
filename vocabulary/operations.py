"""The 18 operations of MAPS that were published for GPT-2 XL, and what they are called.

Elhelo and Geva 2024 (arXiv 2412.11965) ask which predefined operations a head
implements, from its parameters and from its outputs. A head's score on an
operation is the fraction of (source, target) pairs whose target is among the
head's top outputs (top 10; top 1 for copying) when its last position attends to
the source; from ``OPERATION_THRESHOLD`` on the head *implements* the operation.
The same on the negated projection says that it *suppresses* it.

The names are the paper's dataset names. The families are the paper's too
(algorithmic, knowledge, linguistic), with one change: the two copying
operations, algorithmic in the paper, stand apart, because copying or
suppressing is the question that an induction pattern leaves open.
"""

from dataclasses import dataclass
from typing import Literal

Family = Literal["copying", "algorithmic", "knowledge", "linguistic"]

#: From this score on a head implements (or suppresses) an operation.
OPERATION_THRESHOLD = 0.15
#: Ending of the columns with the scores on the negated projection.
SUPPRESSION = "__suppression"
#: Key of the paper in the list of citations.
OPERATIONS_CITATION = "elhelo2024"


@dataclass(frozen=True)
class Operation:
    """One operation: its dataset in the paper, a name for people, an example."""

    name: str
    label: str
    family: Family
    example: str

    @property
    def suppression(self) -> str:
        """The column with the score of suppressing it."""
        return self.name + SUPPRESSION


OPERATIONS: dict[str, Operation] = {
    operation.name: operation
    for operation in (
        Operation("name_copying", "Name copying", "copying", "John → John"),
        Operation("general_copying_english_500", "Word copying", "copying", "water → water"),
        Operation("year_to_following", "Year to next year", "algorithmic", "1998 → 1999"),
        Operation("word_first_letter", "Word to first letter", "algorithmic", "bear → b"),
        Operation("word_last_letter", "Word to last letter", "algorithmic", "bear → r"),
        Operation("country_to_capital_wikidata", "Country to capital", "knowledge", "Peru → Lima"),
        Operation(
            "country_to_official_language_wikidata",
            "Country to language",
            "knowledge",
            "Brazil → Portuguese",
        ),
        Operation("object_superclass", "Object to superclass", "knowledge", "tiger → animal"),
        Operation("product_by_company", "Product to company", "knowledge", "iPhone → Apple"),
        Operation("work_location", "Occupation to workplace", "knowledge", "farmer → farm"),
        Operation("adj_antonym", "Adjective to antonym", "linguistic", "cold → hot"),
        Operation("adj_comparative", "Adjective to comparative", "linguistic", "cold → colder"),
        Operation("adj_superlative", "Adjective to superlative", "linguistic", "cold → coldest"),
        Operation("entity_to_pronoun", "Noun to pronoun", "linguistic", "students → they"),
        Operation("verb_past_tense", "Verb to past tense", "linguistic", "ask → asked"),
        Operation("word_to_compound", "Word to compound", "linguistic", "milk → milkshake"),
        Operation("word_to_homophone", "Word to homophone", "linguistic", "sea → see"),
        Operation("word_to_synonym", "Word to synonym", "linguistic", "large → big"),
    )
}

#: The name of heads that implement none of the operations.
NO_OPERATION = "no_operation"


@dataclass(frozen=True)
class OperationFamily:
    """A family of operations, or none, with its colour."""

    name: str
    label: str
    sentence: str
    colour: str
    pattern: str
    dark: str
    """Its colour on the dark theme."""


#: Told apart by colour-blind readers (a test simulates it), and unlike the colours
#: of the attention categories: this is another question about the same heads.
FAMILIES: dict[str, OperationFamily] = {
    segment.name: segment
    for segment in (
        OperationFamily(
            "copying",
            "Copying",
            "The token it attends to is what it writes: a name or a common word.",
            "#041f68",
            "",
            "#537cfb",
        ),
        OperationFamily(
            "algorithmic",
            "Algorithmic",
            "It writes something that follows from the token by a rule: the next year, a letter.",
            "#2199f4",
            "/",
            "#89deff",
        ),
        OperationFamily(
            "knowledge",
            "Knowledge",
            "It writes a fact about the token it attends to: a capital, a company, a class.",
            "#ca8311",
            "x",
            "#fee388",
        ),
        OperationFamily(
            "linguistic",
            "Linguistic",
            "It writes a related form of the token: a comparative, a pronoun, an antonym.",
            "#6d2c08",
            "\\",
            "#c54b0d",
        ),
        OperationFamily(
            NO_OPERATION,
            "No operation",
            f"None of the {len(OPERATIONS)} published operations reaches {OPERATION_THRESHOLD}.",
            "#929292",
            ".",
            "#6e6e70",
        ),
    )
}
