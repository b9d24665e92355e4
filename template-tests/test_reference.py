"""The page about the template matches the template."""

from reference import PAGE, page


def test_page_matches_the_template():
    assert PAGE.read_text() == page(), "run: python template-tests/reference.py"
