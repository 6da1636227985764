//! The values of a row as JSON.

use chrono::{DateTime, NaiveTime, SecondsFormat};
use parquet::data_type::Decimal;
use parquet::record::{Field, Row};
use serde_json::{Map, Value};

/// A row, or a struct in one, without what is null.
pub(super) fn object(row: &Row) -> Value {
    let fields = row.get_column_iter().map(|(name, field)| (name.clone(), json(field)));
    Value::Object(fields.filter(|(_, value)| !value.is_null()).collect())
}

/// A field as JSON. How deep it goes is the schema's, which the decoder has walked down already.
///
/// Days and times are written here, not by the decoder, which panics on those that no calendar has and
/// on numbers that are all fraction. What is in no calendar stays the number that it is.
fn json(field: &Field) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Bool(it) => Value::from(*it),
        Field::Byte(it) => Value::from(*it),
        Field::Short(it) => Value::from(*it),
        Field::Int(it) => Value::from(*it),
        Field::Long(it) => Value::from(*it),
        Field::UByte(it) => Value::from(*it),
        Field::UShort(it) => Value::from(*it),
        Field::UInt(it) => Value::from(*it),
        Field::ULong(it) => Value::from(*it),
        Field::Float16(it) => Value::from(it.to_f32()),
        Field::Float(it) => Value::from(*it),
        Field::Double(it) => Value::from(*it),
        Field::Decimal(it) => decimal(it),
        Field::Str(it) => Value::from(it.as_str()),
        // Older writers do not say that a string is one; none has a NUL in it, as numbers often have.
        Field::Bytes(it) => match it.as_utf8() {
            Ok(text) if !text.contains('\0') => Value::from(text),
            _ => bytes(it.data()),
        },
        Field::Date(it) => day(*it).map_or(Value::from(*it), Value::from),
        Field::TimeMillis(it) => time(i64::from(*it) * 1_000).map_or(Value::from(*it), Value::from),
        Field::TimeMicros(it) => time(*it).map_or(Value::from(*it), Value::from),
        Field::TimestampMillis(it) => {
            moment(DateTime::from_timestamp_millis(*it)).unwrap_or(Value::from(*it))
        }
        Field::TimestampMicros(it) => {
            moment(DateTime::from_timestamp_micros(*it)).unwrap_or(Value::from(*it))
        }
        Field::Group(row) => object(row),
        Field::ListInternal(list) => list.elements().iter().map(json).collect(),
        Field::MapInternal(map) => {
            let name = |key: &Field| match json(key) {
                Value::String(text) => text,
                other => other.to_string(),
            };
            let entries = map.entries().iter().map(|(key, value)| (name(key), json(value)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
    }
}

fn bytes(data: &[u8]) -> Value {
    data.iter().map(|&byte| Value::from(byte)).collect()
}

/// A day, of so many after the first of 1970.
fn day(days: i32) -> Option<String> {
    let moment = DateTime::from_timestamp(i64::from(days) * 24 * 60 * 60, 0)?;
    Some(moment.date_naive().to_string())
}

/// A time of day, of so many microseconds after midnight.
fn time(micros: i64) -> Option<String> {
    let seconds = u32::try_from(micros.div_euclid(1_000_000)).ok()?;
    let nanos = u32::try_from(micros.rem_euclid(1_000_000) * 1_000).ok()?;
    Some(NaiveTime::from_num_seconds_from_midnight_opt(seconds, nanos)?.to_string())
}

fn moment(moment: Option<DateTime<chrono::Utc>>) -> Option<Value> {
    Some(Value::from(moment?.to_rfc3339_opts(SecondsFormat::AutoSi, true)))
}

/// A number of any program has fewer bytes, and fewer digits behind its point.
const LONGEST: usize = 64;
const MOST_DIGITS: usize = 200;

/// A decimal number as text, which keeps all of its digits; one that is longer than any as its bytes.
fn decimal(number: &Decimal) -> Value {
    let data = number.data();
    match usize::try_from(number.scale()) {
        Ok(scale) if scale <= MOST_DIGITS && data.len() <= LONGEST => {
            Value::from(with_point(data, scale))
        }
        _ => bytes(data),
    }
}

/// The digits of a whole number of these bytes, the highest first, with so many behind the point.
fn with_point(data: &[u8], scale: usize) -> String {
    let negative = data.first().is_some_and(|first| *first >= 0x80);
    let mut number = data.to_vec();
    if negative {
        // What a negative number is the complement of.
        let mut carry = true;
        for byte in number.iter_mut().rev() {
            (*byte, carry) = (!*byte).overflowing_add(u8::from(carry));
        }
    }
    // The digits, the last first.
    let mut digits = Vec::new();
    while digits.len() <= scale || number.iter().any(|byte| *byte != 0) {
        let mut rest = 0;
        for byte in &mut number {
            let part = rest * 256 + u32::from(*byte);
            *byte = u8::try_from(part / 10).unwrap_or(u8::MAX);
            rest = part % 10;
        }
        digits.push(char::from_digit(rest, 10).unwrap_or('0'));
    }
    let (fraction, whole) = digits.split_at(scale);
    let mut text = String::from(if negative { "-" } else { "" });
    text.extend(whole.iter().rev());
    if !fraction.is_empty() {
        text.push('.');
        text.extend(fraction.iter().rev());
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(field: Field) -> String {
        json(&field).to_string()
    }

    #[test]
    fn days_and_times_are_those_of_iso() {
        assert_eq!(shown(Field::Date(17_229)), "\"2017-03-04\"");
        assert_eq!(shown(Field::Date(-1)), "\"1969-12-31\"");
        assert_eq!(shown(Field::TimeMillis(3_723_004)), "\"01:02:03.004\"");
        assert_eq!(shown(Field::TimeMicros(3_723_000_000)), "\"01:02:03\"");
        let moment = 1_488_603_967;
        assert_eq!(shown(Field::TimestampMillis(moment * 1_000)), "\"2017-03-04T05:06:07Z\"");
        assert_eq!(
            shown(Field::TimestampMicros(moment * 1_000_000 + 5)),
            "\"2017-03-04T05:06:07.000005Z\""
        );
    }

    #[test]
    fn what_is_in_no_calendar_stays_a_number() {
        assert_eq!(shown(Field::Date(i32::MAX)), "2147483647");
        assert_eq!(shown(Field::TimeMillis(-1)), "-1");
        assert_eq!(shown(Field::TimeMicros(86_400_000_000)), "86400000000");
        assert_eq!(shown(Field::TimestampMillis(i64::MIN)), "-9223372036854775808");
        assert_eq!(shown(Field::TimestampMicros(i64::MAX)), "9223372036854775807");
    }

    #[test]
    fn decimal_numbers_keep_their_digits() {
        for (number, scale, text) in [
            (125, 2, "1.25"),
            (-125, 2, "-1.25"),
            (-5, 2, "-0.05"),
            (5, 1, "0.5"),
            (7, 0, "7"),
            (0, 0, "0"),
            (i32::MIN, 5, "-21474.83648"),
        ] {
            assert_eq!(with_point(&number.to_be_bytes(), scale), text);
            // All of it behind the point, or more places than it is said to have digits.
            let field = Field::Decimal(Decimal::from_i32(number, 1, scale as i32));
            assert_eq!(shown(field), format!("\"{text}\""));
        }
        assert_eq!(with_point(&[], 0), "0");
        let long = vec![1; LONGEST + 1];
        let number = |scale, data: Vec<u8>| {
            json(&Field::Decimal(Decimal::from_bytes(data.into(), i32::MAX, scale)))
        };
        assert_eq!(number(0, long.clone()), bytes(&long));
        assert_eq!(number(i32::MAX - 1, vec![1]), bytes(&[1]));
        assert_eq!(number(-1, vec![1]), bytes(&[1]));
    }

    proptest! {
        #[test]
        fn whole_numbers_are_written_as_they_are(number in any::<i128>()) {
            prop_assert_eq!(with_point(&number.to_be_bytes(), 0), number.to_string());
        }

        #[test]
        fn no_number_is_too_large_for_a_calendar(number in any::<i64>(), days in any::<i32>()) {
            for field in [
                Field::Date(days),
                Field::TimeMillis(days),
                Field::TimeMicros(number),
                Field::TimestampMillis(number),
                Field::TimestampMicros(number),
            ] {
                prop_assert!(!json(&field).is_null());
            }
        }
    }
}
