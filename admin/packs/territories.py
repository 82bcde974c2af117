"""Which places the ISO codes give twice, which territories vote with a state and which apart, and who is in the Union; tables only."""

EU_MEMBERS = frozenset("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())
"""Article 52 of the Treaty on European Union, without the United Kingdom since 2020."""

VOTES_WITH = {
    **dict.fromkeys("BL GF GP MF MQ NC PF PM RE TF WF YT".split(), "FR"),
    **dict.fromkeys("CC CX HM NF".split(), "AU"),
    **dict.fromkeys("BV SJ".split(), "NO"),
    "AX": "FI",
    "BQ": "NL",
}
"""Territory → the state in whose elections it votes, under which it therefore hangs (DESIGN §3)."""

VOTES_APART = frozenset("AI AQ AW BM CK CW EH FK FO GG GI GL GS HK IM IO JE KY MO MS NU PN SH SX TC TK VG".split())
"""Territories with elections of their own; they hang under the world, so that no other state's Election Center answers for them."""

UNITED_STATES = frozenset("AS GU MP PR UM VI".split())
"""ISO 3166-1 codes whose region is the state-like subdivision `US-…` (DESIGN §3: `PR` = `US-PR`)."""

SAME_AS = {
    "AW": ("NL-AW",),
    "AX": ("FI-01",),
    "BL": ("FR-BL",),
    "BQ-BO": ("NL-BQ1",),
    "BQ-SA": ("NL-BQ2",),
    "BQ-SE": ("NL-BQ3",),
    "CW": ("NL-CW",),
    "GF": ("FR-973", "FR-GF"),
    "GP": ("FR-971", "FR-GP"),
    "HK": ("CN-HK", "CN-91"),
    "MF": ("FR-MF",),
    "MO": ("CN-MO", "CN-92"),
    "MQ": ("FR-972", "FR-MQ"),
    "NC": ("FR-NC",),
    "PF": ("FR-PF",),
    "PM": ("FR-PM",),
    "RE": ("FR-974", "FR-RE"),
    "SJ": ("NO-21", "NO-22"),
    "SX": ("NL-SX",),
    "TF": ("FR-TF",),
    "TW": ("CN-TW", "CN-71"),
    "WF": ("FR-WF",),
    "YT": ("FR-976", "FR-YT"),
    **{f"US-{code}": (code,) for code in UNITED_STATES},
}
"""Region → the codes, current and former, that name the same place."""

OCD_IDS = {
    "EU": ("ocd-division/region:eu",),
    "GB": ("ocd-division/country:gb", "ocd-division/country:uk"),
    "US": ("ocd-division/country:us",),
}
"""Open Civic Data divisions beside those of `us_states.csv`; both British ones are in its registry."""
