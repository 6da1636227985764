//! Documents as `corpus-write` writes them: everything has its name, and nothing is guessed.

use corpus_model::{Basis, Block, BlockKind, Span, When};

use crate::Record;

/// Makes a document's parts of the fields of a record whose blocks and layers are in place; none
/// where there is no text.
pub(super) fn fill(record: &mut Record) -> Option<()> {
    record.get("text")?;
    let fields: Vec<(String, String)> =
        record.fields().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let metadata = &mut record.metadata;
    for (name, value) in fields {
        let place = match name.as_str() {
            "id" => {
                record.id = value;
                continue;
            }
            "text" => {
                record.text = value;
                continue;
            }
            "published" => {
                metadata.published = When::from_iso(&value);
                if metadata.published.is_none() {
                    metadata.extra.insert(name, value);
                }
                continue;
            }
            "published_basis" => {
                metadata.published_basis = Basis::from_name(&value);
                continue;
            }
            "url" => &mut metadata.url,
            "site" => &mut metadata.site,
            "slug" => &mut metadata.slug,
            "article_number" => &mut metadata.article_number,
            "title" => &mut metadata.title,
            "lead" => &mut metadata.lead,
            "byline" => &mut metadata.byline,
            "language" => &mut metadata.language,
            name => {
                // Path and format are those of the file that is read; those that it was made of
                // stand beside, unless it was made of another such file and has them already.
                match name.strip_prefix("extra.") {
                    Some(name) => _ = metadata.extra.insert(name.to_owned(), value),
                    None => _ = metadata.extra.entry(name.to_owned()).or_insert(value),
                }
                continue;
            }
        };
        *place = Some(value);
    }
    cover(&record.text, &mut record.blocks);
    Some(())
}

/// Adds paragraphs where letters stand in no block, which a reader promises not to happen.
fn cover(text: &str, blocks: &mut Vec<Block>) {
    blocks.retain(|block| text.get(block.span.range()).is_some() && !block.span.is_empty());
    blocks.sort_by_key(|block| (block.span.start(), block.span.end()));
    let mut end = 0;
    blocks.retain(|block| {
        let fits = block.span.start() >= end;
        if fits {
            end = block.span.end();
        }
        fits
    });
    let mut gaps = Vec::new();
    let mut at = 0;
    let ends = blocks.iter().map(|block| (block.span.start(), block.span.end()));
    for (start, end) in ends.chain([(text.len(), text.len())]) {
        let gap = text.get(at..start).unwrap_or_default();
        if gap.contains(char::is_alphabetic) {
            let from = at + (gap.len() - gap.trim_start().len());
            let span = Span::new(from, from + gap.trim().len());
            gaps.push(Block::new(BlockKind::Paragraph, span));
        }
        at = end;
    }
    blocks.append(&mut gaps);
    blocks.sort_by_key(|block| block.span.start());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_letter_is_left_outside() {
        let text = "Một hai ba bốn";
        let block = |start, end| Block::new(BlockKind::Title, Span::new(start, end));
        let mut blocks = vec![block(6, 9), block(0, 99), block(7, 12), block(10, 10)];
        cover(text, &mut blocks);
        let found: Vec<_> = blocks
            .iter()
            .map(|it| (it.kind.name(), text.get(it.span.range()).unwrap_or_default()))
            .collect();
        assert_eq!(found, [("paragraph", "Một"), ("title", "hai"), ("paragraph", "ba bốn")]);
    }
}
