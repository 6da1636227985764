//! [`Checked`]: the pages of a group of rows, those left out that state more than they hold.

use parquet::bloom_filter::Sbbf;
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::reader::RowGroupReader;
use parquet::record::reader::RowIter;
use parquet::schema::types::Type;

use super::schema;

/// A group of rows whose dictionaries are looked at before room is made for them.
///
/// The decoder makes room for as many values as the head of a dictionary states, which may be any number
/// in a file of a few bytes.
pub(super) struct Checked<'r> {
    rows: Box<dyn RowGroupReader + 'r>,
    /// What is said of it where the schema of the file is not one that can be read by.
    metadata: Option<RowGroupMetaData>,
}

impl<'r> Checked<'r> {
    pub(super) fn new(rows: Box<dyn RowGroupReader + 'r>) -> Result<Checked<'r>> {
        let stated = rows.metadata();
        let schema = schema::readable(stated.schema_descr())?;
        let metadata = schema.map(|it| schema::group(&it, stated.num_rows())).transpose()?;
        Ok(Checked { rows, metadata })
    }
}

impl RowGroupReader for Checked<'_> {
    fn metadata(&self) -> &RowGroupMetaData {
        self.metadata.as_ref().unwrap_or_else(|| self.rows.metadata())
    }

    fn num_columns(&self) -> usize {
        self.rows.num_columns()
    }

    fn get_column_page_reader(&self, column: usize) -> Result<Box<dyn PageReader>> {
        let pages = self.rows.get_column_page_reader(column)?;
        Ok(Box::new(CheckedPages(pages)))
    }

    fn get_column_bloom_filter(&self, column: usize) -> Option<&Sbbf> {
        self.rows.get_column_bloom_filter(column)
    }

    fn get_row_iter(&self, projection: Option<Type>) -> Result<RowIter<'_>> {
        RowIter::from_row_group(projection, self)
    }
}

struct CheckedPages(Box<dyn PageReader>);

impl PageReader for CheckedPages {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        self.0.get_next_page()?.map(checked).transpose()
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.0.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.0.skip_next_page()
    }

    fn at_record_boundary(&mut self) -> Result<bool> {
        self.0.at_record_boundary()
    }
}

impl Iterator for CheckedPages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Result<Page>> {
        self.get_next_page().transpose()
    }
}

/// The page, unless it is a dictionary of more values than it has bytes: each takes one at least.
fn checked(page: Page) -> Result<Page> {
    match &page {
        Page::DictionaryPage { buf, num_values, .. } if *num_values as usize > buf.len() => {
            let bytes = buf.len();
            let what = format!("a dictionary of {num_values} values in {bytes} bytes");
            Err(ParquetError::General(what))
        }
        _ => Ok(page),
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use parquet::basic::Encoding;

    use super::*;

    #[test]
    fn a_dictionary_holds_what_it_states() {
        let dictionary = |num_values, bytes: &'static [u8]| {
            let buf = Bytes::from_static(bytes);
            checked(Page::DictionaryPage {
                buf,
                num_values,
                encoding: Encoding::PLAIN,
                is_sorted: false,
            })
        };
        assert!(dictionary(1, b"\x03\0\0\0Tin").is_ok());
        assert!(dictionary(0, b"").is_ok());
        let error = dictionary(u32::MAX, b"\x03\0\0\0Tin").unwrap_err().to_string();
        assert!(error.ends_with("a dictionary of 4294967295 values in 7 bytes"), "{error}");
    }
}
