"""The five kinds of values, each with its type, its layout as a table and what tells two of them apart."""

from collections.abc import Mapping
from typing import Any, Final

from admin.sheets import campaign_rows, center_rows, election_rows, keyword_rows, notice_rows
from admin.sheets.findings import SheetKind, Value
from admin.sheets.layout import Layout
from elections.centers import Center
from elections.election import Election
from keywords.lists import KeywordList
from notices.campaign import Campaign
from notices.notice import Notice

TYPES: Final[Mapping[SheetKind, type[Value]]] = {
    SheetKind.LISTS: KeywordList,
    SheetKind.NOTICES: Notice,
    SheetKind.CAMPAIGNS: Campaign,
    SheetKind.ELECTIONS: Election,
    SheetKind.CENTERS: Center,
}

LAYOUTS: Final[Mapping[SheetKind, Layout[Any]]] = {
    SheetKind.LISTS: keyword_rows.LAYOUT,
    SheetKind.NOTICES: notice_rows.LAYOUT,
    SheetKind.CAMPAIGNS: campaign_rows.LAYOUT,
    SheetKind.ELECTIONS: election_rows.LAYOUT,
    SheetKind.CENTERS: center_rows.LAYOUT,
}


def identity(value: Value) -> object:
    """What a file may hold only once: a list's region, language and topic, a center's region, else the id."""
    if isinstance(value, KeywordList):
        return value.region, value.language, value.topic
    return value.region if isinstance(value, Center) else value.id
