//! Schemas that the decoder can read the rows of.

use std::sync::Arc;

use parquet::basic::ConvertedType;
use parquet::errors::Result;
use parquet::file::metadata::{ColumnChunkMetaData, RowGroupMetaData};
use parquet::schema::types::{ColumnDescriptor, SchemaDescPtr, SchemaDescriptor, Type};

/// The schema with spans of time as the bytes that they are, for the decoder knows no value of that kind
/// and panics; none if there are no such.
pub(super) fn readable(schema: &SchemaDescriptor) -> Result<Option<SchemaDescPtr>> {
    let unknown = |it: &ColumnDescriptor| it.converted_type() == ConvertedType::INTERVAL;
    if !schema.columns().iter().any(|column| unknown(column)) {
        return Ok(None);
    }
    let root = without_spans(schema.root_schema())?;
    Ok(Some(Arc::new(SchemaDescriptor::new(Arc::new(root)))))
}

fn without_spans(part: &Type) -> Result<Type> {
    let info = part.get_basic_info();
    match part {
        Type::PrimitiveType { physical_type, type_length, .. }
            if info.converted_type() == ConvertedType::INTERVAL =>
        {
            Type::primitive_type_builder(info.name(), *physical_type)
                .with_repetition(info.repetition())
                .with_length(*type_length)
                .build()
        }
        Type::PrimitiveType { .. } => Ok(part.clone()),
        Type::GroupType { fields, .. } => {
            let fields = fields.iter().map(|field| without_spans(field).map(Arc::new));
            let group = Type::group_type_builder(info.name())
                .with_converted_type(info.converted_type())
                .with_logical_type(info.logical_type_ref().cloned())
                .with_fields(fields.collect::<Result<_>>()?);
            // The outermost has none.
            let repeated = info.has_repetition().then(|| info.repetition());
            match repeated {
                Some(repetition) => group.with_repetition(repetition).build(),
                None => group.build(),
            }
        }
    }
}

/// What the decoder has to know of a group of rows to read it by another schema.
pub(super) fn group(schema: &SchemaDescPtr, rows: i64) -> Result<RowGroupMetaData> {
    let columns = schema.columns().iter();
    let columns = columns.map(|column| ColumnChunkMetaData::builder(column.clone()).build());
    RowGroupMetaData::builder(schema.clone())
        .set_num_rows(rows)
        .set_column_metadata(columns.collect::<Result<_>>()?)
        .build()
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use parquet::data_type::{ByteArrayType, FixedLenByteArrayType};
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    use crate::ParquetLines;

    #[test]
    fn spans_of_time_are_bytes() {
        let schema = "message rows {
            required binary text (UTF8);
            optional group when { required fixed_len_byte_array(12) span (INTERVAL); }
        }";
        let schema = parse_message_type(schema).unwrap().into();
        let mut writer = SerializedFileWriter::new(Vec::new(), schema, Default::default()).unwrap();
        let mut group = writer.next_row_group().unwrap();
        let mut text = group.next_column().unwrap().unwrap();
        let words = [b"M\xc6\xb0a".to_vec().into(), b"Gi\xc3\xb3".to_vec().into()];
        text.typed::<ByteArrayType>().write_batch(&words, None, None).unwrap();
        text.close().unwrap();
        let mut span = group.next_column().unwrap().unwrap();
        let days = vec![1, 0, 0, 0, 200, 0, 0, 0, 0, 0, 0, 0];
        let days = [parquet::data_type::ByteArray::from(days).into()];
        span.typed::<FixedLenByteArrayType>().write_batch(&days, Some(&[1, 0]), None).unwrap();
        span.close().unwrap();
        group.close().unwrap();
        let file = writer.into_inner().unwrap();

        let mut rows = ParquetLines::of_bytes(file).unwrap();
        let damages = rows.damages();
        let mut lines = String::new();
        rows.read_to_string(&mut lines).unwrap();
        assert!(damages.take().is_empty());
        let first = r#"{"text":"Mưa","when":{"span":[1,0,0,0,200,0,0,0,0,0,0,0]}}"#;
        assert_eq!(lines, format!("{first}\n{}\n", r#"{"text":"Gió"}"#));
    }
}
