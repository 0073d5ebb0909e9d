"""A few hundred odd questions: no 5xx, no traceback, nothing echoed unescaped.

Thousands of them: ``make fuzz``.
"""

from fuzzing import Asked, fuzz

EACH = 120


def test_no_odd_question_breaks_an_answer(tmp_path):
    asked = Asked(str(tmp_path))
    fuzz(asked, EACH)
    assert asked.count >= 3 * EACH
