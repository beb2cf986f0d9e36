"""What of the workshop's bots is in service: the catalogue's locales, by alias."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from daehwa import bot
from daehwa.conversation import Catalogue, ServedBot, ServedLocale
from daehwa.workshop.records import AliasRecord
from daehwa.workshop.resource import BotResource


class BotService:
    """Puts bots, built and published, into a catalogue, and takes them out again."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def serve_built(self, resource: BotResource) -> None:
        """Let TSTALIASID serve the locales that were built last."""
        built = resource.built
        if built is None:
            return
        resource.served = {
            name: resource.served.get(name) or self.new_locale(resource, built, locale)
            for name, locale in built.locales.items()
        }
        _apply_test_alias(resource)
        self._catalogue.put(
            ServedBot(id=resource.id, definition=built, path=None, locales=dict(resource.served))
        )

    def arriving(self, resource: BotResource) -> tuple[dict[str, ServedLocale], list[ServedLocale]]:
        """What has to be learned before a bot that others changed takes the old one's place.

        Returns:
            The locales that were built again, by name, and those of versions that aliases lead to.
        """
        built = resource.built
        fresh = {}
        for name, locale in built.locales.items() if built is not None else ():
            known = resource.served.get(name)
            if built is None or (known is not None and known.bot is built):
                continue
            fresh[name] = self.new_locale(resource, built, locale)
            if known is not None and known.learned and _same(known.definition, locale):
                fresh[name].adopt(known.learned)
        return fresh, list(self._published(resource))

    async def learn_published(
        self, published: ServedLocale, fresh: dict[str, ServedLocale]
    ) -> None:
        """Learn the locale of a version, or take the model of the same one among ``fresh``."""
        built = fresh.get(published.definition.identifier)
        same = built is not None and _same(built.definition, published.definition)
        if built is not None and built.learned and same and not published.learned:
            published.adopt(built.learned)
        await published.ready()

    def serve_arrived(self, resource: BotResource, fresh: dict[str, ServedLocale]) -> None:
        """Let TSTALIASID serve what others built; ``fresh`` as ``arriving`` gave it."""
        resource.served = {**resource.served, **fresh}
        self.serve_built(resource)

    def serve_aliases(self, resource: BotResource) -> None:
        """Let each alias serve its version, and deleted aliases nothing."""
        for alias_id in self._catalogue.aliases(resource.id) - resource.record.aliases.keys():
            self._catalogue.unpoint(resource.id, alias_id)
        for alias in resource.record.aliases.values():
            self._serve_alias(resource, alias)

    def _serve_alias(self, resource: BotResource, alias: AliasRecord) -> None:
        # TSTALIASID always serves what was built last.
        if alias.id == bot.TEST_ALIAS.identifier:
            _apply_test_alias(resource)
            return

        def enabled(number: str, name: str) -> ServedLocale | None:
            served = self._version_locale(resource, number, name) if alias.enabled(name) else None
            if served is None:
                return None
            return served.called(alias.name, detects_sentiment=alias.detects_sentiment)

        version = resource.versions.get(alias.version or "")
        locales = {
            name: served
            for name in (version.locales if version is not None else ())
            if (served := enabled(alias.version or "", name)) is not None
        }
        self._catalogue.point(resource.id, alias.id, locales, enabled)

    def remove(self, resource: BotResource) -> None:
        """Take a bot out of service, with all its aliases."""
        self._catalogue.remove(resource.id)

    def new_locale(
        self,
        resource: BotResource,
        owner: bot.Bot,
        locale: bot.BotLocale,
        *,
        version: str = bot.DRAFT,
    ) -> ServedLocale:
        """A locale of the bot, or of a version of it, that has to be learned."""
        return ServedLocale(
            resource.id,
            owner,
            locale,
            self._catalogue.models,
            quality=self._catalogue.quality(owner, resource.id),
            version=version,
        )

    def _published(self, resource: BotResource) -> Iterator[ServedLocale]:
        """The locales that aliases serve."""
        for alias in resource.record.aliases.values():
            version = resource.versions.get(alias.version or "")
            for name in version.locales if version is not None else ():
                served = self._version_locale(resource, alias.version or "", name)
                if served is not None and alias.enabled(name):
                    yield served

    def _version_locale(self, resource: BotResource, number: str, name: str) -> ServedLocale | None:
        version = resource.versions.get(number)
        locale = version.locales.get(name) if version is not None else None
        if version is None or locale is None:
            return None
        known = resource.numbered.get((number, name))
        if known is not None:
            return known
        fresh = self.new_locale(resource, version, locale, version=number)
        draft = resource.served.get(name)
        if draft is not None and draft.learned and _same(draft.definition, locale):
            fresh.adopt(draft.learned)
        return resource.numbered.setdefault((number, name), fresh)


def _apply_test_alias(resource: BotResource) -> None:
    """Let what TSTALIASID serves have that alias's settings."""
    alias = resource.record.aliases.get(bot.TEST_ALIAS.identifier)
    for served in resource.served.values():
        served.detects_sentiment = alias is not None and alias.detects_sentiment


def _same(one: bot.BotLocale, other: bot.BotLocale) -> bool:
    """Whether two locales lead to the same model; a version's number is not learned."""
    return one == msgspec.structs.replace(other, version=one.version)
