// Made from the values of daehwa.chat by docs/generate.py: `make docs` updates it.

/** Whose words: `intent` for the bot's own, or an answerer's name. */
export type Source = string;

export type AnswerState = "ready" | "loading" | "downloading" | "missing" | "failed" | "off";

export type ConfirmationState = "Confirmed" | "Denied" | "None";

export type IntentState = "Failed" | "Fulfilled" | "InProgress" | "ReadyForFulfillment" | "Waiting" | "FulfillmentInProgress";

export type Rating = "up" | "down";

export type TurnState = "running" | "done" | "incomplete";

/** Who answers what the bot does not understand. */
export interface AnswerStatus {
  /** The answerer, or `none`. */
  source: Source;
  /** Whether it can answer now. */
  state: AnswerState;
  /** The language model. */
  model: string | null;
  /** How much has been downloaded, 0 to 1. */
  progress: number | null;
  /** A line to show to people, if there is one. */
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

/** The intent that a reply belongs to, and its state. */
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
  /** The session's id, in the form that Lex accepts. */
  sessionId: string;
  /** The turn's id in its session. */
  messageId: string;
  /** Lex's messages, cards included. */
  messages: Message[];
  /** Who answered: `intent` for the bot itself, otherwise the answerer's name. */
  source: Source;
  /** The bot that answered. */
  botId: string;
  /** The language it answered in. */
  localeId: string;
  /** Identifies the request in the log. */
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
  /** The answer was stopped or cut off, so its text is not complete. */
  incomplete: boolean;
  /** It is `incomplete` because the person stopped it. */
  stopped: boolean;
  /** Why a model's answer is `incomplete`: it reached its limit (`length`), was stopped by a content filter (`refused`), broke off (`cut`), or took too long (`timed_out`). */
  ended: "cut" | "length" | "refused" | "timed_out" | null;
  /** A line about the answer: that an offline model wrote it, or why the bot says nothing. */
  notice: string | null;
  /** Why the answerer gave no answer; the conversation goes on. */
  error: Fault | null;
  /** How long it took. */
  timing: Timing | null;
  /** The tokens that the language model counted, if it counts them. */
  usage: ChatUsage | null;
  /** The passages of documents on which the answer is based. */
  sources: SourceReference[];
  /** The turn that this one follows, as in the request: empty if it started the conversation over, `null` if it follows the turn that was last. */
  follows: string | null;
}

/** A message to the bot. */
export interface ChatRequest {
  /** What the person says; blanks at either end do not count. */
  text: string;
  /** The session; without it a new one begins. */
  sessionId?: string | null;
  /** A bot's id or name; without it the first one served answers. */
  botId?: string | null;
  /** The language; without it the caller's Accept-Language chooses. */
  localeId?: string | null;
  /** The id of the turn: a message that is sent twice with one id is one turn. Generated if missing. */
  messageId?: string | null;
  /** The message id of the turn that this message follows, if that is not the last one: the person asks again, rephrases a message, or has gone back to an earlier answer. What was said after that turn no longer counts. An empty text starts the conversation over. */
  follows?: string | null;
  /** Lex's request attributes, for the bot's code hook. */
  requestAttributes?: Record<string, string> | null;
  /** Lex's session attributes; without them the session keeps its own. */
  sessionAttributes?: Record<string, string> | null;
}

/** What a language model counted for its answer. */
export interface ChatUsage {
  /** The tokens of the question and of everything sent with it. */
  inputTokens: number;
  /** The tokens of the answer, thoughts included. */
  outputTokens: number;
  /** What they cost, by the configured prices and in their currency. */
  cost?: number;
}

/** Which bot answers, and in which language, if a request names none. */
export interface DefaultBot {
  /** The bot. */
  botId: string;
  /** The language. */
  localeId: string;
}

/** The next piece of the answer's text. */
export interface DeltaEvent {
  /** To be appended to the text so far. */
  text: string;
}

/** What the bot does next. */
export interface DialogAction {
  type: "Close" | "ConfirmIntent" | "Delegate" | "ElicitIntent" | "ElicitSlot" | "None";
  slotToElicit?: string;
  slotElicitationStyle?: "Default" | "SpellByLetter" | "SpellByWord";
  subSlotToElicit?: SubSlotToElicit;
}

/** The response to a request that cannot be served. */
export interface ErrorBody {
  /** What is wrong. */
  error: Fault;
}

/** Why there is no answer. */
export interface Fault {
  /** For programs. */
  code: string;
  /** For people, in Korean or English. */
  message: string;
  /** Identifies the request in the log. */
  requestId?: string;
  /** After how many seconds the request may be sent again, if that is known. */
  retryAfter?: number;
}

/** What the person thinks of a reply. */
export interface Feedback {
  /** A thumb, or none. */
  rating: Rating | null;
  /** In the person's own words. */
  comment: string | null;
}

/** Feedback as it is sent. It replaces earlier feedback: what is left out is removed. */
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

/** Limits of length. */
export interface Limits {
  /** How many characters a message may have. */
  text: number;
}

/** How the page looks. */
export interface Look {
  /** An image's address. */
  logo: string | null;
  /** A CSS colour. */
  accent: string | null;
  /** The hosts whose pictures in answers are shown at once; other pictures are shown after a click. */
  imageHosts: string[];
  /** The hosts whose pictures on the bots' cards are shown at once. */
  cardHosts: string[];
}

