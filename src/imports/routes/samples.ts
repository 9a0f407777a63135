import { z } from "@hono/zod-openapi";
import { type Endpoint, endpoint } from "../../platform/endpoint.ts";
import { uuid } from "../../platform/scalars.ts";
import { storeSamples } from "../samples.ts";
import { readSamplesBody } from "../samples_body.ts";
import { SampleIn, SampleSource } from "../samples_shape.ts";

const SamplesIn = z.object({
  source: SampleSource.nullish(),
  samples: z.array(SampleIn),
}).openapi("SamplesIn", {
  example: {
    source: { source: "garage-script", device_model: "Withings Body+" },
    samples: [
      { type: "weight", value: 172.4, unit: "lb", timestamp: "2026-03-14T07:30:00+01:00" },
      { type: "steps", value: 8421, daily_total: true, date: "2026-03-14" },
      { type: "coffee_cups", value: 1, unit: "cups", timestamp: "2026-03-14T08:05:00+01:00" },
    ],
  },
});

const SampleRefusal = z.object({
  index: z.int().openapi({ description: "Place in the list, or line, from 0" }),
  field: z.string(),
  message: z.string(),
}).openapi("SampleRefusal");

const SamplesStored = z.object({
  inserted: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  refused: z.array(SampleRefusal).openapi({ description: "The first hundred" }),
  refused_count: z.int(),
}).openapi("SamplesStored");

export const sampleRoutes: readonly Endpoint[] = [
  endpoint({
    method: "post",
    path: "/users/{user_id}/samples",
    operationId: "storeSamples",
    tag: "imports",
    summary: "Store what your own device or script measured",
    description:
      "Each sample is taken or refused for itself, with the reason. Sending the same again changes nothing; " +
      "the same series, source and time with another value updates. A unit is converted to the series' own. A type " +
      "that is no series becomes a series of the person's own, in the unit it was first sent with. Also takes " +
      "`application/x-ndjson`, a sample a line. Up to 16 MiB.",
    auth: "key",
    params: z.object({ user_id: uuid }),
    body: { kind: "stream", contentType: "application/json", schema: SamplesIn },
    success: { status: 200, description: "What was stored and what was refused", schema: SamplesStored },
    errors: ["not_found"],
  }, async (ctx, { params }, request) => {
    const stored = await storeSamples(ctx, params.user_id, await readSamplesBody(request.raw));
    return { ...stored, refused: [...stored.refused] };
  }),
];
