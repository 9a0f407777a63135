import { sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { type Database, rows } from "../platform/database.ts";

/** Statements that look for words in the pages of a person's documents. Words are compared folded, see `folded_text`. */

export interface FoundPage {
  readonly document_id: string;
  readonly title: string;
  readonly document_type: string;
  readonly document_date: string | null;
  /** `YYYY-MM-DD`, in UTC. */
  readonly uploaded: string;
  readonly page: number;
  /** How many of the words stand on the page. */
  readonly matched_words: number;
  /** The line with most of the words, the one before and the two after it. */
  readonly lines: readonly string[];
  /** Which of `lines` it is, from 0. */
  readonly best_line: number;
}

/** The most lines of a page that are looked at for an excerpt. */
const mostLines = 2_000;

/** Pages with any of the words, or with words that begin so; those with most of them first. */
export async function pagesWithWords(
  db: Database,
  userId: UserId,
  words: readonly string[],
  limit: number,
): Promise<FoundPage[]> {
  return await rows<FoundPage>(
    db,
    sql`
      with word as (
        select distinct
          to_tsquery('simple', quote_literal(folded) || case when length(folded) >= 3 then ':*' else '' end) as query
        from (
          select folded_text(word) as folded
          from jsonb_array_elements_text(${JSON.stringify(words)}::text::jsonb) as sent (word)
        ) sent
      ),
      hit as (
        select
          page.document_id, page.number, string_to_array(page.text, E'\n') as lines, counted.matched,
          counted.matched + ts_rank(page.search, (select string_agg(query::text, ' | ')::tsquery from word)) as score,
          document.title, document.document_type, document.document_date, document.created_at
        from medical_document document
        join document_page page on page.document_id = document.id
        cross join lateral (select count(*)::int as matched from word where page.search @@ word.query) counted
        where document.user_id = ${userId}
          and page.search @@ (select string_agg(query::text, ' | ')::tsquery from word)
        order by score desc, document.document_date desc nulls last, document.created_at desc, page.number
        limit ${limit}
      )
      select
        document_id, title, document_type, document_date::text as document_date,
        (created_at at time zone 'UTC')::date::text as uploaded, number as page, matched as matched_words,
        to_jsonb(lines[greatest(best.no - 1, 1):best.no + 2]) as lines,
        least(best.no, 2) - 1 as best_line
      from hit
      cross join lateral (
        select no::int as no
        from unnest(lines[1:${mostLines}]) with ordinality as line (content, no)
        cross join lateral (select to_tsvector('simple', folded_text(content)) as search) folded
        order by (select count(*) from word where folded.search @@ word.query) desc, no
        limit 1
      ) best
      order by score desc, hit.document_date desc nulls last, created_at desc, number`,
  );
}

/** Share of a word's three-letter pieces that a similar one has, see `word_similarity` of pg_trgm. */
const leastSimilarity = 0.5;
const mostSimilar = 5;
/** Each different word of so many pages is compared. */
const newestPages = 300;

/** Words in this person's newest documents that resemble these: of each the most alike, as they are indexed. */
export async function similarWords(db: Database, userId: UserId, words: readonly string[]): Promise<string[]> {
  const found = await rows<{ word: string }>(
    db,
    sql`
      with known as materialized (
        select word
        from ts_stat(format(
          'select page.search from document_page page join medical_document document on document.id = page.document_id
          where document.user_id = %L
          order by document.created_at desc, document.id, page.number
          limit %s',
          ${userId}::text,
          ${newestPages}::int
        ))
        where length(word) between 4 and 60
          and word !~ '^[0-9.,:/-]+$'
      )
      select distinct near.word
      from jsonb_array_elements_text(${JSON.stringify(words)}::text::jsonb) as sent (word)
      cross join lateral (
        select known.word
        from known
        cross join lateral (select word_similarity(folded_text(sent.word), known.word) as likeness) compared
        where likeness >= ${leastSimilarity}
        order by likeness desc, abs(length(known.word) - length(sent.word)), known.word
        limit ${mostSimilar}
      ) near
      order by near.word`,
  );
  return found.map(({ word }) => word);
}

/** Stop words of these languages say nothing about a page; dictionaries of Postgres know them. */
const languages = ["english", "german", "french", "spanish", "italian", "portuguese", "dutch"];

/** Without stop words, unless there is nothing else. A word in capitals is a name ("AS", "IST") and stays. */
export async function withoutStopWords(db: Database, words: readonly string[]): Promise<string[]> {
  const isStopWord = sql.join(
    languages.map((language) => sql`ts_lexize(${`${language}_stem`}, lower(word)) = '{}'`),
    sql` or `,
  );
  const found = await rows<{ word: string }>(
    db,
    sql`
      select word
      from jsonb_array_elements_text(${JSON.stringify(words)}::text::jsonb) with ordinality as sent (word, no)
      where not ((word = lower(word) or length(word) = 1 or word = initcap(word)) and (${isStopWord}))
      order by no`,
  );
  return found.length === 0 ? [...words] : found.map(({ word }) => word);
}

export interface SearchedDocuments {
  readonly documents: number;
  /** Documents of which no page has been read, or not yet. */
  readonly unread: number;
}

export async function searchedDocuments(db: Database, userId: UserId): Promise<SearchedDocuments> {
  const [counted] = await rows<SearchedDocuments>(
    db,
    sql`
      select
        count(*)::int as documents,
        count(*) filter (
          where not exists (select from document_page where document_id = medical_document.id)
        )::int as unread
      from medical_document
      where user_id = ${userId}`,
  );
  return counted ?? { documents: 0, unread: 0 };
}
