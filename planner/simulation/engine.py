"""One replication: SimPy holds the calendar and whatever queues; households and villages are arrays."""

from __future__ import annotations

import numpy as np
import simpy

from planner.simulation.income import draw_year
from planner.simulation.journeys import lose_gains, start_journeys
from planner.simulation.money import Accounts, Process
from planner.simulation.randomness import Luck
from planner.simulation.record import Record, blank, last_month
from planner.simulation.review import adjust, assist, draw_list, refresh, verify
from planner.simulation.works import Season, Site, start_works
from planner.simulation.world import MONTHS, Setting, World


def simulate(setting: Setting, seed: int) -> Record:
    """Run one replication; the same setting and seed give the same record."""
    env = simpy.Environment()
    luck, world = Luck(seed), World(setting)
    record = blank(world)
    plan, months = setting.plan, len(setting.years) * MONTHS
    accounts = Accounts(env, setting, luck)
    villages = np.bincount(setting.register.villages["township"], minlength=len(plan.townships))
    crews = [simpy.PriorityResource(env, max(1, round(plan.number("crews") * int(count)))) for count in villages]
    site = Site(env, world, accounts, crews, Season(plan.number("rain_slow"), months + 2 * MONTHS), luck)
    start_works(site)
    start_journeys(site, simpy.Resource(env, int(plan.number("classes_at_once"))))
    env.process(_calendar(site, record, months))
    env.run(until=months)
    record.close(world, accounts.promised, accounts.arrived)
    return record


def _calendar(site: Site, record: Record, months: int) -> Process:
    """Each month: what happens to households, then what the bureau does; the month's end comes after its deliveries."""
    plan = site.world.setting.plan
    list_month, adjust_month = int(plan.number("list_month")), int(plan.number("adjust_month"))
    almost = 1 - 1e-6
    yield site.env.timeout(almost)
    for month in range(months):
        year, turn = divmod(month, MONTHS)
        if turn == 0:
            draw_year(site.world, site.luck, year)
            lose_gains(site, month)
        shocks(site, month)
        if turn == list_month - 1:
            refresh(site.world, month)
            draw_list(site.world, month)
        if turn == adjust_month - 1:
            adjust(site.world, site.luck, month, record)
        if month == last_month(year):
            refresh(site.world, month)
            assist(site.world, month, record)
            verify(site.world, site.luck, month, record)
            record.close_year(site.world, month)
        if month < months - 1:
            yield site.env.timeout(1)


def shocks(site: Site, month: int) -> None:
    """New illness by household, disaster by village, drawn each month."""
    world, plan = site.world, site.world.setting.plan
    fell_ill = site.luck.uniform("illness", month, world.who) < plan.number("illness_hazard") / MONTHS
    world.ill_month[fell_ill] = month
    villages = np.arange(len(world.disaster_month))
    hit = site.luck.uniform("disaster", month, villages) < plan.number("disaster_hazard") / MONTHS
    world.disaster_month[hit] = month
