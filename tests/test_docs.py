"""The docs say what is so: the README's curl, the links, the check codes."""

import json
import re
from pathlib import Path

import pytest

from admin.settings import Settings
from notices.api import NoticesApi
from notices.known_checks import CHECKS
from notices.live import Live, Serving
from server import PROBLEMS
from tests.conftest import CHECKOUT, NOW

README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
PAGES = [CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").rglob("*.md")), *sorted((CHECKOUT / "packs").rglob("README.md"))]


def test_the_answer_in_the_readme_is_real(starter: Live) -> None:
    body = json.loads(re.search(r"-d '(\{.*\})'", README)[1])
    told = json.loads(re.search(r"```json\n(.*?)```", README, re.DOTALL)[1])
    serving = Serving()
    serving.offer(starter)
    answer = NoticesApi(serving, lambda: NOW, Settings().url, PROBLEMS, lambda _outcome: None).answer(body)
    answer.pop("release")
    told.pop("release")
    assert told == answer


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(CHECKOUT)))
def test_every_link_inside_the_project_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_every_check_code_is_in_the_docs_with_what_to_do() -> None:
    told = (CHECKOUT / "docs" / "checks.md").read_text(encoding="utf-8")
    for check in CHECKS.values():
        assert f"| `{check.code}` |" in told, check.code
        assert check.hint in told, check.code


def test_no_page_names_a_path_of_a_machine() -> None:
    for page in PAGES:
        assert "/home/" not in page.read_text(encoding="utf-8")
        assert str(CHECKOUT) + "/" not in page.read_text(encoding="utf-8")
