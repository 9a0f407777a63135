import { z } from "@hono/zod-openapi";
import { type Endpoint, endpoint } from "../platform/endpoint.ts";
import { uuid } from "../platform/scalars.ts";
import { presets, sleepProfiles } from "./preset_table.ts";
import { SeedProfile, SeedRequest, StageDistribution } from "./seed_profile.ts";
import { dispatchSeed, removeSeedUsers } from "./seed_users.ts";

const SeedDataResponse = z.object({
  task_id: uuid,
  status: z.literal("dispatched"),
  seed_used: z.int().nullable(),
}).openapi("SeedDataResponse");

const SeedPreset = z.object({
  id: z.string(),
  label: z.string(),
  description: z.string(),
  profile: SeedProfile,
}).openapi("SeedPreset");

const SleepStageProfile = z.object({
  id: z.string(),
  label: z.string(),
  description: z.string(),
  distribution: StageDistribution,
}).openapi("SleepStageProfile");

export const seedRoutes: readonly Endpoint[] = [
  endpoint({
    method: "post",
    path: "/settings/seed",
    operationId: "generateSeedData",
    tag: "demo data",
    summary: "Invent people with wearable data that ends now",
    description: "The people are created in the background. The same seed, profile and day give the same people.",
    auth: "developer",
    body: { kind: "json", schema: SeedRequest },
    success: { status: 202, description: "Under way", schema: SeedDataResponse },
  }, async (ctx, { body }) => await dispatchSeed(ctx, body)),

  endpoint({
    method: "delete",
    path: "/settings/seed",
    operationId: "removeSeedData",
    tag: "demo data",
    summary: "Delete every person that was invented this way",
    auth: "developer",
    success: {
      status: 200,
      description: "How many there were",
      schema: z.object({ removed: z.int() }).openapi("SeedDataRemoved"),
    },
  }, async (ctx) => ({ removed: await removeSeedUsers(ctx) })),

  endpoint({
    method: "get",
    path: "/settings/seed/presets",
    operationId: "listSeedPresets",
    tag: "demo data",
    summary: "Ready-made profiles",
    auth: "developer",
    success: { status: 200, description: "Presets", schema: z.array(SeedPreset) },
  }, () => Promise.resolve([...presets])),

  endpoint({
    method: "get",
    path: "/settings/seed/sleep-profiles",
    operationId: "listSeedSleepProfiles",
    tag: "demo data",
    summary: "Ready-made shares of sleep stages",
    auth: "developer",
    success: { status: 200, description: "Sleep profiles", schema: z.array(SleepStageProfile) },
  }, () => Promise.resolve([...sleepProfiles])),
];
