//! What is wrong with a query, and what to write instead.

use datafusion::common::{Column, DataFusionError, SchemaError};

use crate::expand;
use crate::function::functions;
use crate::near::nearest;
use crate::table_function::table_functions;

/// An error in one sentence, with what to do about it where that is known.
pub(crate) fn advice(error: &DataFusionError) -> String {
    match error.find_root() {
        DataFusionError::SchemaError(error, _) => match error.as_ref() {
            SchemaError::FieldNotFound { field, valid_fields } => no_column(field, valid_fields),
            other => other.to_string(),
        },
        DataFusionError::SQL(error, _) => {
            let told = error
                .to_string()
                .replace(" at Line: ", ", line ")
                .replace(", Column: ", ", column ");
            let told = told.trim_start_matches("sql parser error: ").to_owned();
            // A name with a dot, a hyphen or a slash, without the quotes around it.
            let of_a_name =
                ["found: .", "found: -", "found: /", "found: *"].iter().any(|it| told.contains(it));
            let hint =
                if of_a_name { "; the name of a file stands in quotes: from 'news/'" } else { "" };
            format!("SQL error: {told}{hint}")
        }
        DataFusionError::Plan(told) => planning(told),
        DataFusionError::Execution(told) => execution(told),
        DataFusionError::NotImplemented(told) if told.starts_with("Dot access") => {
            format!("a part of what a function gives is taken with brackets, {PARTS}")
        }
        DataFusionError::ArrowError(error, _) => {
            let told = error.to_string();
            let is_number = told.contains("Cannot cast string") && told.contains("Int64");
            let hint = if is_number {
                "; a text is compared with a text: published >= '2016'"
            } else {
                ""
            };
            format!("{}{hint}", told.trim_start_matches("Cast error: "))
        }
        other => other.strip_backtrace(),
    }
}

/// How what is in lists is taken.
const PARTS: &str =
    "from rows of its own: select m['kind'] from (select unnest(mentions) as m from 'news/')";

/// How the JSON of values is read.
const JSON: &str =
    "a text has no fields; of one that is JSON, json_get_str(value, 'iso') takes a part";

/// A query that names a column that is not there.
fn no_column(field: &Column, valid: &[Column]) -> String {
    let name = field.name();
    // As long as no two tables have a column of this name, it is named without its table.
    let plain = |column: &Column| match valid.iter().filter(|it| it.name == column.name).count() {
        1 => column.name.clone(),
        _ => column.quoted_flat_name(),
    };
    let told = format!("there is no column {}", field.flat_name());
    if valid.is_empty() && field.relation.is_some() {
        return format!(
            "{told} where a table is asked for; the texts of a table are taken apart by unnest: \
             select unnest(vi_word_spans(text)) from 'news/'"
        );
    }
    if valid.is_empty() {
        return format!("{told}, for nothing is read; a text stands in single quotes: '{name}'");
    }
    let names: Vec<String> = valid.iter().map(plain).collect();
    let near = nearest(name, valid.iter().map(|it| it.name.as_str()));
    let meant = near
        .and_then(|near| valid.iter().position(|it| it.name == near))
        .and_then(|at| names.get(at));
    match meant {
        Some(meant) => {
            format!("{told}; did you mean {meant}? The columns are {}", names.join(", "))
        }
        None => format!(
            "{told}; the columns are {}, and a text stands in single quotes: '{name}'",
            names.join(", ")
        ),
    }
}

fn planning(told: &str) -> String {
    if let Some(rest) = told.strip_prefix("Invalid function '") {
        let name = rest.split('\'').next().unwrap_or_default();
        return no_function(name, rest);
    }
    if let Some(name) = between(told, "table function '", "' not found") {
        let names: Vec<&str> = tables().collect();
        return match nearest(name, names.iter().copied()) {
            Some(near) => format!("there is no table function {name}; did you mean {near}?"),
            None => format!("there is no table function {name}; there are {}", names.join(", ")),
        };
    }
    if let Some(name) = between(told, "table '", "' not found") {
        let name = name.trim_start_matches("datafusion.public.");
        let parquet = match name.contains('.') {
            true => String::new(),
            false => format!("from '{name}/' or from '{name}.parquet', or "),
        };
        return format!(
            "there is no table {name}; a table is a file or folder in quotes: {parquet}from vi_documents('{name}'), \
             which reads more than Parquet"
        );
    }
    execution(told)
}

/// Ours is what a function says of its arguments, whatever is said around it.
fn execution(told: &str) -> String {
    if let Some((_, reason)) = told.rsplit_once("coercion failed with: ") {
        let reason = reason.split(" No function matches").next().unwrap_or_default();
        return reason.trim_start_matches("Error during planning: ").to_owned();
    }
    if told.contains("Cannot access field") {
        if told.contains("type List") {
            return format!("what is in a list is taken {PARTS}");
        }
        if told.contains("type Utf8") {
            return JSON.to_owned();
        }
    }
    told.trim_start_matches("Execution error: ").to_owned()
}

/// A query that calls a function that is not there; what DataFusion says of it goes on with what it would have meant.
fn no_function(name: &str, told: &str) -> String {
    let functions = functions();
    let ours: Vec<&str> = functions.iter().map(|it| it.name()).collect();
    let theirs = between(told, "Did you mean '", "'").filter(|it| nearest(name, [*it]).is_some());
    match nearest(name, ours.iter().copied()).or(theirs) {
        Some(near) => format!("there is no function {name}; did you mean {near}?"),
        None => format!(
            "there is no function {name}; beside those of DataFusion there are {}",
            ours.join(", ")
        ),
    }
}

/// The functions that are tables.
fn tables() -> impl Iterator<Item = &'static str> {
    ["vi_documents", expand::NAME].into_iter().chain(table_functions().map(|(name, _)| name))
}

/// What stands between two marks.
fn between<'a>(text: &'a str, before: &str, behind: &str) -> Option<&'a str> {
    text.split_once(before)?.1.split_once(behind).map(|(found, _)| found)
}
