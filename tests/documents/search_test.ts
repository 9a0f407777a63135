import assert from "node:assert/strict";
import { sql } from "drizzle-orm";
import { excerptOf, foldedLetters } from "../../src/documents/excerpt.ts";
import { documentTools } from "../../src/documents/tools.ts";
import { rows } from "../../src/platform/database.ts";
import { callTool } from "../../src/platform/tool.ts";
import { storeDocument } from "../labs/stored_report.ts";
import { openWorld, type World } from "../support/world.ts";

/** `search_documents`, over pages as the reader stores them. */

interface Found {
  readonly error?: string;
  readonly summary: string;
  readonly count: number;
  readonly searched_documents: number;
  readonly documents_without_text?: number;
  readonly results: readonly {
    readonly document: string;
    readonly document_date: string | null;
    readonly page: number;
    readonly match?: string;
    readonly matched_words?: string;
    readonly excerpt: string;
  }[];
}

async function search(world: World, userId: string, query: string, more = {}): Promise<Found> {
  return await callTool(world.ctx, documentTools, userId, "search_documents", { query, ...more }) as Found;
}

async function letters(world: World): Promise<string> {
  const user_id = await world.createUser();
  await storeDocument(world, [
    ["Befund der Schilddrüse", "Größe 12 ml", "kein Knoten"],
    ["Empfehlung", "Kontrolle in 12 Monaten", "TSH 2,1 mU/l"],
  ], { user_id, title: "Sonografie", document_date: "2026-02-03" });
  await storeDocument(world, [["Cho1esterol total 212 mg/dl", "Ferritin 85 ng/mL"]], {
    user_id,
    title: "Blood count",
    document_date: "2026-01-05",
  });
  await storeDocument(world, [["Análisis de sangre", "Colesterol total 190", "hemoglobina 13,9"]], {
    user_id,
    title: "Analítica",
  });
  return user_id;
}

const places = ({ results }: Found) => results.map(({ document, page }) => `${document} ${page}`);

Deno.test("words are found without case and accents, with page, date and the lines around", async () => {
  await using world = await openWorld();
  const user_id = await letters(world);
  for (const query of ["Schilddrüse", "SCHILDDRUSE", "schilddru", "grosse"]) {
    assert.deepEqual(places(await search(world, user_id, query)), ["Sonografie 1"], query);
  }
  const found = await search(world, user_id, "TSH");
  assert.deepEqual(places(found), ["Sonografie 2"]);
  assert.equal(found.results[0]?.document_date, "2026-02-03");
  assert.equal(found.results[0]?.excerpt, "Kontrolle in 12 Monaten\nTSH 2,1 mU/l");
  assert.match(
    found.summary,
    /^Words of 'TSH' are on 1 page of the 3 documents searched, first 'Sonografie' of 2026-02-03, page 2\.$/,
  );
});

Deno.test("pages with more of the words come first, and words that say nothing are left out", async () => {
  await using world = await openWorld();
  const user_id = await letters(world);
  const found = await search(world, user_id, "Kontrolle der Schilddrüse in Monaten");
  assert.deepEqual(places(found), ["Sonografie 2", "Sonografie 1"]);
  assert.deepEqual((await search(world, user_id, "Kontrolle der Schilddrüse", { count: 1 })).count, 1);
  // Nothing but such words: then they are what is looked for.
  assert.deepEqual(places(await search(world, user_id, "der")), ["Sonografie 1"]);
});

Deno.test("misspelt words and words that the reader got wrong are found as similar", async () => {
  await using world = await openWorld();
  const user_id = await letters(world);
  for (const [query, place] of [["cholesterol", "Blood count 1"], ["feritin", "Blood count 1"]] as const) {
    const found = await search(world, user_id, query);
    assert.ok(places(found).includes(place), `${query}: ${places(found)}`);
    assert.equal(found.results[0]?.match, "similar words");
    assert.match(found.summary, /stands in none of the 3 documents, but words like it/);
  }
  assert.match((await search(world, user_id, "feritin")).results[0]?.excerpt ?? "", /Ferritin 85/);
  const none = await search(world, user_id, "appendectomy");
  assert.deepEqual([none.count, none.results], [0, []]);
  assert.match(none.summary, /stands in none of the 3 documents, nor do words like it/);
});

Deno.test("only this person's documents are searched, and those without text are named", async () => {
  await using world = await openWorld();
  const user_id = await letters(world);
  const other = await world.createUser();
  const nothing = await search(world, other, "Ferritin");
  assert.deepEqual([nothing.count, nothing.summary], [0, "There are no documents."]);
  await storeDocument(world, [], { user_id: other, title: "Scan" });
  await world.ctx.database.execute(`delete from document_page where document_id in
    (select id from medical_document where user_id = '${other}')`);
  const unread = await search(world, other, "Ferritin");
  assert.deepEqual([unread.count, unread.searched_documents, unread.documents_without_text], [0, 1, 1]);
  assert.equal(unread.summary, "'Ferritin' does not stand in the only document, nor do words like it.");
  const bound = { kind: "api_key", api_key_id: crypto.randomUUID(), scope: "read", user_id: other } as const;
  const refused = await callTool(world.as(bound), documentTools, user_id, "search_documents", { query: "Ferritin" });
  assert.deepEqual(Object.keys(refused as object), ["error"]);
});

Deno.test("a query is words only, whatever it looks like", async () => {
  await using world = await openWorld();
  const user_id = await letters(world);
  for (
    const query of [
      "'; drop table document_page; --",
      "ferritin' & !x | (",
      "ferritin:*",
      "\\",
      "%_ferritin%",
      "a&&b|!",
    ]
  ) {
    const found = await search(world, user_id, query);
    if (query === "\\") assert.match(found.error ?? "", /There is no word/);
    else assert.equal(found.error, undefined, query);
    if (query.includes("ferritin")) assert.equal(places(found)[0], "Blood count 1", query);
  }
  assert.match((await search(world, user_id, "x".repeat(201))).error ?? "", /^Invalid arguments: query must be/);
  assert.deepEqual(world.log.filter(({ level }) => level === "error"), []);
});

Deno.test("a very long page is stored and searched; its excerpt stays short", async () => {
  await using world = await openWorld();
  const user_id = await world.createUser();
  const long = `${"lorem ipsum ".repeat(300)}Ferritin 85 ${"dolor sit ".repeat(300)}`;
  const many = Array.from({ length: 20_000 }, (_, number) => `word${number} ${"x".repeat(40)}${number}`);
  await storeDocument(world, [[long], many], { user_id });
  const [found] = (await search(world, user_id, "ferritin")).results;
  assert.ok(found !== undefined && found.excerpt.length <= 300 && /Ferritin 85/.test(found.excerpt), found?.excerpt);
  assert.equal((await search(world, user_id, "word17")).results[0]?.page, 2);
});

Deno.test("the database folds letters as the excerpt does", async () => {
  await using world = await openWorld();
  for (const text of ["Größe", "GRÖSSE", "sueño", "Żółć", "ﬁbrin", "Émile", "ΑΒΓ", "тест"]) {
    const [row] = await rows<{ folded: string }>(world.ctx.database, sql`select folded_text(${text}) as folded`);
    assert.equal(row?.folded.replaceAll("l", "ł"), foldedLetters(text).join("").replaceAll("l", "ł"), text);
  }
  assert.equal(excerptOf(["before", "the line", "after"], 1, ["line"]), "before\nthe line\nafter");
});
