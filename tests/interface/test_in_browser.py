"""The look in a real browser: axe, keyboard, narrow screens, equal digits, uncut letters, preferences."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.accessibility import check_accessibility, look_for_violations

WIDE, ZOOMED, PHONE = (1280, 900), (640, 450), (320, 700)
LANGUAGES = ["", "/en"]


def look(page: Page, site: str, address: str, size: tuple[int, int], **cookies: str) -> Page:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.context.add_cookies([{"name": f"cchc_{name}", "value": value, "url": site} for name, value in cookies.items()])
    page.goto(site + address)
    expect(page.locator("h1")).to_be_visible()
    return page


@pytest.mark.requirement(74)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("sizes", "cookies"),
    [
        ([WIDE, PHONE], {"text": "a+"}),
        ([WIDE], {"contrast": "high"}),
        ([ZOOMED], {"text": "a-"}),
    ],
    ids=["larger", "high", "zoomed-smaller"],
)
@pytest.mark.crossing
def test_the_gallery_is_whole_in_every_look(page, live_site, sizes, cookies, language):
    """Never wider than the screen, nothing serious for axe, digits equally wide, letters uncut."""
    look(page, live_site, f"{language}/thanh-phan/?confirm=close-round", sizes[0], **cookies)
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        check_digits(page)
        check_letters(page)
        check_accessibility(page)


@pytest.mark.parametrize("address", ["/thanh-phan/", "/en/thanh-phan/", "/thanh-phan/?why=wrong"])
def test_in_the_gallery_axe_finds_nothing_moderate_either(page, live_site, address):
    """Two of a component on one page bear two names: who goes from landmark to landmark tells them apart."""
    look(page, live_site, address, WIDE)
    look_for_violations(page, failing=("minor", "moderate", "serious", "critical"))


def test_the_error_page_is_accessible(page, live_site, page_trouble):
    page_trouble.expect("404")
    look(page, live_site, "/khong/co/", WIDE)
    check_accessibility(page)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    check_accessibility(page)


def test_devices_that_ask_for_contrast_get_it(page, live_site):
    page.emulate_media(contrast="more")
    look(page, live_site, "/thanh-phan/", WIDE)
    assert page.evaluate("getComputedStyle(document.querySelector('.card')).backgroundColor") == "rgb(0, 0, 0)"
    check_accessibility(page)


def check_digits(page: Page) -> None:
    """Numbers stand in their own face, in which 1 is as wide as 4."""
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('16px \"CCHC Digits\"', '0')")
    ones, fours, *_ = [box.bounding_box()["width"] for box in page.locator(".digits").all()]
    assert ones == pytest.approx(fours, abs=0.1)


def check_letters(page: Page) -> None:
    """Letters with two marks are set in our font and have room in their line."""
    drawn = page.locator("#letters").evaluate(
        """element => {
          const pen = document.createElement('canvas').getContext('2d');
          const style = getComputedStyle(element);
          pen.font = `${style.fontSize} ${style.fontFamily}`;
          const size = pen.measureText('Ẳễự');
          return {above: size.actualBoundingBoxAscent, below: size.actualBoundingBoxDescent,
                  line: parseFloat(style.lineHeight), overflow: style.overflow};
        }"""
    )
    assert drawn["above"] + drawn["below"] <= drawn["line"]
    assert drawn["overflow"] == "visible"
    assert page.evaluate("document.fonts.check('16px \"Be Vietnam Pro\"', 'Ẳễự')")


@pytest.mark.long
def test_the_keyboard_reaches_every_control_and_the_focus_is_visible(page, live_site):
    look(page, live_site, "/thanh-phan/", WIDE)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outline")
    assert "3px" in outline
    assert "solid" in outline
    page.evaluate(
        """() => {
          const controls = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
          const seen = [...document.querySelectorAll(controls)].filter(e => e.checkVisibility() && e.tabIndex >= 0);
          window.waiting = new Set(seen);
          const group = radio => seen.filter(e => e.type === 'radio' && e.name === radio.name);
          const stop = radio => group(radio).find(e => e.checked) ?? group(radio)[0];
          seen.filter(e => e.type === 'radio' && e !== stop(e)).forEach(e => window.waiting.delete(e));
        }"""
    )
    for _ in range(page.evaluate("window.waiting.size") + 5):
        page.keyboard.press("Tab")
        page.evaluate("window.waiting.delete(document.activeElement)")
    assert page.evaluate("[...window.waiting].map(e => e.outerHTML.slice(0, 120))") == []


@pytest.mark.requirement(74)
@pytest.mark.long
def test_text_and_contrast_change_without_a_reload_and_are_kept(page, live_site):
    look(page, live_site, "/thanh-phan/", WIDE)
    page.evaluate("window.sameage = true")
    page.get_by_role("button", name="Chữ to hơn").click()
    expect(page.locator("html")).to_have_attribute("data-text", "a+")
    page.get_by_role("button", name="Tương phản cao").click()
    expect(page.locator("html")).to_have_attribute("data-contrast", "high")
    expect(page.get_by_role("button", name="Tương phản cao")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("window.sameage")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-text", "a+")
    page.get_by_role("button", name="Tương phản cao").click()
    expect(page.locator("html")).to_have_attribute("data-contrast", "normal")


@pytest.mark.long
def test_preferences_work_without_javascript(browser, live_site):
    with browser.new_context(java_script_enabled=False, locale="vi-VN") as context:
        page = context.new_page()
        page.goto(f"{live_site}/thanh-phan/?x=1")
        page.get_by_role("button", name="Chữ to hơn").click()
        expect(page.locator("html")).to_have_attribute("data-text", "a+")
        assert page.url == f"{live_site}/thanh-phan/?x=1"
        page.get_by_role("link", name="English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.locator("html")).to_have_attribute("data-text", "a+")


def test_a_notice_stays_until_it_is_closed(page, live_site):
    look(page, live_site, "/thanh-phan/", WIDE)
    notice = page.locator("[data-notice]", has_text="Đã lưu 09:41")
    notice.get_by_role("button", name="Đóng").click()
    expect(notice).to_have_count(0)


def test_a_final_action_asks_first_and_can_be_left(page, live_site):
    look(page, live_site, "/thanh-phan/", WIDE)
    page.get_by_role("link", name="Chốt đợt chấm điểm…").click()
    dialog = page.get_by_role("dialog", name="Chốt đợt chấm điểm năm 2022?")
    expect(dialog).to_be_visible()
    check_accessibility(page)
    dialog.get_by_role("link", name="Quay lại").click()
    expect(dialog).to_be_hidden()


def test_points_step_within_their_bounds(page, live_site):
    look(page, live_site, "/thanh-phan/", WIDE)
    points = page.locator("#points-212")
    more = page.locator("[aria-controls=points-212][data-by='1']")
    more.click()
    expect(points).to_have_value("2,00")
    more.click()
    expect(points).to_have_value("2,00")
    page.locator("[aria-controls=points-212][data-by='-1']").click()
    expect(points).to_have_value("1,75")


@pytest.mark.long
def test_a_server_that_does_not_answer_is_told_and_nothing_is_lost(page, live_site, page_trouble):
    for part in ("ERR_FAILED", "htmx:sendError", "htmx:afterRequest"):
        page_trouble.expect(part)
    look(page, live_site, "/thanh-phan/", WIDE)
    page.route("**/*", lambda route: route.abort())
    page.get_by_label("Tìm", exact=True).press_sequentially("mau")
    notice = page.locator("#notices").get_by_role("alert")
    expect(notice).to_contain_text("Chưa kết nối được máy chủ")
    expect(page.get_by_label("Tìm", exact=True)).to_have_value("mau")
    page.get_by_role("button", name="Chữ to hơn").click()
    expect(page.locator("html")).to_have_attribute("data-text", "a")
    expect(notice).to_have_count(1)
    page.unroute("**/*")
    page.get_by_role("button", name="Chữ to hơn").click()
    expect(page.locator("html")).to_have_attribute("data-text", "a+")
    expect(notice).to_have_count(0)


@pytest.mark.long
def test_filtering_replaces_the_list_and_keeps_the_address(page, live_site):
    look(page, live_site, "/thanh-phan/", WIDE)
    page.evaluate("window.sameage = true")
    page.locator("#results-count").evaluate("count => { count.same = true; count.textContent = ''; }")
    page.get_by_label("Năm", exact=True).select_option("2021")
    page.wait_for_url("**year=2021**")
    expect(page.locator("#results table")).to_be_visible()
    expect(page.locator("#results-count")).to_have_text("3 trong 7 đơn vị")
    assert page.locator("#results-count").evaluate("count => count.same")  # a live region must stay to be announced
    assert page.evaluate("window.sameage")


@pytest.mark.long
def test_typing_replaces_the_address_and_choosing_adds_one(page, live_site):
    look(page, live_site, "/thanh-phan/", WIDE)
    before = page.evaluate("history.length")
    page.get_by_label("Tìm", exact=True).press_sequentially("mau")
    page.wait_for_url("**q=mau**")
    assert page.evaluate("history.length") == before
    page.get_by_label("Năm", exact=True).select_option("2021")
    page.wait_for_url("**year=2021**")
    assert page.evaluate("history.length") == before + 1


def test_paper_has_no_frame_and_a_matrix_on_it_no_colour(page, live_site):
    page.emulate_media(media="print")
    look(page, live_site, "/thanh-phan/", WIDE, contrast="high")
    expect(page.locator(".site-header")).to_be_hidden()
    expect(page.locator(".print-head")).to_be_visible()
    expect(page.locator(".print-foot")).to_contain_text("/thanh-phan/")
    cell = page.locator(".matrix td.heat-5").first
    expect(cell).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(cell).to_have_css("color", "rgb(0, 0, 0)")


@pytest.mark.requirement(74)
def test_on_a_telephone_the_header_is_one_row_and_the_rest_opens_from_it(page, live_site):
    look(page, live_site, "/ket-qua/", (390, 844))
    header, menu = page.locator(".site-header"), page.locator("#site-menu")
    assert header.bounding_box()["height"] < 844 / 10
    expect(menu).to_be_hidden()
    page.keyboard.press("Tab")  # to the content; then the brand; then the menu
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="Bộ tiêu chí")).to_be_visible()
    expect(menu.get_by_role("button", name="A+")).to_be_visible()
    check_accessibility(page)
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    expect(menu.get_by_role("link", name="Bộ tiêu chí")).to_be_visible()


def test_many_filters_are_folded_on_a_phone_and_open_on_a_wide_screen(page, live_site):
    look(page, live_site, "/thanh-phan/?mau-loai=a", PHONE)
    bar = page.get_by_role("search", name="Thu hẹp danh sách loại")
    assert bar.bounding_box()["height"] < 120
    words = bar.get_by_label("Từ khóa")
    expect(words).not_to_be_visible()
    bar.get_by_text("1 đang dùng").click()
    expect(words).to_be_visible()
    check_accessibility(page)
    look(page, live_site, "/thanh-phan/?mau-loai=a", WIDE)
    expect(words).to_be_visible()
    words.fill("a")
    expect(bar.get_by_text("1 đang dùng")).not_to_be_visible()


def test_browsers_that_cannot_style_what_is_folded_open_it_by_script(page, live_site):
    page.add_init_script("CSS.supports = () => false")
    fold = page.locator("details.fold")
    look(page, live_site, "/thanh-phan/", WIDE)
    expect(fold).to_have_attribute("open", "")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    expect(fold).not_to_have_attribute("open", "")
