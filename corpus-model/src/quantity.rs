//! [`Quantity`]: a number and what is counted or measured.

use rust_decimal::Decimal;

/// A number with its unit: `17,6 tỷ đồng` is 17,600,000,000 VND.
///
/// ```
/// use corpus_model::{Quantity, QuantityKind};
/// use corpus_model::rust_decimal::Decimal;
///
/// // `khoảng 50 triệu đồng/căn`
/// let quantity = Quantity {
///     number: Decimal::from(50_000_000),
///     to: None,
///     unit: Some("VND".into()),
///     kind: QuantityKind::Money,
///     approximate: true,
///     per: Some("căn".into()),
/// };
/// assert_eq!((quantity.number * Decimal::new(15, 1)).to_string(), "75000000.0");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Quantity {
    /// The number in units, exactly; of a range, where it begins.
    #[cfg_attr(feature = "serde", serde(with = "crate::serialize::decimal"))]
    pub number: Decimal,
    /// Where a range ends.
    #[cfg_attr(
        feature = "serde",
        serde(
            default,
            with = "crate::serialize::optional_decimal",
            skip_serializing_if = "Option::is_none"
        )
    )]
    pub to: Option<Decimal>,
    /// The unit: an ISO 4217 code of money, `%`, a unit of measure or time, or the noun counted.
    pub unit: Option<String>,
    /// What sort of quantity it is.
    pub kind: QuantityKind,
    /// Whether the text says that it is not exact (`gần`, `hơn`, `khoảng`).
    pub approximate: bool,
    /// What one such quantity is for: `căn` in `50 triệu đồng/căn`.
    pub per: Option<String>,
}

/// What sort of quantity it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum QuantityKind {
    /// An amount of money.
    Money,
    /// Things counted: `63 đảng bộ`.
    Count,
    /// A share of a hundred.
    Percent,
    /// A length of time.
    Duration,
    /// A physical measure: `30 km`, `2,5 ha`.
    Measure,
    /// A place in an order: `thứ bảy`, `lần thứ hai`.
    Ordinal,
}

impl QuantityKind {
    /// The name in JSON: `money`.
    pub const fn name(self) -> &'static str {
        match self {
            QuantityKind::Money => "money",
            QuantityKind::Count => "count",
            QuantityKind::Percent => "percent",
            QuantityKind::Duration => "duration",
            QuantityKind::Measure => "measure",
            QuantityKind::Ordinal => "ordinal",
        }
    }
}
