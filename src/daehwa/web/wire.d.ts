// Made from the values of daehwa.chat by docs/generate.py: `make docs` writes it anew.

/** Whose words: `intent` for the bot's own, or an answerer's name. */
export type Source = string;

export type AnswerState = "ready" | "loading" | "downloading" | "missing" | "failed" | "off";

export type ConfirmationState = "Confirmed" | "Denied" | "None";

export type IntentState = "Failed" | "Fulfilled" | "InProgress" | "ReadyForFulfillment" | "Waiting" | "FulfillmentInProgress";

export type Rating = "up" | "down";

export type TurnState = "running" | "done" | "incomplete";

/** Who answers what the bot does not understand. */
export interface AnswerStatus {
  /** The answerer; `none` without one. */
  source: Source;
  /** Whether it can answer now. */
  state: AnswerState;
  /** The language model. */
  model: string | null;
  /** How much of a download is there, 0 to 1. */
  progress: number | null;
  /** For people, where something is to be said. */
  line: string | null;
}

/** A button of a card: the text shown, the value sent when it is pressed. */
export interface Button {
  text: string;
  value: string;
}

/** One event of a stream: its name, and its data in JSON. */
export type ChatEvent =
  | ["start", StartEvent]
  | ["status", StatusEvent]
  | ["delta", DeltaEvent]
  | ["done", ChatReply]
  | ["error", ErrorBody];

/** The intent that a reply belongs to, and how far it is. */
export interface ChatIntent {
  /** The intent's name in the bot. */
  name: string;
  /** Lex's state of the intent. */
  state?: string;
  /** Lex's confirmation state. */
  confirmationState?: string;
}

/** The reply to a message. */
export interface ChatReply {
  /** The text messages, joined by line ends. */
  msg: string;
  /** The session's id, as Lex takes it. */
  sessionId: string;
  /** The turn's id in its session. */
  messageId: string;
  /** Lex's messages, cards included. */
  messages: Message[];
  /** Whose words they are: `intent` for the bot's own, else the answerer's name. */
  source: Source;
  /** The bot that answered. */
  botId: string;
  /** The language it answered in. */
  localeId: string;
  /** Finds the request in the log. */
  requestId: string;
  /** The language model that answered. */
  model: string | null;
  /** The intent that the reply belongs to. */
  intent: ChatIntent | null;
  /** The intent's slots; `null` while unfilled. */
  slots: Record<string, Slot | null> | null;
  /** What the bot does next. */
  dialogAction: DialogAction | null;
  /** Lex's session attributes. */
  sessionAttributes: Record<string, string> | null;
  /** What the text may mean, best first. */
  interpretations: Interpretation[];
  /** The answer was stopped or cut: its text ends before its end. */
  incomplete: boolean;
  /** It is `incomplete` because the person stopped it. */
  stopped: boolean;
  /** Why a model's answer is `incomplete`: its limit, its content filter, it broke off, or its time was over. */
  ended: "cut" | "length" | "refused" | "timed_out" | null;
  /** A line about the answer: an offline model's, or why the bot says nothing. */
  notice: string | null;
  /** Why the answerer gave no answer; the conversation goes on. */
  error: Fault | null;
  /** How long it took. */
  timing: Timing | null;
  /** What the language model counted, where it counts. */
  usage: ChatUsage | null;
  /** The passages of documents that it is from. */
  sources: SourceReference[];
  /** The turn that it comes after, as the request had it; empty for none, `null` for the one that was taken before it. */
  follows: string | null;
}

/** A message to the bot. */
export interface ChatRequest {
  /** What the person says; blanks around it do not count. */
  text: string;
  /** Whose conversation; without it a new one begins. */
  sessionId?: string | null;
  /** A bot's id or name; without it the first one served answers. */
  botId?: string | null;
  /** The language; without it the caller's Accept-Language chooses. */
  localeId?: string | null;
  /** Names the turn: the same id sent twice is one turn. Made if it is missing. */
  messageId?: string | null;
  /** The message id of the turn that this message comes after, where that is not the last one: the person asks again, puts a message in other words, or has gone back to an earlier answer. What was said since is not remembered. Empty: it begins the conversation anew. */
  follows?: string | null;
  /** Lex's request attributes, for the bot's code hook. */
  requestAttributes?: Record<string, string> | null;
  /** Lex's session attributes; without them the session keeps its own. */
  sessionAttributes?: Record<string, string> | null;
}

/** What a language model counted for its answer. */
export interface ChatUsage {
  /** The tokens of the question, with all it came with. */
  inputTokens: number;
  /** The tokens of the answer, thoughts included. */
  outputTokens: number;
  /** What they cost by the configured prices, in their currency. */
  cost?: number;
}

