/**
 * The types that the page's scripts name in their comments. Not served: tsc reads them (`make
 * lint`). They are global, so that no script pays for importing them.
 */

import type * as wire from "./wire.d.ts";

declare global {
  // The wire, and the classes of the scripts.
  type AnswerStatus = wire.AnswerStatus;
  type Button = wire.Button;
  type ChatEvent = wire.ChatEvent;
  type ChatReply = wire.ChatReply;
  type ChatRequest = wire.ChatRequest;
  type Feedback = wire.Feedback;
  type ImageResponseCard = wire.ImageResponseCard;
  type Interpretation = wire.Interpretation;
  type Look = wire.Look;
  type Message = wire.Message;
  type NewSession = wire.NewSession;
  type PageBot = wire.PageBot;
  type PageConfig = wire.PageConfig;
  type PageLocale = wire.PageLocale;
  type Rating = wire.Rating;
  type Slot = wire.Slot;
  type Source = wire.Source;
  type StatusEvent = wire.StatusEvent;
  type Theme = wire.Theme;
  type SavedTalk = wire.SavedTalk;
  type Transcript = wire.Transcript;
  type Turn = wire.Turn;
  type Answer = import("./static/answer.js").Answer;
  type Api = import("./static/api.js").Api;
  type Connection = import("./static/api.js").Connection;
  type Conversation = import("./static/conversation.js").Conversation;
  type Exchange = import("./static/exchange.js").Exchange;
  type Failure = import("./static/api.js").Failure;
  type Talks = import("./static/talks.js").Talks;
  type Store = import("./static/place.js").Store;

  /** Which bot is talked to, in which language. */
  interface Who {
    botId: string;
    localeId: string;
  }

  interface Session extends Who {
    sessionId: string;
    secret?: string;
  }

  interface TurnOf extends Session {
    messageId: string;
  }

  /** What the person said, and what they saw themselves say. */
  interface Question {
    text: string;
    label: string;
    at: Date;
  }

  /** A talk that this browser remembers. */
  interface Talk extends Session {
    title: string;
    /** When something was said last, in milliseconds. */
    at: number;
    /** The server has answered something. */
    heard?: boolean;
  }

  /** Why a talk is over: a long pause, the server has it no more, deleted, or there is a newer one elsewhere. */
  type Ending = "expired" | "gone" | "deleted" | "moved";

  /** What hears the browser's own wish to close: Back on a phone, Escape. Not in every browser. */
  class CloseWatcher extends EventTarget {
    onclose: () => void;
    destroy(): void;
  }

  /** What those who hear answers need of the talk. */
  interface RunsTalk {
    turn(answer: Answer): TurnOf;
    emit<Name extends keyof ConversationEvents>(name: Name, detail?: ConversationEvents[Name]): void;
    ended(exchange: Exchange, answer: Answer): void;
  }

  interface Call {
    method: string;
    body?: object;
    secret?: string;
  }

  /** Gets what streams in, `done` and `error` aside. */
  type Heard = (event: Exclude<ChatEvent, ["done" | "error", unknown]>) => void;

  /** Why a request did not end well; see `Failure`. */
  type FailureKind = "network" | "cut" | "silent" | "stopped" | "refused" | "failed";

  interface FailureDetails {
    code?: string;
    message?: string;
    requestId?: string;
    status?: number;
    /** Seconds. */
    retryAfter?: number;
  }

  /** A message that the server may not have; kept in the browser until it has. */
  interface Unsent {
    text: string;
    label: string;
    messageId: string;
    follows?: string;
    after?: string;
    /** The message that was said next. */
    next?: string;
    why?: FailureDetails & { kind: FailureKind };
  }

  /** Attributes of an element: `on*` are listeners, true and false set and drop. */
  interface Attributes {
    [name: string]: string | number | boolean | null | undefined | ((event: any) => unknown);
  }

  type MarkedToken = import("marked").Tokens.Generic;
  type MarkedCell = import("marked").Tokens.TableCell;

  /** Something to draw: a text, or an element; one with `make` is made by it, anew when its `key` differs. */
  type Drawn = string | DrawnElement;

  interface DrawnElement {
    name: string;
    attributes: Attributes;
    children: Drawn[];
    key?: string;
    make?: () => Element;
  }

  /** Something drawn, and the node that stands for it. */
  interface Standing {
    drawn: Drawn;
    node: ChildNode;
    inner: Standing[];
  }

  type El = (name: string, attributes: Attributes, ...children: (Drawn | false)[]) => DrawnElement;

  /** What a reading remembers of the one before. */
  interface Memory {
    blocks: Map<string, MarkedToken[]>;
    words: Map<string, MarkedToken[]>;
    begun: Begun[];
    next: Pick<Memory, "blocks" | "words" | "begun">;
  }

  /** How a paragraph begins. */
  interface Begun {
    raw: string;
    tokens: MarkedToken[];
  }

  /** What is only fetched when a text needs it. */
  interface Extras {
    math?: typeof import("./static/math.js");
    colours?: typeof import("./static/colours.js");
  }

  type Child = Node | string | null | undefined | false;

  /** Makes an element. */
  type H = <Name extends keyof HTMLElementTagNameMap>(
    name: Name,
    attributes?: Attributes,
    ...children: Child[]
  ) => HTMLElementTagNameMap[Name];

  /** The elements of index.html that are more than an HTMLElement. */
  interface Elements {
    identity: HTMLButtonElement;
    progress: HTMLProgressElement;
    newer: HTMLButtonElement;
    composer: HTMLFormElement;
    input: HTMLTextAreaElement;
    confirm: HTMLDialogElement;
  }

  /** Finds an element of index.html. */
  type ById = <Id extends string>(id: Id) => Id extends keyof Elements ? Elements[Id] : HTMLElement;

  /** A message as something to show. */
  type Part =
    | { kind: "card"; card: ImageResponseCard }
    | { kind: "plain" | "markdown"; text: string };

  /** Says `text`; `label` is what the person saw on the button for it. */
  type Say = (text: string, label?: string) => void;

  /** Who speaks, and what can be done with what is said. */
  interface TalkContext {
    bot: string;
    tongue: string;
    starters: string[];
    /** The most characters of a message. */
    limit: number;
    sources: Shown["sources"];
    choose: Say;
    whisper(text: string): void;
    retry(exchange: Exchange): void;
    again(exchange: Exchange): void;
    edit(exchange: Exchange): void;
    rewrite(exchange: Exchange, text: string): void;
    /** Where the details of an answer may be seen. */
    details?: (answer: Answer) => void;
    /** Reads answers aloud, where the browser or the server can. */
    voice?: { can(): boolean; reads(answer: Answer): boolean; toggle(answer: Answer, text: string): void };
    turnTo(exchange: Exchange, shown: number): void;
    /** True when it was stored. */
    rate(answer: Answer, rating: Rating | null, comment?: string): Promise<boolean>;
  }

  /** What an ear says: what it does, what it has heard so far, that it is over and what went wrong. */
  interface Hearing {
    show(state: "listening" | "writing"): void;
    heard(words: string): void;
    over(problem: "" | "denied" | "silent" | "failed"): void;
  }

  /** What ends it: `finish` has written down what was said, `stop` drops it. */
  interface Listening {
    finish?(): void;
    stop(): void;
  }

  /** Begins to listen, in a language. */
  type Ear = (tongue: string, on: Hearing) => Listening;

  /** Speaks a text's parts, says when it is over and what went wrong; gives what silences it. */
  type Mouth = (parts: string[], tongue: string, over: (problem?: string) => void) => () => unknown;

  /** What happened in a conversation, by the events' names. */
  interface ConversationEvents {
    change: Exchange;
    finished: { exchange: Exchange; answer: Answer };
    failed: { exchange: Exchange; answer: Answer & { failure: Failure } };
    reset: undefined;
    busy: undefined;
    lost: undefined;
    expired: undefined;
  }

  /** Makes an element's children anew when `key` says that they differ. */
  type Renew = (element: HTMLElement, key: unknown[], make: () => Child[]) => void;

  /** Another site's page around this one. */
  interface Frame {
    post(word: string, detail?: object): void;
    hear(on: Record<string, (data: any) => void>): void;
  }

  /** What a site does with the chat on its page. */
  interface DaehwaWidget {
    open(): void;
    close(): void;
    send(text: string): void;
    /** Gives what takes the listener away. */
    on(event: string, act: (detail: any) => void): () => void;
    destroy(): void;
  }

  interface DaehwaGlobal extends DaehwaWidget {
    widgets: Map<string, DaehwaWidget>;
    widget(name: string): DaehwaWidget | undefined;
    push(act: (daehwa: any) => void): void;
  }

  interface Window {
    Daehwa?: DaehwaGlobal | ((daehwa: any) => void)[];
  }

  /** Who answered, as far as it is known. */
  interface Named {
    source: Source;
    model?: string | null;
    intent?: { name: string } | null;
  }

  /** What is shown of who answered: nothing, of which kind, or all names; and intents and scores. */
  interface Shown {
    sources: "none" | "kind" | "full";
    details: boolean;
  }

  /** What the menus do. */
  interface MenuActs {
    theme(name: string): void;
    language(name: string): void;
    download(format: "txt" | "md" | "json"): void;
    details(): void;
    fresh(): void;
  }
}
