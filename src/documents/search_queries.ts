import { type SQL, sql } from "drizzle-orm";
import type { UserId } from "../accounts/access.ts";
import { type Database, rows } from "../platform/database.ts";

/** Statements that look for words in the pages of a person's documents. */

export interface FoundPage {
  readonly document_id: string;
  readonly title: string;
  readonly document_type: string;
  readonly document_date: string | null;
  /** `YYYY-MM-DD`, in UTC. */
  readonly uploaded: string;
  readonly page: number;
  /** How many of the words stand on the page; of similar words null. */
  readonly matched_words: number | null;
  /** The line with most of the words, the one before and the two after it. */
  readonly lines: readonly string[];
  /** Which of `lines` it is, from 0. */
  readonly best_line: number;
}

/** Stop words of these languages say nothing about a page; dictionaries of Postgres know them. */
const languages = ["english", "german", "french", "spanish", "italian", "portuguese", "dutch"];

/** A word in capitals is a name ("AS", "IST"); a query of stop words only keeps them. */
const sentWords = (words: readonly string[]) => {
  const isStopWord = sql.join(
    languages.map((language) => sql`ts_lexize(${sql.raw(`'${language}_stem'`)}, lower(sent.word)) = '{}'`),
    sql` or `,
  );
  return sql`
    sent as (
      select word, word_no, folded_text(word) as folded,
        word = lower(word) or length(word) = 1 as may_be_stop_word
      from jsonb_array_elements_text(${JSON.stringify(words)}::text::jsonb) with ordinality as sent (word, word_no)
    ),
    weighed as (
      select folded, may_be_stop_word and (${isStopWord}) as is_stop_word
      from sent
    ),
    word as (
      select distinct folded,
        to_tsquery('simple', quote_literal(folded) || case when length(folded) >= 3 then ':*' else '' end) as query
      from weighed
      where not is_stop_word
        or not exists (select from weighed where not is_stop_word)
    )`;
};

/** The most lines of a page that are looked at for an excerpt. */
const mostLines = 2_000;

const shown = (score: SQL, matched: SQL) =>
  sql`
  select
    d.id as document_id, d.title, d.document_type, d.document_date::text as document_date,
    (d.created_at at time zone 'UTC')::date::text as uploaded,
    p.number as page, ${matched} as matched_words, to_jsonb(p.lines[greatest(best.no - 1, 1):best.no + 2]) as lines,
    (least(best.no, 2) - 1)::int as best_line
  from (
    select document_id, number, score, string_to_array(text, E'\n') as lines, matched
    from hit
    order by score desc, document_id, number
    limit 40
  ) p
  join medical_document d on d.id = p.document_id
  cross join lateral (
    select no::int as no
    from unnest(p.lines[1:${mostLines}]) with ordinality as line (content, no)
    order by (select sum(word_similarity(word.folded, folded_text(content))) from word) desc, no
    limit 1
  ) best
  order by ${score}, d.document_date desc nulls last, d.created_at desc, p.number`;

/** Pages with any of the words, or words that begin so; those with most of them first. */
export async function pagesWithWords(
  db: Database,
  userId: UserId,
  words: readonly string[],
  limit: number,
): Promise<FoundPage[]> {
  return await rows<FoundPage>(
    db,
    sql`
      with ${sentWords(words)},
      hit as (
        select page.document_id, page.number, page.text,
          counted.matched,
          counted.matched + ts_rank(page.search, (select string_agg(query::text, ' | ')::tsquery from word)) as score
        from medical_document document
        join document_page page on page.document_id = document.id
        cross join lateral (select count(*)::int as matched from word where page.search @@ word.query) counted
        where document.user_id = ${userId}
          and page.search @@ (select string_agg(query::text, ' | ')::tsquery from word)
      )
      ${shown(sql`p.score desc`, sql`p.matched`)}
      limit ${limit}`,
  );
}

/** Share of a word's three-letter pieces that a similar one has, see `word_similarity` of pg_trgm. */
const leastSimilarity = 0.5;

/** Pages with words like these, the most alike first; for words that are misspelt on either side. */
export async function pagesWithSimilarWords(
  db: Database,
  userId: UserId,
  words: readonly string[],
  limit: number,
): Promise<FoundPage[]> {
  const similar = sql.join(words.map((word) => sql`page.folded %> folded_text(${word}::text)`), sql` or `);
  return await db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('pg_trgm.word_similarity_threshold', ${`${leastSimilarity}`}, true)`);
    return await rows<FoundPage>(
      tx,
      sql`
        with ${sentWords(words)},
        hit as (
          select page.document_id, page.number, page.text, null::int as matched,
            (select avg(word_similarity(word.folded, page.folded)) from word) as score
          from medical_document document
          join document_page page on page.document_id = document.id
          where document.user_id = ${userId}
            and (${similar})
        )
        ${shown(sql`p.score desc`, sql`p.matched`)}
        limit ${limit}`,
    );
  });
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
