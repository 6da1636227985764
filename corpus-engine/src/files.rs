//! Names of tables that are files: each is looked up before the query that names it is planned.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use datafusion::common::{DataFusionError, Result, TableReference, plan_err};
use datafusion::datasource::file_format::FileFormat;
use datafusion::datasource::file_format::json::JsonFormat;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{
    ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl,
};
use datafusion::execution::context::SessionContext;
use datafusion::sql::parser::Statement;
use datafusion::sql::sqlparser::ast::{
    Expr, Ident, ObjectNamePart, visit_expressions_mut, visit_relations_mut,
};
use futures::StreamExt as _;

/// The endings of files that are read.
const ENDINGS: [&str; 4] = [".parquet", ".jsonl", ".ndjson", ".json"];

/// Registers the files that a statement names as tables.
pub(crate) async fn register_files(context: &SessionContext, statement: &Statement) -> Result<()> {
    for reference in context.state().resolve_table_references(statement)? {
        // With a schema in front it is no file, and what is a table already stays one.
        let TableReference::Bare { table } = &reference else { continue };
        if names_file(table) && !context.table_exist(reference.clone())? {
            let found = open(context, table).await?;
            context.register_table(reference.clone(), Arc::new(found))?;
        }
    }
    Ok(())
}

/// Gives files that are named without a folder the one that they lie in: `./a.parquet` for `a.parquet`.
///
/// Plans that go to another process hold the names of tables as text, in which a dot ends a schema unless there is more in the
/// name that asks for quotes.
pub(crate) fn name_folders(statement: &mut Statement) {
    match statement {
        Statement::Statement(inner) => {
            let _ = visit_relations_mut(inner.as_mut(), |name| {
                if let [ObjectNamePart::Identifier(name)] = name.0.as_mut_slice() {
                    name_folder(name);
                }
                ControlFlow::<()>::Continue(())
            });
            let _ = visit_expressions_mut(inner.as_mut(), |expression| {
                if let Expr::CompoundIdentifier(names) = expression
                    && let [table, _, ..] = names.as_mut_slice()
                {
                    name_folder(table);
                }
                ControlFlow::<()>::Continue(())
            });
        }
        Statement::Explain(explain) => name_folders(&mut explain.statement),
        _ => {}
    }
}

fn name_folder(name: &mut Ident) {
    if names_file(&name.value) && !name.value.contains(['/', '\\']) {
        name.value.insert_str(0, "./");
    }
}

/// Whether the name of a table is meant to be a file.
fn names_file(name: &str) -> bool {
    name.contains(['/', '\\']) || ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// The table of the files of this name.
async fn open(context: &SessionContext, name: &str) -> Result<ListingTable> {
    let Some(ending) = ending(name)? else {
        return plan_err!("{name}: only files that end in {} are read", ENDINGS.join(", "));
    };
    let format: Arc<dyn FileFormat> = match ending {
        ".parquet" => Arc::new(ParquetFormat::default()),
        _ => Arc::new(JsonFormat::default()),
    };
    let state = context.state();
    let address = ListingTableUrl::parse(name)?;
    let store = state.runtime_env().object_store(&address)?;
    let found = match address.list_all_files(&state, store.as_ref(), ending).await {
        Ok(mut files) => files.next().await,
        Err(error) => Some(Err(error)),
    };
    match found {
        Some(Ok(_)) => {}
        Some(Err(error)) => return plan_err!("{name}: {}", why(&error)),
        None => return plan_err!("{name}: there is no file of this name that ends in {ending}"),
    }
    let config = ListingTableConfig::new(address)
        .with_listing_options(ListingOptions::new(format).with_file_extension(ending))
        .infer_schema(&state)
        .await?;
    ListingTable::try_new(config)
}

/// Why files cannot be looked for.
fn why(error: &DataFusionError) -> String {
    let told = error.find_root().strip_backtrace();
    let told = told.trim_start_matches("Object Store error: ");
    // Where the environment holds no keys, the machine is asked for some, at an address of its own.
    let hint = match told.contains("169.254.") {
        true => {
            "; there are no keys: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY hold them, and \
             AWS_SKIP_SIGNATURE=true says that none are needed"
        }
        false => "",
    };
    format!("{told}{hint}")
}

/// The ending of the files that a name stands for.
fn ending(name: &str) -> Result<Option<&'static str>> {
    let path = Path::new(name);
    let is_glob = name.contains(['*', '?', '[']);
    if let Some((scheme, _)) = name.split_once("://") {
        if scheme != "file" && !cfg!(feature = "object-store") {
            return plan_err!(
                "{name}: only the feature object-store reads files of other machines"
            );
        }
        if scheme != "file" && is_glob {
            return plan_err!(
                "{name}: a glob is of this machine; name a file, or a folder with its slash"
            );
        }
        if name.ends_with('/') {
            // A server that is no store has no folders to look into.
            return match scheme.starts_with("http") {
                true => plan_err!("{name}: of a server files are read, not folders"),
                false => Ok(Some(".parquet")),
            };
        }
        return Ok(ENDINGS.into_iter().find(|ending| name.ends_with(ending)));
    }
    // A build's folder has its shards and, as JSON, what it says of itself; so only the former are meant.
    if path.is_dir() {
        return Ok(Some(".parquet"));
    }
    if !is_glob && !path.exists() {
        return plan_err!("{name}: there is no such file");
    }
    Ok(ENDINGS.into_iter().find(|ending| name.ends_with(ending)))
}
