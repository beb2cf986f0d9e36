/** Whom a visitor talks with, in which language, before they have chosen. */

import { language } from "./strings.js";

/** The address's bot, the last one, or the server's default; in the language chosen last, or the visitor's. @param {PageConfig} config @param {URLSearchParams} parameters @param {Store} store @returns {Who} */
export function chosen(config, parameters, store) {
  const { bots, default: { botId, localeId } } = config;
  const last = store.get("who");
  const tongueIsChosen = parameters.has("lang") || Boolean(store.get("language"));
  for (const who of [{ botId: parameters.get("bot"), localeId: parameters.get("locale") }, last]) {
    const bot = bots.find(({ id, name }) => who?.botId && (id === who.botId || name === who.botId));
    if (!bot) continue;
    const known = [who.localeId, last?.botId === bot.id && last.localeId].find((one) => bot.locales.some(({ id }) => id === one));
    return { botId: bot.id, localeId: known ?? visitorsLocale(config, bot.id, tongueIsChosen) ?? bot.locales[0].id };
  }
  return { botId, localeId: visitorsLocale(config, botId, tongueIsChosen) ?? localeId };
}

/** The bot's locale in the interface's language where that was chosen, or in one that the browser asks for. @param {PageConfig} config @param {string} botId @param {boolean} tongueIsChosen */
function visitorsLocale(config, botId, tongueIsChosen) {
  const browsers = navigator.languages.map((tag) => tag.split("-")[0]);
  for (const tongue of tongueIsChosen ? [language(), ...browsers] : [...browsers, language()]) {
    const locale = localeIn(config, tongue, botId);
    if (locale) return locale;
  }
  return undefined;
}

/** The bot that the address names and the server does not have: no other may speak in its place. @param {PageConfig} config @param {URLSearchParams} parameters */
export function missing({ bots }, parameters) {
  const wanted = parameters.get("bot");
  return wanted && !bots.some(({ id, name }) => id === wanted || name === wanted) ? wanted : undefined;
}

/** A bot's locale in a language, if it has one. @param {PageConfig} config @param {string} tongue @param {string} botId */
export const localeIn = ({ bots }, tongue, botId) =>
  bots.find(({ id }) => id === botId)?.locales.find(({ id }) => id.split("_")[0] === tongue)?.id;
