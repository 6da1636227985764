//! What DataFusion is told of our functions: their names, what they take and what they give.

use std::sync::Arc;

use corpus_arrow::{is_text, list_of};
use datafusion::arrow::datatypes::{DataType, Fields};
use datafusion::common::{Result, ScalarValue, plan_err};
use datafusion::execution::context::SessionContext;
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};

use crate::evaluate;
use crate::table_function::table_functions;

/// Our functions, each under its name.
///
/// ```
/// let names: Vec<String> =
///     corpus_engine::functions().iter().map(|function| function.name().to_owned()).collect();
/// assert!(names.contains(&"vi_words".to_owned()));
/// ```
pub fn functions() -> Vec<Arc<ScalarUDF>> {
    Kind::ALL.into_iter().map(scalar).collect()
}

/// The function as DataFusion has it.
pub(crate) fn scalar(kind: Kind) -> Arc<ScalarUDF> {
    Arc::new(ScalarUDF::new_from_impl(Function::new(kind)))
}

/// Adds our functions to a context, which may be anybody's: [`functions`], and those that are tables
/// of what one text holds, `from vi_words('Trời mưa.')`.
///
/// A context of Ballista begins with Ballista's own functions, whatever the state had that it was made
/// of; so they are added to the context, not to the state.
///
/// ```
/// use corpus_engine::datafusion::prelude::SessionContext;
///
/// let context = SessionContext::new();
/// corpus_engine::register(&context);
/// assert!(context.udf("jaccard").is_ok());
/// # use corpus_engine::datafusion::execution::FunctionRegistry as _;
/// ```
pub fn register(context: &SessionContext) {
    for function in functions() {
        context.register_udf(function.as_ref().clone());
    }
    for (name, function) in table_functions() {
        context.register_udtf(name, function);
    }
}

/// Which function it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Normalize,
    Sentences,
    SentenceSpans,
    Words,
    WordSpans,
    Extract,
    MinhashBands,
    Jaccard,
    Quality,
    JsonGetStr,
    ByteSlice,
}

/// What may stand in a place of a call.
#[derive(Clone, Copy)]
enum Parameter {
    Text,
    Moment,
    Share,
    Place,
    /// What stands before a value in JSON: a name, or a place in a list.
    Key,
}

impl Kind {
    const ALL: [Kind; 11] = [
        Kind::Normalize,
        Kind::Sentences,
        Kind::SentenceSpans,
        Kind::Words,
        Kind::WordSpans,
        Kind::Extract,
        Kind::MinhashBands,
        Kind::Jaccard,
        Kind::Quality,
        Kind::JsonGetStr,
        Kind::ByteSlice,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Normalize => "vi_normalize",
            Kind::Sentences => "vi_sentences",
            Kind::SentenceSpans => "vi_sentence_spans",
            Kind::Words => "vi_words",
            Kind::WordSpans => "vi_word_spans",
            Kind::Extract => "vi_extract",
            Kind::MinhashBands => "minhash_bands",
            Kind::Jaccard => "jaccard",
            Kind::Quality => "quality",
            Kind::JsonGetStr => "json_get_str",
            Kind::ByteSlice => "byte_slice",
        }
    }

    /// What has to stand in a call, and what may stand behind.
    fn parameters(self) -> (&'static [Parameter], Option<Parameter>) {
        match self {
            Kind::Extract => (&[Parameter::Text], Some(Parameter::Moment)),
            Kind::MinhashBands => (&[Parameter::Text], Some(Parameter::Share)),
            Kind::Quality => (&[Parameter::Text], Some(Parameter::Text)),
            Kind::Jaccard => (&[Parameter::Text, Parameter::Text], None),
            Kind::JsonGetStr => (&[Parameter::Text, Parameter::Key], Some(Parameter::Key)),
            Kind::ByteSlice => (&[Parameter::Text, Parameter::Place, Parameter::Place], None),
            _ => (&[Parameter::Text], None),
        }
    }

    /// Whether what may stand behind may stand there again and again.
    fn repeats(self) -> bool {
        self == Kind::JsonGetStr
    }

    fn returns(self) -> DataType {
        match self {
            Kind::Normalize | Kind::JsonGetStr | Kind::ByteSlice => DataType::Utf8,
            Kind::Sentences | Kind::Words => list_of(DataType::Utf8),
            Kind::SentenceSpans | Kind::WordSpans | Kind::Extract => {
                list_of(DataType::Struct(self.fields()))
            }
            Kind::MinhashBands => list_of(DataType::UInt64),
            Kind::Jaccard => DataType::Float64,
            Kind::Quality => DataType::Struct(self.fields()),
        }
    }

    /// The fields of the structs that it gives, if it does.
    pub(crate) fn fields(self) -> Fields {
        match self {
            Kind::SentenceSpans => corpus_arrow::sentence_fields(),
            Kind::WordSpans => corpus_arrow::word_fields(),
            Kind::Extract => corpus_arrow::fact_fields(),
            Kind::Quality => corpus_arrow::quality_fields(),
            _ => Fields::empty(),
        }
    }
}

