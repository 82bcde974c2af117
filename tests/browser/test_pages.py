"""The pages in a real browser: accessible, in the right language and direction, and honest when the service is down."""

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


async def _violations(page: Page) -> list[str]:
    results = await Axe().run(page)
    return [f"{found['id']}: {found['nodes'][0]['html'][:200]}" for found in results.response["violations"]]


LOOKED_AT = (
    "/",
    "/?q=where+do+I+vote&region=US-TX&lang=en",
    "/docs",
    "/centers",
    "/centers?lang=he",
    "/centers/US-TX?lang=es",
    "/centers/DE?lang=de",
    "/centers/EG?lang=ar",
    "/centers/IL?lang=he",
    "/centers/IN?lang=hi",
    "/centers/JP?lang=ja",
    "/centers/TH?lang=th",
    "/centers/KP",
    "/centers/RE?lang=fr",
    "/centers/EU?lang=pl",
    "/centers/UK",
)
LOOKED_AT_IN_THE_DARK = ("/?q=where+do+I+vote&region=US-TX&lang=en", "/docs", "/centers", "/centers/EG?lang=ar")


@pytest.mark.parametrize(
    ("path", "scheme"), [*((path, "light") for path in LOOKED_AT), *((path, "dark") for path in LOOKED_AT_IN_THE_DARK)]
)
async def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(browser: Browser, site: str, path: str, scheme: str) -> None:
    page = await browser.new_page(viewport=PHONE, color_scheme=scheme)
    await page.goto(site + path, wait_until="load")
    assert await _violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    await page.close()


@pytest.mark.parametrize(
    ("lang", "region", "direction"), [("ar", "EG", "rtl"), ("he", "IL", "rtl"), ("de", "DE", "ltr"), ("zh-Hans", "CN", "ltr")]
)
async def test_a_center_page_needs_no_script_and_reads_in_its_direction(
    browser: Browser, site: str, lang: str, region: str, direction: str
) -> None:
    context = await browser.new_context(java_script_enabled=False, viewport=DESKTOP)
    page = await context.new_page()
    await page.goto(f"{site}/centers/{region}?lang={lang}")
    assert await page.get_attribute("html", "dir") == direction
    assert await page.get_attribute("html", "lang") == lang
    assert await page.locator("#manipulated_media li").count() == 5
    await context.close()


async def test_every_slot_a_link_can_name_is_on_the_page(browser: Browser, site: str) -> None:
    page = await browser.new_page()
    await page.goto(f"{site}/centers/US-TX?lang=es#where_do_i_vote")
    for slot in ("elections", "registration", "am_i_registered", "where_do_i_vote", "absentee", "what_is_on_my_ballot", "results", "rules"):
        assert await page.locator(f"#{slot}").count() == 1
    await page.close()


async def test_typing_shows_the_notice_as_an_app_would_and_why(browser: Browser, site: str) -> None:
    page = await browser.new_page(viewport=PHONE)
    await page.goto(site + "/")
    await page.fill("#region", "US-TX")
    await page.select_option("#lang", "es")
    await page.fill("#q", "dónde votar")
    link = page.locator("election-notice a.link")
    await link.wait_for()
    assert "/centers/US-TX?lang=es#" in (await link.get_attribute("href") or "")
    assert await page.locator("election-notice section").get_attribute("lang") == "es"
    assert await page.locator("#why mark").count() >= 1
    assert await _violations(page) == []
    await page.fill("#q", "best pasta recipe")
    await page.locator("#state", has_text="No notice").wait_for()
    assert await page.locator("election-notice section").count() == 0
    await page.close()


async def test_the_try_page_tells_the_truth_when_the_service_is_down(browser: Browser, site: str) -> None:
    page = await browser.new_page()
    await page.goto(site + "/")
    await page.route("**/v1/**", lambda route: route.abort())
    await page.fill("#q", "vote")
    await page.locator(".error-summary", has_text="does not answer").wait_for()
    await page.close()


async def test_the_element_fails_silent_and_can_be_dismissed(browser: Browser, site: str) -> None:
    page = await browser.new_page()
    await page.goto(site + "/")
    await page.evaluate(
        """() => {
            const made = document.createElement("election-notice");
            made.id = "own";
            document.body.append(made);
            made.notice = {id: "n", revision: 1, kind: "custom", title: "T", body: "B", language: "ar", direction: "rtl", dismissible: true,
                           action: {label: "L", url: "https://example.org/"}};
        }"""
    )
    own = page.locator("#own")
    assert await own.locator("section").get_attribute("dir") == "rtl"
    await own.locator("button.dismiss").click()
    assert await own.locator("section").count() == 0
    await page.evaluate("document.getElementById('own').notice = {title: 'x', action: {label: 'L', url: 'javascript:alert(1)'}}")
    assert await own.locator("section").count() == 0
    await page.close()
