"""Verdicts -> the figures of the score page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from bot.evaluation.judge import Verdict

FOLLOW_UP = "follow-up"


def summary(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Shares over covered and uncovered rows, and the same by style and topic. Follow-ups count apart."""
    single = [v for v in verdicts if v.row.style != FOLLOW_UP]
    return {
        **_shares(single),
        "follow_ups": _shares([v for v in verdicts if v.row.style == FOLLOW_UP]),
        "by_style": _by(single, "style"),
        "by_topic": _by(single, "topic"),
    }


def _by(verdicts: Iterable[Verdict], name: str) -> dict[str, Any]:
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        groups[getattr(verdict.row, name)].append(verdict)
    return {key: _shares(groups[key]) for key in sorted(groups)}


def _shares(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    covered = [v for v in verdicts if v.row.covered]
    uncovered = [v for v in verdicts if not v.row.covered]
    return {
        "rows": len(verdicts),
        "covered": len(covered),
        "right": _share(covered, lambda v: v.right),
        "refused": _share(covered, lambda v: v.refused),
        "cited": _share(covered, lambda v: v.cited and not v.refused),
        "uncovered": len(uncovered),
        "abstained": _share(uncovered, lambda v: v.right),
        "wrong_figures": sum(len(v.wrong_figures) for v in verdicts),
    }


def _share(verdicts: Sequence[Verdict], test: Any) -> float | None:
    return round(sum(map(test, verdicts)) / len(verdicts), 4) if verdicts else None


def lines(name: str, figures: dict[str, Any]) -> list[str]:
    """The score page's figures as plain Chinese lines."""
    found = [f"{name}：{figures['rows']} 题（另有接着问的 {figures['follow_ups']['rows']} 题，单独算）"]
    found.append(
        f"  该答的 {figures['covered']} 题：答对并引对 {percent(figures['right'])}，"
        f"不该拒的拒了 {percent(figures['refused'])}；该拒的 {figures['uncovered']} 题：拒对 "
        f"{percent(figures['abstained'])}；数字错 {figures['wrong_figures']} 处"
    )
    for style, row in figures["by_style"].items():
        found.append(f"  {style}：{row['covered']} 题，答对 {percent(row['right'])}，误拒 {percent(row['refused'])}")
    follow = figures["follow_ups"]
    if follow["covered"]:
        found.append(f"  接着问：{follow['covered']} 题，答对 {percent(follow['right'])}")
    return found


def percent(share: float | None) -> str:
    return "—" if share is None else f"{100 * share:.1f}%"
