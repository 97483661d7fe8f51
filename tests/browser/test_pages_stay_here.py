"""The watch sees what it should see."""


def test_try(page, base, journey, owner, sign_in):
    sign_in(page, owner)
    page.goto(f"/journeys/{journey.pk}/")
    assert page.get_by_role("heading", level=1).inner_text() == "Hello Olive"
    page.goto("/accounts/2fa/")
    print(page.inner_text("main"))
    page.goto("/accounts/sessions/")
    print(page.inner_text("main"))
