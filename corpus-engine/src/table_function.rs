//! Functions in the place of a table: what is found in one text, a row each.

use std::fmt;
use std::sync::Arc;

use datafusion::catalog::{TableFunctionArgs, TableFunctionImpl, TableProvider};
use datafusion::common::{Column, Result, UnnestOptions, plan_err};
use datafusion::datasource::ViewTable;
use datafusion::functions::core::expr_fn::get_field;
use datafusion::logical_expr::{Expr, LogicalPlanBuilder, ScalarUDF, col};

use crate::function::{Kind, scalar};

/// Those that are tables too, and the function whose list becomes their rows.
const TABLES: [(&str, Kind); 3] = [
    ("vi_words", Kind::WordSpans),
    ("vi_sentences", Kind::SentenceSpans),
    ("vi_extract", Kind::Extract),
];

/// The functions that are tables, each under its name.
pub(crate) fn table_functions() -> impl Iterator<Item = (&'static str, Arc<dyn TableFunctionImpl>)>
{
    TABLES.into_iter().map(|(name, kind)| {
        let rows: Arc<dyn TableFunctionImpl> = Arc::new(Rows { name, kind, of: scalar(kind) });
        (name, rows)
    })
}

/// The rows of the list that a function gives.
struct Rows {
    name: &'static str,
    kind: Kind,
    of: Arc<ScalarUDF>,
}

impl fmt::Debug for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rows").field("name", &self.name).finish_non_exhaustive()
    }
}

impl TableFunctionImpl for Rows {
    /// A view, whose plan takes the place of the table: so it goes wherever plans with our functions go, to a cluster too.
    fn call_with_args(
        &self,
        arguments: TableFunctionArgs<'_, '_>,
    ) -> Result<Arc<dyn TableProvider>> {
        let given = arguments.exprs();
        if given.is_empty() {
            return plan_err!("{} takes a text: from {0}('Trời mưa.')", self.name);
        }
        let found = self.of.call(given.to_vec()).alias("found");
        let columns = self
            .kind
            .fields()
            .iter()
            .map(|field| get_field(col("found"), field.name().as_str()).alias(field.name()))
            .collect::<Vec<Expr>>();
        let plan = LogicalPlanBuilder::empty(true)
            .project([found])?
            // A text that is null holds nothing.
            .unnest_column_with_options(
                Column::from_name("found"),
                UnnestOptions::new().with_preserve_nulls(false),
            )?
            .project(columns)?
            .build()?;
        Ok(Arc::new(ViewTable::new(plan, None)))
    }
}
