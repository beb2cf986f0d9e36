/** Ears and a voice at the server, for browsers that have none of their own. */

const LONGEST_MS = 60_000;
const KINDS = ["audio/webm", "audio/mp4", "audio/ogg"];
const REFUSALS = ["NotAllowedError", "NotFoundError", "NotReadableError", "SecurityError"];
const AT_ONCE = 400; // letters that are spoken at once: the first of them should not keep one waiting

/** @param {MediaStream} stream */
const release = (stream) => {
  for (const track of stream.getTracks()) track.stop();
};

/** Records until the person has finished, and has it written down. @param {(recording: Blob) => Promise<string>} transcribe @returns {Ear} */
export const serverEar = (transcribe) => (_tongue, { show, heard, over }) => {
  /** @type {MediaRecorder | undefined} */
  let recorder;
  let gone = false;
  const finish = () => recorder?.state === "recording" && recorder.stop();
  const record = async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    if (gone) {
      release(stream);
      return;
    }
    /** @type {Blob[]} */
    const pieces = [];
    const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
    recorder = new MediaRecorder(stream, { mimeType });
    recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
    const stopped = new Promise((end) => { recorder?.addEventListener("stop", end); });
    recorder.start();
    show("listening");
    const timer = setTimeout(finish, LONGEST_MS);
    await stopped;
    clearTimeout(timer);
    release(stream);
    if (gone) return;
    show("writing");
    const text = await transcribe(new Blob(pieces, { type: recorder.mimeType }));
    if (text) heard(text);
    over(text ? "" : "silent");
  };
  record().catch(({ name }) => over(REFUSALS.includes(name) ? "denied" : "failed"));
  return {
    finish,
    stop() {
      gone = true;
      finish();
    },
  };
};

/** Sentences, as many at once as may be. @param {string[]} parts */
const together = (parts) => parts.reduce((/** @type {string[]} */ all, part) => {
  const joined = `${all.at(-1) ?? ""} ${part}`.trim();
  return all.length && joined.length <= AT_ONCE ? all.with(-1, joined) : [...all, part];
}, []);

/** Speaks, and fetches what comes next meanwhile. @param {(text: string) => Promise<ArrayBuffer>} speech @returns {Mouth} */
export const serverMouth = (speech) => (parts, _tongue, over) => {
  const context = new AudioContext();
  const texts = together(parts);
  /** @param {number} at */
  const load = async (at) => context.decodeAudioData(await speech(texts[at]));
  const speak = async () => {
    let next = load(0);
    for (const at of texts.keys()) {
      const sound = context.createBufferSource();
      sound.buffer = await next;
      if (at + 1 < texts.length) next = load(at + 1);
      next.catch(() => {}); // it is heard of when its turn comes
      sound.connect(context.destination);
      sound.start();
      await new Promise((end) => { sound.addEventListener("ended", end); });
    }
  };
  const close = () => context.state !== "closed" && context.close();
  speak().then(() => over(), () => over("failed")).finally(close);
  return close;
};
