//! Near-duplicates as a query, which any engine with our functions can run and spread.

/// The query for the pairs of rows whose texts are alike: `a`, `b` and `similarity`, in the order of
/// the first two.
///
/// `table` is a table or a file, `id` and `text` are columns of it, and no two rows have the same `id`.
/// What is done is this: the keys of each text are unnested ([`corpus_stats::Banding`]), rows are grouped
/// by key, the rows of a group are paired, and each pair is compared once, exactly. What has the
/// threshold is found but for a share that `Banding` tells, and what is given has it.
///
/// Of a group of `n` rows there are `n²` pairs: drop copies first where a text may have thousands.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use corpus_engine::datafusion::arrow::array::AsArray;
///
/// let engine = corpus_engine::Engine::new()?;
/// let documents = "(select 1 as id, 'mưa to ở vùng núi phía bắc hôm nay' as text \
///     union all select 2, 'nắng' union all select 3, 'Mưa to ở vùng núi phía Bắc hôm nay')";
/// let query = corpus_engine::near_duplicates("documents", "id", "text", 0.8);
/// let rows = engine.query(&format!("with documents as {documents} select a, b from ({query})"))?;
/// let batches = rows.collect::<Result<Vec<_>, _>>()?;
/// assert_eq!(batches.iter().map(|batch| batch.num_rows()).sum::<usize>(), 1);
/// # Ok(())
/// # }
/// ```
pub fn near_duplicates(table: &str, id: &str, text: &str, threshold: f64) -> String {
    let [table, id, text] = [table, id, text].map(quoted);
    format!(
        "\
with documents_ as (select {id} as id, {text} as text from {table}),
     keys_ as (select id, unnest(minhash_bands(text, {threshold:?})) as key from documents_),
     groups_ as (select array_agg(id) as ids from keys_ group by key having count(*) > 1),
     firsts_ as (select unnest(ids) as a, ids from groups_),
     candidates_ as (select distinct a, b from (select a, unnest(ids) as b from firsts_) where a < b)
select a, b, similarity
from (select a, b, jaccard(first.text, second.text) as similarity
      from candidates_
      join documents_ first on first.id = a
      join documents_ second on second.id = b)
where similarity >= {threshold:?}
order by a, b"
    )
}

/// A name as SQL has it where it may hold anything.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn names_are_quoted() {
        for (name, expected) in [("id", "\"id\""), ("a \"b\" c", "\"a \"\"b\"\" c\"")] {
            assert_eq!(quoted(name), expected);
        }
    }
}