/** Who is talked to when a request names nobody. */
export interface DefaultBot {
  /** The bot. */
  botId: string;
  /** The language. */
  localeId: string;
}

/** The next piece of the answer's text. */
export interface DeltaEvent {
  /** To be put behind what came before. */
  text: string;
}

/** What the bot does next. */
export interface DialogAction {
  type: "Close" | "ConfirmIntent" | "Delegate" | "ElicitIntent" | "ElicitSlot" | "None";
  slotToElicit?: string;
  slotElicitationStyle?: "Default" | "SpellByLetter" | "SpellByWord";
  subSlotToElicit?: SubSlotToElicit;
}

/** What a request gets that cannot be served. */
export interface ErrorBody {
  /** What is wrong. */
  error: Fault;
}

/** Why no answer came. */
export interface Fault {
  /** For programs. */
  code: string;
  /** For people, in Korean or English. */
  message: string;
  /** Finds the request in the log. */
  requestId?: string;
  /** In how many seconds it may be asked again, where that is known. */
  retryAfter?: number;
}

/** What the person thinks of a reply. */
export interface Feedback {
  /** A thumb, or none. */
  rating: Rating | null;
  /** In the person's own words. */
  comment: string | null;
}

/** What a person thinks of a reply, as it is sent: what is left out is taken back. */
export interface FeedbackRequest {
  /** A thumb, or none. */
  rating?: Rating | null;
  /** In the person's own words. */
  comment?: string | null;
}

/** A card with a title, a picture and up to five buttons. */
export interface ImageResponseCard {
  title: string;
  subtitle?: string;
  imageUrl?: string;
  buttons?: Button[];
}

/** The intent a conversation is in, with the slots filled so far (``None``: unfilled). */
export interface Intent {
  name: string;
  slots?: Record<string, Slot | null>;
  state?: IntentState;
  confirmationState?: ConfirmationState;
}

/** One intent that the text may mean. ``FallbackIntent`` carries no confidence. */
export interface Interpretation {
  intent: Intent;
  nluConfidence?: NluConfidence;
  sentimentResponse?: SentimentResponse;
  interpretationSource?: "Bedrock" | "Lex";
}

/** How long things may be. */
export interface Limits {
  /** The characters of a message. */
  text: number;
}

/** How the page looks. */
export interface Look {
  /** An image's address. */
  logo: string | null;
  /** A colour, as CSS has it. */
  accent: string | null;
  /** Whose pictures are shown in answers at once; those of others open on a click. */
  imageHosts: string[];
  /** Whose pictures are shown on the bots' cards at once. */
  cardHosts: string[];
}

/** One message to the user; a card has no ``content``. */
export interface Message {
  contentType: "CustomPayload" | "ImageResponseCard" | "PlainText" | "SSML";
  content?: string;
  imageResponseCard?: ImageResponseCard;
}

/** A session that was begun. */
export interface NewSession {
  /** The session's id, as Lex takes it. */
  sessionId: string;
  /** Comes as the header `X-Session-Secret` with every further request of the session. */
  sessionSecret: string;
}

/** How sure the recognition is: 0 to 1. */
export interface NluConfidence {
  score: number;
}

/** A bot that can be talked to. */
export interface PageBot {
  /** The bot's id. */
  id: string;
  /** The bot's name. */
  name: string;
  /** The bot's description. */
  description: string | null;
  /** The languages in which it is available. */
  locales: PageLocale[];
  /** How the page looks, where that is set. */
  theme: Theme | null;
}

/** What the page needs to know before anything is said. */
export interface PageConfig {
  /** The page's title. */
  title: string | null;
  /** The bots that people can talk to. */
  bots: PageBot[];
  /** The bot that is chosen at first. */
  default: DefaultBot;
  /** Who answers the rest. */
  answer: AnswerStatus;
  /** How long things may be. */
  limits: Limits;
  /** How the page looks. */
  look: Look;
  /** The server transcribes and speaks if the browser cannot. */
  speech: boolean;
}

/** What the first page says in one language: who this is, and what can be said. */
export interface PageLocale {
  /** Lex's name of the locale. */
  id: string;
  /** The locale's name in the bot. */
  name: string | null;
  /** Who is speaking, if the bot's file says so. */
  about: string | null;
  /** The first line. */
  greeting: string | null;
  /** The placeholder in the empty box. */
  placeholder: string | null;
  /** What can be said first. */
  starters: string[];
  /** What some of the starters do, by starter. */
  notes: Record<string, string>;
  /** What heads the page in this language. */
  title: string | null;
  /** The name of the one who answers, if it is not the bot's name. */
  speaker: string | null;
  /** The address of their picture. */
  logo: string | null;
  /** The line under the message box. */
  privacy: string | null;
  /** Where that line leads. */
  privacyLink: string | null;
}

