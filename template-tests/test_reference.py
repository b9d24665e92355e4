"""The page about the template says what the template says."""

from reference import PAGE, page


def test_page_is_the_one_made_from_the_template():
    assert PAGE.read_text() == page(), "run: python template-tests/reference.py"
