//! `from near_duplicates('news/')`: a table that is a query, written out before the whole is planned.

use std::ops::ControlFlow;

use datafusion::common::{Result, plan_datafusion_err, plan_err};
use datafusion::error::DataFusionError;
use datafusion::sql::parser::{DFParser, Statement};
use datafusion::sql::sqlparser::ast::{
    Expr, FunctionArg, FunctionArgExpr, Ident, Query, Statement as Parsed, TableAlias, TableFactor,
    Value, VisitMut as _, VisitorMut,
};

use crate::duplicates::near_duplicates;

/// What the table is called.
pub(crate) const NAME: &str = "near_duplicates";

/// How alike documents are that are sought, where nobody says.
const THRESHOLD: f64 = 0.8;

/// Puts queries where a statement names tables that are queries.
pub(crate) fn expand(statement: &mut Statement) -> Result<()> {
    match statement {
        Statement::Statement(inner) => match inner.visit(&mut Expander) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(error) => Err(error),
        },
        Statement::Explain(explain) => expand(&mut explain.statement),
        _ => Ok(()),
    }
}

struct Expander;

impl VisitorMut for Expander {
    type Break = DataFusionError;

    fn pre_visit_table_factor(&mut self, table: &mut TableFactor) -> ControlFlow<DataFusionError> {
        let TableFactor::Table { name, alias, args: Some(given), .. } = &*table else {
            return ControlFlow::Continue(());
        };
        if name.to_string() != NAME {
            return ControlFlow::Continue(());
        }
        match query(&given.args) {
            Ok(subquery) => {
                let alias = alias.clone().or_else(|| Some(named(NAME)));
                *table = TableFactor::Derived { lateral: false, subquery, alias, sample: None };
                ControlFlow::Continue(())
            }
            Err(error) => ControlFlow::Break(error),
        }
    }
}

/// The query that these arguments ask for.
fn query(given: &[FunctionArg]) -> Result<Box<Query>> {
    let values: Option<Vec<&Value>> = given.iter().map(value).collect();
    let texts: Vec<&str> = values.iter().flatten().filter_map(|it| text(it)).collect();
    let numbers: Vec<f64> = values.iter().flatten().filter_map(|it| number(it)).collect();
    let threshold = match numbers.as_slice() {
        [] => THRESHOLD,
        [it, ..] => *it,
    };
    let written = match (given.len(), texts.as_slice(), numbers.as_slice()) {
        (1, [table], []) | (2, [table], [_]) => near_duplicates(table, "id", "text", threshold),
        (3, [table, id, text], []) | (4, [table, id, text], [_]) => {
            near_duplicates(table, id, text, threshold)
        }
        _ => {
            return plan_err!(
                "{NAME} takes a file and maybe its columns and a threshold: {NAME}('news/'), \
                 {NAME}('news/', 'id', 'text', 0.8)"
            );
        }
    };
    let mut statements = DFParser::parse_sql(&written)?;
    match statements.pop_front() {
        Some(Statement::Statement(inner)) => match *inner {
            Parsed::Query(query) => Ok(query),
            _ => Err(no_query()),
        },
        _ => Err(no_query()),
    }
}

fn no_query() -> DataFusionError {
    plan_datafusion_err!("{NAME} is no query")
}

fn value(argument: &FunctionArg) -> Option<&Value> {
    match argument {
        FunctionArg::Unnamed(FunctionArgExpr::Expr(Expr::Value(value))) => Some(&value.value),
        _ => None,
    }
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::SingleQuotedString(text) => Some(text),
        _ => None,
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(digits, _) => digits.parse().ok(),
        _ => None,
    }
}

/// The name under which the columns of a query stand.
fn named(name: &str) -> TableAlias {
    TableAlias { explicit: true, name: Ident::new(name), columns: Vec::new(), at: None }
}
