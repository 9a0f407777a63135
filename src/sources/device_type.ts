/** What kind of device measured, told from its model or from the name of the app that wrote. */

export const deviceTypes = ["watch", "band", "phone", "scale", "ring", "other", "unknown"] as const;

export type DeviceType = (typeof deviceTypes)[number];

/** Lower wins. The order a new installation starts with. */
export const defaultDevicePriorities: Readonly<Record<DeviceType, number>> = {
  watch: 1,
  band: 2,
  ring: 3,
  phone: 4,
  scale: 5,
  other: 6,
  unknown: 99,
};

/** Whole words where a part would match too much: "String" is no ring, "Tracker" no race watch. */
const modelRules: readonly (readonly [RegExp, DeviceType])[] = [
  [/^watch/i, "watch"],
  [/^(iphone|ipad)/i, "phone"],
  [/watch/i, "watch"],
  [/\bband\b|band\s?\d|vivosmart|vivofit/i, "band"],
  [/\bring\b|\boura\b/i, "ring"],
  [/phone/i, "phone"],
  [/\bscale\b|\bindex\b/i, "scale"],
  [/forerunner|fenix|fēnix|venu|epix|enduro|instinct|tactix|approach/i, "watch"],
  [/vantage|grit x|\bpacer\b|ignite|\bunite\b/i, "watch"],
  [/suunto|\bvertical\b|\brace\b|\bpeak\b/i, "watch"],
  [/whoop/i, "band"],
  [/^sm-r[0-9]/i, "watch"],
  [/^sm-[a-z][0-9]/i, "phone"],
];

const nameRules: readonly (readonly [RegExp, DeviceType])[] = [
  [/autosleep/i, "watch"],
  [/mi band|xiaomi|amazfit band/i, "band"],
  [/\boura\b/i, "ring"],
];

/** The device's kind; "unknown" when neither the model nor the writing app's name says anything. */
export function deviceType(model: string | null, sourceName: string | null): DeviceType {
  if (model !== null && model.trim() !== "") return firstMatch(modelRules, model) ?? "other";
  return sourceName === null ? "unknown" : firstMatch(nameRules, sourceName) ?? "unknown";
}

function firstMatch(rules: typeof modelRules, text: string): DeviceType | undefined {
  return rules.find(([pattern]) => pattern.test(text))?.[1];
}
