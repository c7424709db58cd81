from articles.compile import compile_markdown

TABLE = "| a |\n|---|\n| b |\n"


def test_every_table_region_has_a_name_of_its_own():
    html = compile_markdown(f"{TABLE}\nBetween.\n\n{TABLE}").html

    assert 'aria-label="Table"' in html
    assert 'aria-label="Table 2"' in html


def test_names_start_again_with_each_article():
    compile_markdown(TABLE)

    assert 'aria-label="Table"' in compile_markdown(TABLE).html
