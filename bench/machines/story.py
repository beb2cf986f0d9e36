"""What happens to the machines, in order, and what those who talk see of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial

import aiohttp
from bench.machines.cluster import ROOT, Cluster
from bench.machines.load import HEADERS, History, Load, Verdict, verdict

_PATIENCE_SECONDS = 60
_ROLE = "arn:aws:iam::123456789012:role/lex"


@dataclass
class Seen:
    """The figures of a run."""

    history: History
    verdict: Verdict
    bot_seconds: dict[str, float] = field(default_factory=dict)

    @property
    def kept(self) -> bool:
        """Whether every promise was."""
        wrong = self.verdict
        broken = (wrong.lost, wrong.doubled, wrong.altered, wrong.disordered, self.history.silent)
        return not any(broken) and not wrong.unanswered


async def tell(
    cluster: Cluster,
    *,
    seconds: float,
    talkers: int,
    watchers: int,
    upgrade: bool = False,
    chapters: tuple[str, ...] = (),
) -> Seen:
    """Have people talk while machines are killed, cut off, restarted, moved and replaced.

    ``chapters`` are those to tell, by name; by default all that can be told here.
    """
    story: dict[str, Callable[[], Awaitable[None]]] = {
        "all well": lambda: asyncio.sleep(0),
        "a release is rolled out": lambda: _roll_out_release(cluster, upgrade=upgrade),
        "a machine is killed": lambda: _kill(cluster, seconds),
        "a machine is cut off": lambda: _cut(cluster, seconds),
        "PostgreSQL moves": lambda: asyncio.to_thread(cluster.move_postgres),
        "Redis is restarted": lambda: _restart_redis(cluster),
        "a bot is rolled out": lambda: _roll_out_bot(cluster, bot_seconds),
    }
    bot_seconds: dict[str, float] = {}
    if not cluster.network.cuts:
        del story["a machine is cut off"]
    del story["Redis is restarted" if cluster.kind == "postgres" else "PostgreSQL moves"]
    async with Load(cluster.url, talkers=talkers, watchers=watchers) as load:
        await asyncio.sleep(1)
        for name, happens in story.items():
            if chapters and name not in chapters:
                continue
            load.history.phase = name
            begun = time.monotonic()
            await happens()
            await asyncio.sleep(max(0.0, seconds - (time.monotonic() - begun)))
        load.history.phase = "end"
    return Seen(load.history, await verdict(cluster.url, load.history), bot_seconds)


async def _roll_out_release(cluster: Cluster, *, upgrade: bool) -> None:
    for server in cluster.servers:
        await asyncio.to_thread(server.stop)
        env = {"PYTHONPATH": str(ROOT / "src")} if upgrade else {}
        await asyncio.to_thread(partial(server.start, **env))
        await asyncio.to_thread(cluster.ready, server)


async def _kill(cluster: Cluster, seconds: float) -> None:
    server = cluster.servers[0]
    await asyncio.to_thread(server.kill)
    await asyncio.sleep(seconds / 2)
    await asyncio.to_thread(server.start)
    await asyncio.to_thread(cluster.ready, server)


async def _cut(cluster: Cluster, seconds: float) -> None:
    place = cluster.servers[1].place
    await asyncio.to_thread(place.cut)
    await asyncio.sleep(seconds / 2)
    await asyncio.to_thread(place.join)


async def _restart_redis(cluster: Cluster) -> None:
    (store,) = cluster.stores
    await asyncio.to_thread(store.stop)
    await asyncio.to_thread(store.start)


# --- a bot ----------------------------------------------------------------------------


async def _roll_out_bot(cluster: Cluster, seconds: dict[str, float]) -> None:
    """A bot is made through one machine, published, changed and published again."""
    async with aiohttp.ClientSession(headers=HEADERS) as client:

        async def ask(method: str, path: str, **body: object) -> dict[str, object]:
            async with client.request(method, f"{cluster.url}{path}", json=body) as answer:
                content: dict[str, object] = await answer.json()
                if answer.status >= 300:
                    raise RuntimeError(f"{method} {path}: {answer.status} {content}")
                return content

        async def publish() -> object:
            await ask("POST", place)
            while (await ask("GET", place))["botLocaleStatus"] == "Building":  # noqa: ASYNC110
                await asyncio.sleep(0.1)
            sources = {"ko_KR": {"sourceBotVersion": "DRAFT"}}
            made = await ask("PUT", f"{home}botversions/", botVersionLocaleSpecification=sources)
            return made["botVersion"]

        async def everywhere(alias: object, text: str, intent: str) -> float:
            """How long it takes until every machine reads the text as that intent."""
            begun = time.monotonic()
            for address in cluster.addresses():
                path = f"/bots/{bot_id}/botAliases/{alias}/botLocales/ko_KR/sessions/one/text"
                while True:
                    if time.monotonic() - begun > _PATIENCE_SECONDS:
                        raise RuntimeError(f"{address} does not read {text!r} as {intent}")
                    async with client.post(address + path, json={"text": text}) as answer:
                        said = await answer.json() if answer.status == 200 else {}
                    state = said.get("sessionState", {})
                    await client.delete(f"{address}{path.removesuffix('/text')}")
                    if state.get("intent", {}).get("name") == intent:
                        break
                    await asyncio.sleep(0.02)
            return time.monotonic() - begun

        bot_id = (
            await ask(
                "PUT",
                "/bots/",
                botName=f"Pier{time.monotonic_ns()}",
                roleArn=_ROLE,
                dataPrivacy={"childDirected": False},
                idleSessionTTLInSeconds=300,
            )
        )["botId"]
        home = f"/bots/{bot_id}/"
        locales = f"{home}botversions/DRAFT/botlocales/"
        place = f"{locales}ko_KR/"
        await ask("PUT", locales, localeId="ko_KR", nluIntentConfidenceThreshold=0.4)
        fare = [{"utterance": "뱃삯이 얼마예요"}]
        made = await ask("PUT", f"{place}intents/", intentName="Fare", sampleUtterances=fare)
        first = await publish()
        live = {"botAliasName": "live"}
        alias = (await ask("PUT", f"{home}botaliases/", **live, botVersion=first))["botAliasId"]
        seconds["a new bot"] = await everywhere(alias, "뱃삯이 얼마예요", "Fare")
        # Understood by both versions: what neither knows would wait for the model.
        changed = f"{place}intents/{made['intentId']}/"
        await ask("PUT", changed, intentName="Price", sampleUtterances=fare)
        second = await publish()
        await ask("PUT", f"{home}botaliases/{alias}/", **live, botVersion=second)
        seconds["its next version"] = await everywhere(alias, "뱃삯이 얼마예요", "Price")


# --- figures --------------------------------------------------------------------------


def report(seen: Seen) -> str:
    """The figures, as a table of Markdown."""
    lines = [
        "| phase | turns | p50, ms | p99, ms | longest, ms | sent again |",
        "|---|---|---|---|---|---|",
    ]
    phases = dict.fromkeys(said.phase for said in seen.history.turns)
    for phase in phases:
        turns = [said for said in seen.history.turns if said.phase == phase and said.reply]
        times = sorted(said.milliseconds for said in turns)
        if phase in ("start", "end") or not times:
            continue
        again = sum(said.sent > 1 for said in turns)
        p50, p99 = (times[min(len(times) - 1, int(len(times) * share))] for share in (0.5, 0.99))
        lines.append(
            f"| {phase} | {len(times):,} | {p50:.0f} | {p99:.0f} | {times[-1]:,.0f} | {again} |"
        )
    wrong, history = seen.verdict, seen.history
    lines += [
        "",
        (
            f"Acknowledged: {wrong.acknowledged:,} turns. Lost {len(wrong.lost)}, doubled"
            f" {len(wrong.doubled)}, altered {len(wrong.altered)}, out of order"
            f" {len(wrong.disordered)}, never answered {wrong.unanswered}."
        ),
        f"The clients' own process was held up for {history.held_up * 1000:,.0f} ms at most.",
        f"Streams by their end: {history.streams}; without a word {len(history.silent)}.",
    ]
    for what, taken in seen.bot_seconds.items():
        lines.append(f"On every machine, {what}: after {taken:.1f} s.")
    for name in ("lost", "doubled", "altered", "disordered"):
        lines += [f"{name}: {one}" for one in getattr(wrong, name)[:5]]
    lines += [f"silent: {one}" for one in history.silent[:5]]
    return "\n".join(lines)
