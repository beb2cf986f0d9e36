/**
 * The `/chat` wire as the page reads it: what the server's doors take and send, member by member.
 * Not served: the page's scripts are checked against it (`make lint`).
 *
 * `null` is sent where a member has no value; a `?` marks a member that is then left out.
 */

/** `POST /chat`. */
export interface ChatRequest {
  text: string;
  sessionId?: string;
  botId?: string;
  localeId?: string;
  messageId?: string;
  requestAttributes?: Record<string, string>;
  sessionAttributes?: Record<string, string>;
}

/** The reply of `POST /chat`, the data of the event `done`, and what the transcript keeps. */
export interface ChatReply {
  msg: string;
  sessionId: string;
  messageId: string;
  messages: Message[];
  source: Source;
  botId: string;
  localeId: string;
  requestId: string;
  model: string | null;
  intent: ChatIntent | null;
  slots: Record<string, Slot | null> | null;
  dialogAction: DialogAction | null;
  sessionAttributes: Record<string, string> | null;
  interpretations: Interpretation[];
  incomplete: boolean;
  notice: string | null;
  error: Fault | null;
  timing: Timing | null;
}

/** Whose words a reply is made of: the bot's own, an answerer's, or nobody's. */
export type Source = "intent" | "chatgpt" | "embedded" | "document" | "none" | "lex";

export interface ChatIntent {
  name: string;
  state?: IntentState;
  confirmationState?: ConfirmationState;
}

/** Times in milliseconds. */
export interface Timing {
  totalMs: number;
  nluMs: number;
}

/** Why no answer came: a code for programs, a line for people, an id for the log. */
export interface Fault {
  code: string;
  message: string;
  requestId?: string;
}

/** The body of every refusal (4xx and 5xx), and the data of the event `error`. */
export interface ErrorBody {
  error: Fault;
}

/** A streamed reply: `start`, then `status` and `delta` as they come, then `done` or `error`. */
export type ChatEvent =
  | ["start", StartEvent]
  | ["status", StatusEvent]
  | ["delta", DeltaEvent]
  | ["done", ChatReply]
  | ["error", ErrorBody];

export interface StartEvent {
  sessionId: string;
  messageId: string;
  requestId: string;
}

/** What is going on before the first piece; `progress` is 0 to 1. */
export interface StatusEvent {
  state: AnswerState | "answering";
  source: Source;
  line?: string;
  progress?: number | null;
}

export interface DeltaEvent {
  text: string;
}

/** `GET /chat/sessions/{sessionId}`: the conversation so far. */
export interface Transcript {
  sessionId: string;
  botId: string;
  localeId: string;
  /** The session ended after a long pause; what was said in it is still here. */
  expired: boolean;
  /** The session goes on: what is said next is said in it. */
  open: boolean;
  turns: Turn[];
}

export interface Turn {
  messageId: string;
  text: string;
  /** ISO 8601 with a time zone. */
  at: string;
  /** `null` while the answer is being made, and when it was lost. */
  reply: ChatReply | null;
  state: TurnState;
  feedback: Feedback | null;
}

export type TurnState = "running" | "done" | "incomplete";

/** What a person thinks of a reply; `POST .../turns/{messageId}/feedback` takes it as well. */
export interface Feedback {
  rating: Rating | null;
  comment: string | null;
}

export type Rating = "up" | "down";

/** `GET /chat/config`: what the page needs to know first. */
export interface PageConfig {
  title: string | null;
  bots: PageBot[];
  default: { botId: string; localeId: string };
  answer: AnswerStatus;
  /** The longest text, in characters. */
  limits: { text: number };
  look: Look;
}

export interface PageBot {
  id: string;
  name: string;
  description: string | null;
  locales: PageLocale[];
}

export interface PageLocale {
  id: string;
  name: string;
  about: string | null;
  greeting: string;
  placeholder: string;
  starters: string[];
  /** What a starter leads to, by its text. */
  notes: Record<string, string>;
}

/** Who answers what the bot does not know, and whether it can; `progress` is 0 to 1. */
export interface AnswerStatus {
  source: Source;
  state: AnswerState;
  model?: string | null;
  progress?: number | null;
  line?: string | null;
}

export type AnswerState = "ready" | "loading" | "downloading" | "missing" | "failed" | "off";

export interface Look {
  logo?: string | null;
  accent?: string | null;
}

// Lex's own values, as its runtime API sends them.

export type IntentState =
  | "Failed"
  | "Fulfilled"
  | "InProgress"
  | "ReadyForFulfillment"
  | "Waiting"
  | "FulfillmentInProgress";

export type ConfirmationState = "Confirmed" | "Denied" | "None";

export interface Message {
  contentType: "CustomPayload" | "ImageResponseCard" | "PlainText" | "SSML";
  content?: string;
  imageResponseCard?: ImageResponseCard;
}

export interface ImageResponseCard {
  title: string;
  subtitle?: string;
  imageUrl?: string;
  buttons?: Button[];
}

export interface Button {
  text: string;
  value: string;
}

export interface DialogAction {
  type: "Close" | "ConfirmIntent" | "Delegate" | "ElicitIntent" | "ElicitSlot" | "None";
  slotToElicit?: string;
  slotElicitationStyle?: "Default" | "SpellByLetter" | "SpellByWord";
  subSlotToElicit?: SubSlotToElicit;
}

export interface SubSlotToElicit {
  name: string;
  subSlotToElicit?: SubSlotToElicit;
}

export interface Slot {
  shape?: "Scalar" | "List" | "Composite";
  value?: SlotValue;
  values?: Slot[];
  subSlots?: Record<string, Slot | null>;
}

export interface SlotValue {
  originalValue?: string;
  interpretedValue?: string;
  resolvedValues?: string[];
}

export interface Intent {
  name: string;
  slots?: Record<string, Slot | null>;
  state?: IntentState;
  confirmationState?: ConfirmationState;
}

export interface Interpretation {
  intent: Intent;
  nluConfidence?: { score: number };
  interpretationSource?: "Lex" | "Bedrock";
}