/// A function as DataFusion calls it.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Function {
    kind: Kind,
    signature: Signature,
}

impl Function {
    fn new(kind: Kind) -> Function {
        Function { kind, signature: Signature::user_defined(Volatility::Immutable) }
    }
}

impl ScalarUDFImpl for Function {
    fn name(&self) -> &str {
        self.kind.name()
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, given: &[DataType]) -> Result<Vec<DataType>> {
        let (needed, further) = self.kind.parameters();
        let most = needed.len() + usize::from(further.is_some());
        let too_many = given.len() > most && !self.kind.repeats();
        if given.len() < needed.len() || too_many {
            let name = self.kind.name();
            let takes = if self.kind.repeats() {
                format!("{} or more", needed.len())
            } else if most == needed.len() {
                most.to_string()
            } else {
                format!("{} or {most}", needed.len())
            };
            return plan_err!("{name} takes {takes} arguments, not {}", given.len());
        }
        let again = further.into_iter().cycle();
        let parameters = needed.iter().copied().chain(again);
        parameters
            .zip(given)
            .map(|(parameter, given)| coerced(self.kind, parameter, given))
            .collect()
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(self.kind.returns())
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let all_scalars =
            arguments.args.iter().all(|value| matches!(value, ColumnarValue::Scalar(_)));
        let rows = if all_scalars { 1 } else { arguments.number_rows };
        let columns = arguments
            .args
            .into_iter()
            .map(|value| value.into_array_of_size(rows))
            .collect::<Result<Vec<_>>>()?;
        let found = evaluate::evaluate(self.kind, &columns)?;
        // What is the same for all rows is worked out once.
        match all_scalars {
            true => Ok(ColumnarValue::Scalar(ScalarValue::try_from_array(&found, 0)?)),
            false => Ok(ColumnarValue::Array(found)),
        }
    }
}

/// As what an argument is handed over.
fn coerced(kind: Kind, parameter: Parameter, given: &DataType) -> Result<DataType> {
    match (parameter, given) {
        (Parameter::Share, it) if it.is_numeric() || it.is_null() => Ok(DataType::Float64),
        (Parameter::Place, it) if it.is_integer() || it.is_null() => Ok(DataType::Int64),
        (Parameter::Share | Parameter::Place, it) => {
            plan_err!("{} takes a number here, not {it}", kind.name())
        }
        (Parameter::Key, it) if it.is_integer() => Ok(DataType::Utf8),
        (_, it) if is_text(it) => Ok(it.clone()),
        (_, DataType::Null) => Ok(DataType::Utf8),
        (_, DataType::Dictionary(_, of)) if is_text(of) => Ok(of.as_ref().clone()),
        (Parameter::Moment, it) if it.is_temporal() => Ok(DataType::Utf8),
        (_, it) => plan_err!("{} takes a text here, not {it}", kind.name()),
    }
}
