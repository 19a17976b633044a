"""The words of assignments, read once from the tables of the grammar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from parcc_nlp.extract.agencies.lexicon import Phrases, phrases
from parcc_nlp.extract.data_files import read_lists

__all__ = ["Words", "words"]


@dataclass(frozen=True, slots=True)
class Words:
    """Compiled words; every pattern is matched on small text."""

    lead: re.Pattern[str]
    coordinate: re.Pattern[str]
    partner: re.Pattern[str]
    """From "phối hợp" to where a partner may begin."""
    report: re.Pattern[str]
    """A reporting verb and its particles, up to the body that follows."""
    arrival: re.Pattern[str]
    sending: re.Pattern[str]
    nouns_before: re.Pattern[str]
    giver: re.Pattern[str]
    heading_openers: re.Pattern[str]
    heading_closers: re.Pattern[str]
    passive: re.Pattern[str]
    not_assigned: Phrases
    adverbs: Phrases
    circumstances: Phrases
    conditions: re.Pattern[str]
    task_nouns: re.Pattern[str]
    mandates: re.Pattern[str]
    verbs: Phrases
    role_lines: dict[str, re.Pattern[str]]
    leads_in: re.Pattern[str]
    lists_things: re.Pattern[str]
    silent: re.Pattern[str]
    situations: re.Pattern[str]
    closing: re.Pattern[str]
    connectors: re.Pattern[str]
    enacts: re.Pattern[str]
    vague: re.Pattern[str]
    limits: re.Pattern[str]
    enacted: re.Pattern[str]
    directs: re.Pattern[str]


@cache
def words() -> Words:
    """Give the compiled words."""
    roles = read_lists("role_verbs.yaml")
    verbs = read_lists("duty_verbs.yaml")["verbs"]
    lines = read_lists("role_lines.yaml")
    particles = "|".join(roles["report_particles"])
    return Words(
        lead=re.compile(rf"(?:{'|'.join(roles['lead'])})(?!\w)"),
        coordinate=re.compile(rf"(?:{'|'.join(roles['coordinate'])})(?!\w)"),
        partner=re.compile(rf"phối (?:kết )?hợp{roles['with']} ?"),
        report=re.compile(rf"(?:^|[^\w])(?P<verb>{phrases(roles['report'])})(?: (?:{particles}))*,? $"),
        arrival=re.compile(rf" (?:{phrases(roles['arrival'])}) $"),
        sending=re.compile(rf"(?:^|[^\w])(?:{phrases(roles['sending'])})(?!\w)"),
        nouns_before=re.compile(rf"(?:^|[^\w])(?:{phrases(roles['nouns_before'])}) $"),
        giver=re.compile(rf"(?:{phrases(roles['givers'])})(?: cho)?:? "),
        heading_openers=re.compile(rf"(?:{phrases(roles['heading_openers'])})(?: của)?:? "),
        heading_closers=re.compile(rf",? ?(?:{phrases(roles['heading_closers'])})"),
        passive=re.compile(rf" (?:{phrases(roles['passive'])})(?!\w)"),
        not_assigned=Phrases(map(str, roles["not_assigned"])),
        adverbs=Phrases(map(str, roles["adverbs"])),
        circumstances=Phrases(map(str, roles["circumstances"])),
        conditions=re.compile(rf"(?:{phrases(roles['conditions'])})(?!\w)"),
        task_nouns=re.compile(rf"(?:^|[^\w])(?:{phrases(roles['task_nouns'])}) $"),
        mandates=re.compile(rf"(?:^|[^\w])(?:{phrases(roles['mandates'])}) $"),
        verbs=Phrases(map(str, verbs)),
        role_lines={role: re.compile(rf"(?:{'|'.join(patterns)}) ?:\s*") for role, patterns in lines.items()},
        leads_in=re.compile(rf"(?:^|[^\w])(?:{phrases(roles['leads_in'])}) ?:$"),
        lists_things=re.compile(rf"(?:^|[^\w])(?:{phrases(roles['lists_things'])}) ?:$"),
        silent=re.compile(rf"(?:{'|'.join(roles['silent_headings'])})(?!\w)"),
        situations=re.compile(rf"(?:{phrases(roles['situations'])})(?!\w)"),
        closing=re.compile(rf"(?:{'|'.join(roles['closing'])})(?!\w)"),
        connectors=re.compile(rf"(?:{'|'.join(roles['connectors'])})[,:]? ?"),
        enacts=re.compile(rf"(?:{phrases(roles['enacts'])})(?!\w)"),
        vague=re.compile(rf"(?:{phrases(roles['vague'])}) "),
        limits=re.compile(rf" (?:{phrases(roles['limits'])})(?!\w)"),
        enacted=re.compile(rf" (?:{roles['enacted']})"),
        directs=re.compile(rf"(?:{phrases(roles['directs'])}) "),
    )
