"""The few elements of a VIP feed that are of interest, from XML that may be hostile: no DTD, no entities, namespaces as they come."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from admin.dates.fields import clean
from admin.dates.findings import DocumentRefused

KEPT: Final = frozenset({"Election", "ElectionAdministration", "State", "Source", "HoursOpen"})
"""A feed may hold millions of street segments; everything else is dropped as it goes by."""
DEEPEST: Final = 32
MOST: Final = 5_000
"""Elements kept; a feed has one election and one state."""


@dataclass(frozen=True, slots=True)
class Node:
    """An element of the feed, by local names."""

    element: Any

    @property
    def id(self) -> str:
        """Its id within the feed."""
        return clean(self.element.get("id"))

    def text(self, name: str) -> str:
        """The text of its first child of a name; empty where there is none."""
        found = next(self.children(name), None)
        return clean(found.element.text, 2_000) if found else ""

    def texts(self, name: str) -> dict[str, str]:
        """An InternationalizedText by language; a plain text counts as English."""
        found = next(self.children(name), None)
        if found is None:
            return {}
        said = {clean(one.element.get("language")) or "en": clean(one.element.text) for one in found.children("Text")}
        plain = clean(found.element.text)
        return said or ({"en": plain} if plain else {})

    def all(self, *path: str) -> tuple["Node", ...]:
        """Every element at a path below it."""
        found: tuple[Node, ...] = (self,)
        for name in path:
            found = tuple(child for node in found for child in node.children(name))
        return found

    def children(self, name: str) -> Iterator["Node"]:
        """Its children of a name."""
        return (Node(child) for child in self.element if _local(child.tag) == name)


@dataclass(slots=True)
class Feed:
    """What was kept of a feed."""

    source: Node | None = None
    elections: list[Node] = field(default_factory=list)
    administrations: list[Node] = field(default_factory=list)
    states: dict[str, Node] = field(default_factory=dict)
    hours: dict[str, Node] = field(default_factory=dict)

    def keep(self, name: str, node: Node) -> None:
        """Put an element where it belongs."""
        if name == "Election":
            self.elections.append(node)
        elif name == "ElectionAdministration":
            self.administrations.append(node)
        elif name == "State":
            self.states[node.id] = node
        elif name == "HoursOpen":
            self.hours[node.id] = node
        elif self.source is None:
            self.source = node


def read_feed(data: bytes) -> Feed:
    """The feed; raises DocumentRefused for what is no XML, is no feed, or wants entities."""
    feed = Feed()
    depth = kept = 0
    try:
        for event, element in iterparse(BytesIO(data), events=("start", "end"), forbid_dtd=True):
            depth += 1 if event == "start" else -1
            if event == "start" and depth == 1 and _local(element.tag) != "VipObject":
                raise DocumentRefused("not_this_format", "The document is not a VIP feed: its element is not VipObject.")
            if depth > DEEPEST:
                raise DocumentRefused("too_deep", "The document is nested too deeply.")
            if event == "start" or depth != 1:
                continue
            if _local(element.tag) in KEPT:
                kept += 1
                feed.keep(_local(element.tag), Node(element))
            else:
                element.clear()
            if kept > MOST:
                raise DocumentRefused("too_many", f"The feed has more than {MOST} elements of interest.")
    except DefusedXmlException:
        raise DocumentRefused("unsafe_xml", "The document has a DTD or entities; neither is read.") from None
    except (ParseError, LookupError, ValueError) as error:
        line = getattr(error, "position", (0, 0))[0]
        raise DocumentRefused("malformed_xml", f"The document is not XML: line {line}." if line else "The document is not XML.") from None
    return feed


def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