/** The answer is still being made: ask again for the turn. */
export interface Pending {
  /** The session's id, as Lex takes it. */
  sessionId: string;
  /** The turn's id in its session. */
  messageId: string;
  /** Finds the request in the log. */
  requestId: string;
  /** Always `running`. */
  state: "running";
}

/** A conversation as a test file for `daehwa test`. */
export interface SavedTalk {
  /** What the file may be called. */
  name: string;
  /** The file, in YAML; empty where nothing was said. */
  text: string;
}

/** The sentiment of a text: the likeliest, and how likely each is. */
export interface SentimentResponse {
  sentiment: "MIXED" | "NEGATIVE" | "NEUTRAL" | "POSITIVE";
  sentimentScore: SentimentScore;
}

/** How likely each sentiment is: 0 to 1, together 1. */
export interface SentimentScore {
  positive: number;
  negative: number;
  neutral: number;
  mixed: number;
}

/** A session to begin. */
export interface SessionRequest {
  /** The id that it is to have; made if it is missing. */
  sessionId?: string | null;
  /** A bot's id or name; without it the first one served answers. */
  botId?: string | null;
  /** The language; without it the caller's Accept-Language chooses. */
  localeId?: string | null;
}

/** A slot's content: one value, a list of slots, or named sub-slots, by ``shape``. */
export interface Slot {
  shape?: "Composite" | "List" | "Scalar";
  value?: SlotValue;
  values?: Slot[];
  subSlots?: Record<string, Slot | null>;
}

/** The words for a slot and what they mean. */
export interface SlotValue {
  originalValue?: string;
  interpretedValue?: string;
  resolvedValues?: string[];
}

/** A passage of a document that a reply is from. */
export interface SourceReference {
  /** What the text cites it by, as `[1]`. */
  number: number;
  /** The document's title. */
  title: string;
  /** The passage. */
  text: string;
  /** Where in the document. */
  heading: string | null;
  /** Leads to the document on the web. */
  link: string | null;
  /** The name of a file that is not on the web. */
  file: string | null;
}

/** A turn has begun, or is being followed. */
export interface StartEvent {
  /** The session's id, as Lex takes it. */
  sessionId: string;
  /** The turn's id in its session. */
  messageId: string;
  /** Finds the request in the log. */
  requestId: string;
}

/** What the answerer is doing while there are no words yet. */
export interface StatusEvent {
  /** `answering`, or why it does not answer yet. */
  state: "answering" | AnswerState;
  /** Who is to answer. */
  source: Source;
  /** For people, in the conversation's language. */
  line: string | null;
  /** How much of a download is there, 0 to 1. */
  progress: number | null;
}

/** The sub-slot of a composite slot that is elicited. */
export interface SubSlotToElicit {
  name: string;
  subSlotToElicit?: SubSlotToElicit;
}

/** How the page looks, and what it shows, while a bot is talked to. */
export interface Theme {
  /** Colours of a light page, by the names of its custom properties. */
  light: Record<string, string>;
  /** Those of a dark one; the same names. */
  dark: Record<string, string>;
  /** How round corners are, in pixels. */
  radius: number | null;
  /** What is shown of who answered; `null`: `full` on loopback, else `kind`. */
  sources: "full" | "kind" | "none" | null;
  /** Whether intents, slots and scores can be seen; `null`: on loopback. */
  details: boolean | null;
}

/** How long the turn took, in milliseconds. */
export interface Timing {
  /** The whole turn. */
  totalMs: number;
  /** Understanding the text; left out where Lex does that. */
  nluMs?: number;
}

/** A conversation so far; one that nobody knows of has no turns. */
export interface Transcript {
  /** The session's id, as Lex takes it. */
  sessionId: string;
  /** The bot. */
  botId: string;
  /** The language. */
  localeId: string;
  /** The bot has forgotten where the conversation stood. */
  expired: boolean;
  /** The bot knows where the conversation stands. */
  open: boolean;
  /** The last turns, or those before `before`, oldest first. */
  turns: Turn[];
  /** There are turns before these. */
  earlier: boolean;
}

/** One message of a person and the reply to it. */
export interface Turn {
  /** The turn's id in its session. */
  messageId: string;
  /** What the person said. */
  text: string;
  /** When, in ISO 8601. */
  at: string;
  /** The reply; `null` while there is none. */
  reply: ChatReply | null;
  /** `running` while the answer is made; `incomplete` when it was stopped or cut. */
  state: TurnState;
  /** What the person thinks of the reply; `null` for nothing. */
  feedback: Feedback | null;
}