/** One message to the user; a card has no ``content``. */
export interface Message {
  contentType: "CustomPayload" | "ImageResponseCard" | "PlainText" | "SSML";
  content?: string;
  imageResponseCard?: ImageResponseCard;
}

/** A new session. */
export interface NewSession {
  /** The session's id, in the form that Lex accepts. */
  sessionId: string;
  /** Send it in the header `X-Session-Secret` with every further request of the session. */
  sessionSecret: string;
}

/** How sure the recognition is: 0 to 1. */
export interface NluConfidence {
  score: number;
}

/** A bot that people can talk to. */
export interface PageBot {
  /** The bot's id. */
  id: string;
  /** The bot's name. */
  name: string;
  /** The bot's description. */
  description: string | null;
  /** The languages in which it is available. */
  locales: PageLocale[];
  /** How the page looks, if that is configured. */
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
  /** Limits of length. */
  limits: Limits;
  /** How the page looks. */
  look: Look;
  /** The server transcribes and speaks if the browser cannot. */
  speech: boolean;
}

/** What the page shows in one language at first: who this is, and what one can say. */
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
  /** Suggestions for a first message. */
  starters: string[];
  /** What some of the starters do, by starter. */
  notes: Record<string, string>;
  /** The page's heading in this language. */
  title: string | null;
  /** The name of the one who answers, if it is not the bot's name. */
  speaker: string | null;
  /** The address of the speaker's picture. */
  logo: string | null;
  /** The line under the message box. */
  privacy: string | null;
  /** Where that line leads. */
  privacyLink: string | null;
}

/** The answer is not complete yet: request the turn again. */
export interface Pending {
  /** The session's id, in the form that Lex accepts. */
  sessionId: string;
  /** The turn's id in its session. */
  messageId: string;
  /** Identifies the request in the log. */
  requestId: string;
  /** Always `running`. */
  state: "running";
}

/** A conversation as a test file for `daehwa test`. */
export interface SavedTalk {
  /** A name for the file. */
  name: string;
  /** The file, in YAML; empty if nothing was said. */
  text: string;
}

/** The sentiment of a text: the likeliest, and how likely each is. */
export interface SentimentResponse {
  sentiment: "MIXED" | "NEGATIVE" | "NEUTRAL" | "POSITIVE";
  sentimentScore: SentimentScore;
}

/** How likely each sentiment is, 0 to 1; the sum is 1. */
export interface SentimentScore {
  positive: number;
  negative: number;
  neutral: number;
  mixed: number;
}

/** A session to start. */
export interface SessionRequest {
  /** The id of the new session; generated if missing. */
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

/** A passage of a document on which a reply is based. */
export interface SourceReference {
  /** The number by which the text cites it, as in `[1]`. */
  number: number;
  /** The document's title. */
  title: string;
  /** The passage. */
  text: string;
  /** Where the passage is in the document. */
  heading: string | null;
  /** The document's address on the web. */
  link: string | null;
  /** The name of a file that is not on the web. */
  file: string | null;
}

/** A turn has begun, or is being followed. */
export interface StartEvent {
  /** The session's id, in the form that Lex accepts. */
  sessionId: string;
  /** The turn's id in its session. */
  messageId: string;
  /** Identifies the request in the log. */
  requestId: string;
}

/** What the answerer is doing while there are no words yet. */
export interface StatusEvent {
  /** `answering`, or why it does not answer yet. */
  state: "answering" | AnswerState;
  /** Who will answer. */
  source: Source;
  /** For people, in the conversation's language. */
  line: string | null;
  /** How much has been downloaded, 0 to 1. */
  progress: number | null;
}

/** The sub-slot of a composite slot that is elicited. */
export interface SubSlotToElicit {
  name: string;
  subSlotToElicit?: SubSlotToElicit;
}

/** How the page looks, and what it shows, while somebody talks to the bot. */
export interface Theme {
  /** Colours of a light page, by the names of its custom properties. */
  light: Record<string, string>;
  /** Colours of a dark page, by the same names. */
  dark: Record<string, string>;
  /** The radius of corners, in pixels. */
  radius: number | null;
  /** How much is shown of who answered; `null` means `full` on loopback, otherwise `kind`. */
  sources: "full" | "kind" | "none" | null;
  /** Whether intents, slots and scores are shown; `null` means only on loopback. */
  details: boolean | null;
}

/** How long the turn took, in milliseconds. */
export interface Timing {
  /** The whole turn. */
  totalMs: number;
  /** Understanding the text; left out if Lex does that. */
  nluMs?: number;
}

/** A conversation so far; an unknown one has no turns. */
export interface Transcript {
  /** The session's id, in the form that Lex accepts. */
  sessionId: string;
  /** The bot. */
  botId: string;
  /** The language. */
  localeId: string;
  /** The bot no longer knows the state of the conversation. */
  expired: boolean;
  /** The bot knows the state of the conversation. */
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
  /** `running` while the answer is being written; `incomplete` if it was stopped or cut off. */
  state: TurnState;
  /** What the person thinks of the reply; `null` if there is no feedback. */
  feedback: Feedback | null;
}
