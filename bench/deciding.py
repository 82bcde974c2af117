"""A whole decision beside the matching alone, with thousands of campaigns and hundreds of elections, and how flat that stays.

Requests alike in all but their words share a decision while it holds; what the first of them costs has a column of its own.
"""

import gc
import statistics
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from random import Random
from time import perf_counter_ns

from admin.packs.reading import read_starter
from bench.queries import Asker
from bench.tables import table
from bench.terms import make_lists
from elections.election import Confidence, Election, ElectionKind, Phase, Round, Status
from notices.campaign import Campaign, Priority, Surface, Topic, Window
from notices.decide import Season, decide, findings_of, weigh
from notices.decision import Request
from notices.live import Live, compile_release
from notices.release import Release
from notices.signing import SignedRelease
from notices.targeting import topic_trigger

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
TERMS, ELECTIONS, CAMPAIGNS = 100_000, 500, (1_000, 5_000, 100_000)
QUERIES, ROUNDS = 3_000, 5
GOAL, FLAT_GOAL = 1.5, 1.3
PLACES = ("US-TX", "US-NY", "DE-BY", "FR", "BR-SP", "IN-TN", "ES-MD", "MX", "TR", "EG", "PL", "ID")


def made_release(campaigns: int) -> Release:
    """The packs' places and notices with made terms, elections and campaigns, spread over countries and states."""
    packs, random = read_starter(ROOT / "packs"), Random(4)
    regions = [region.code for region in packs.regions if region.code != "001"]
    elections = tuple(_election(number, random, regions) for number in range(ELECTIONS))
    lists = tuple(replace(keywords, region="001") for keywords in make_lists(TERMS))
    made = tuple(_campaign(number, random, regions, elections, packs) for number in range(campaigns))
    return replace(packs, lists=lists, elections=elections, campaigns=made)


def _election(number: int, random: Random, regions: Sequence[str]) -> Election:
    day = date(2026, 1, 4) + timedelta(days=random.randrange(700))
    region = random.choice((*PLACES, *random.sample(regions, 20)))
    polling = Round(1, day, day, confidence=Confidence.HIGH, source="made")
    return Election(
        f"{region.lower()}-{day}-local-{number}",
        (region,),
        ElectionKind.LOCAL,
        {"en": "An election"},
        Status.SCHEDULED,
        (polling,),
        Confidence.HIGH,
        "made",
    )


def _campaign(number: int, random: Random, regions: Sequence[str], elections: Sequence[Election], packs: Release) -> Campaign:
    """Half of them follow an election, half have dates; a third is for the places that are asked about."""
    follows = number % 2 == 0
    election = random.choice(elections)
    starts = datetime(2026, 1, 1) + timedelta(hours=random.randrange(24 * 600))  # noqa: DTZ001  a wall time
    window = (
        Window(from_phase=random.choice((Phase.ANNOUNCED, Phase.FINAL_DAYS)), to_phase=Phase.CERTIFIED)
        if follows
        else Window(starts, starts + timedelta(days=random.randrange(1, 60)), "Europe/Berlin")
    )
    where = election.regions if follows else (random.choice(PLACES if number % 3 == 0 else regions),)
    return Campaign(
        f"campaign-{number:06}",
        random.choice(packs.notices).id,
        where,
        (Surface.SEARCH, Surface.HASHTAG),
        tuple(random.sample(list(Topic), 3)),
        windows=(window,),
        priority=random.choice(tuple(Priority)),
        election=election.id if follows else None,
    )


def timed(ask: Callable[[Request], object], requests: Sequence[Request], times: list[float]) -> None:
    """Adds the microseconds of each request."""
    for request in requests:
        started = perf_counter_ns()
        ask(request)
        times.append((perf_counter_ns() - started) / 1000)


def measured(live: Live, requests: Sequence[Request]) -> tuple[list[float], list[float]]:
    """Matching alone and deciding, turn by turn, everything asked once before."""
    matching: list[float] = []
    deciding: list[float] = []
    for request in requests:
        decide(request, live, NOW)
    gc.collect()
    gc.freeze()
    for _ in range(ROUNDS):
        timed(lambda request: findings_of(request, live, NOW, Season.CALENDAR), requests, matching)
        timed(lambda request: decide(request, live, NOW), requests, deciding)
    gc.unfreeze()
    return matching, deciding


def made_anew(live: Live, requests: Sequence[Request]) -> list[float]:
    """What the first request of its kind costs beside the matching: the choice, the words and the exact moment at which they change."""
    times: list[float] = []
    for request in requests:
        findings = findings_of(request, live, NOW, Season.CALENDAR)
        started = perf_counter_ns()
        weigh(request, findings, live, NOW)
        times.append((perf_counter_ns() - started) / 1000)
    return times


def main() -> str:
    """Print the table, and give it as Markdown."""
    lines, medians = [], {}
    for count in CAMPAIGNS:
        release = made_release(count)
        live = compile_release(SignedRelease(release, "sha256:made", ()))
        texts = [query.text for query in Asker(release.lists).queries(QUERIES)]
        requests = [Request(place, place, text, languages=("en",)) for place, text in zip(_turn(PLACES), texts, strict=False)]
        matching, deciding = measured(live, requests)
        called = [request for request in requests if findings_of(request, live, NOW, Season.CALENDAR).matches]
        called_matching, called_deciding = measured(live, called)
        anew = made_anew(live, called)
        medians[count] = statistics.median(deciding)
        reach = max(len(live.schedule.lane(place, Surface.SEARCH, topic_trigger(topic)).runners) for place, topic in product(PLACES, Topic))
        lines.append(
            (
                f"{count:,}",
                reach,
                f"{statistics.median(matching):.1f}",
                f"{statistics.median(deciding):.1f}",
                f"{statistics.median(deciding) / statistics.median(matching):.2f} ×",
                f"{statistics.median(called_deciding) / statistics.median(called_matching):.2f} ×",
                f"{statistics.median(anew):.0f}",
                f"≤ {GOAL} ×",
            )
        )
    header = (
        "campaigns",
        "most in a lane",
        "matching µs",
        "deciding µs",
        "deciding ÷ matching",
        "where a term matches",
        "first of a kind µs",
        "goal",
    )
    body = table(header, lines)
    flat = medians[CAMPAIGNS[-1]] / medians[CAMPAIGNS[0]]
    body += f"\n\n{CAMPAIGNS[-1]:,} campaigns beside {CAMPAIGNS[0]:,}: {flat:.2f} × (goal ≤ {FLAT_GOAL} ×)\n"
    print(body)
    return body


def _turn(places: Sequence[str]) -> list[str]:
    return [places[number % len(places)] for number in range(QUERIES)]
