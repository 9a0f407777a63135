/** Reads an OpenAPI document the way a stranger would: everything the contract tests know comes from here. */

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly example?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
}

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly required: boolean;
  readonly schema: Schema;
}

export interface Operation {
  readonly id: string;
  readonly method: string;
  /** With its parameters in braces. */
  readonly path: string;
  /** Whether it is called without a credential, or may be. */
  readonly public: boolean;
  readonly takesLogin: boolean;
  readonly takesSdkToken: boolean;
  /** Whether an API key is a credential for it. */
  readonly takesKey: boolean;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly contentType: string; readonly schema: Schema; readonly required: boolean } | null;
  readonly statuses: ReadonlySet<number>;
}

type Json = Record<string, unknown>;

export function readOperations(document: Json): Operation[] {
  const paths = document.paths as Record<string, Record<string, Json>>;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, found]) => {
      const security = found.security as Json[];
      const parameters = (found.parameters ?? []) as (Omit<Parameter, "in"> & { in: string })[];
      const body = found.requestBody as { required?: boolean; content: Record<string, { schema: Schema }> } | undefined;
      const [content] = Object.entries(body?.content ?? {});
      return {
        id: String(found.operationId),
        method: method.toUpperCase(),
        path,
        public: security.length === 0 || security.some((scheme) => Object.keys(scheme).length === 0),
        takesLogin: security.some((scheme) => "OAuth2PasswordBearer" in scheme),
        takesSdkToken: security.some((scheme) => "SdkToken" in scheme),
        takesKey: security.some((scheme) => "ApiKey" in scheme),
        parameters: parameters.flatMap(({ in: place, name, required, schema }) =>
          place === "path" || place === "query"
            ? [{ in: place, name, required: required === true, schema: resolve(document, schema) }]
            : []
        ),
        body: content === undefined ? null : {
          contentType: content[0],
          schema: resolve(document, content[1].schema),
          required: body?.required === true,
        },
        statuses: new Set(Object.keys(found.responses as Json).map(Number)),
      };
    })
  );
}

/** The schema itself behind references and "or null", with the properties of its parts. */
export function resolve(document: Json, schema: Schema): Schema {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split("/").at(-1) ?? "";
    return resolve(document, (document.components as { schemas: Record<string, Schema> }).schemas[name] ?? {});
  }
  const first = (schema.anyOf ?? schema.oneOf)?.find((option) => option.type !== "null");
  if (first !== undefined) return resolve(document, first);
  const parts = (schema.allOf ?? []).map((part) => resolve(document, part));
  const properties = Object.assign({}, ...parts.map((part) => part.properties), schema.properties);
  return {
    ...schema,
    ...(schema.items === undefined ? {} : { items: resolve(document, schema.items) }),
    ...(Object.keys(properties).length === 0 ? {} : {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [name, resolve(document, property as Schema)]),
      ),
    }),
  };
}

/** Whether this is an id: a UUID that names a row. */
export function isId(schema: Schema): boolean {
  return schema.format === "uuid";
}

/** Where values of a request come from. */
export interface Filling {
  /** The value of an id of this name; undefined leaves out a field that is not required. */
  readonly ids: (name: string) => string | undefined;
  /** What free text contains, so that it can be found again. */
  readonly text: string;
}

/** A value that fits the schema. Of an object: what its example shows and what is required. */
export function validValue(schema: Schema, name: string, filling: Filling): unknown {
  const type = Array.isArray(schema.type) ? schema.type.find((item) => item !== "null") : schema.type;
  if (schema.enum !== undefined) return schema.enum[0];
  if (isId(schema)) return filling.ids(name) ?? crypto.randomUUID();
  if (schema.format === "date") return "2026-03-14";
  if (schema.format === "date-time") return "2026-03-14T06:30:00Z";
  if (schema.format === "email") return `${filling.text}.${crypto.randomUUID()}@example.org`;
  if (schema.format === "binary") return smallPdf(filling.text);
  switch (type) {
    case "object":
      return validObject(schema, filling);
    case "array":
      return [validValue(schema.items ?? {}, name, filling)];
    case "integer":
    case "number":
      return schema.default ?? schema.minimum ?? 1;
    case "boolean":
      return true;
    default:
      return schema.default ?? filling.text;
  }
}

function validObject(schema: Schema, filling: Filling): Record<string, unknown> {
  const example = (schema.example ?? {}) as Record<string, unknown>;
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const shown = example[name];
    const known = isId(property) && filling.ids(name) !== undefined;
    if (!known && shown === undefined && !schema.required?.includes(name)) return [];
    // Numbers and words of a list stand as the example has them; texts, ids and e-mails are the test's own.
    const keep = shown !== undefined && (typeof shown !== "string" || property.enum !== undefined);
    return [[name, keep ? shown : validValue(property, name, filling)]];
  });
  return Object.fromEntries(fields);
}

/** A request's body of this type with these fields. */
export function encodeBody(contentType: string, fields: Record<string, unknown>): BodyInit {
  const entries = Object.entries(fields);
  switch (contentType) {
    case "application/json":
      return JSON.stringify(fields);
    case "application/x-www-form-urlencoded":
      return new URLSearchParams(entries.map(([name, value]) => [name, asText(value)]));
    case "multipart/form-data": {
      const form = new FormData();
      for (const [name, value] of entries) form.append(name, value instanceof Blob ? value : asText(value));
      return form;
    }
    default:
      throw new Error(`No way to write a body of ${contentType}; teach tests/support/operations.ts`);
  }
}

export function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value) ?? "";
}

/** The smallest PDF that is one, with a text of its own, because the same file twice is one document. */
function smallPdf(text: string): File {
  const source = `%PDF-1.4\n% ${text} ${crypto.randomUUID()}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n` +
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n" +
    "trailer<</Root 1 0 R>>\n%%EOF\n";
  return new File([source], `${text}.pdf`, { type: "application/pdf" });
}
