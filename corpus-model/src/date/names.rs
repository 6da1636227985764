//! How exact a date is, which part of a time is meant, and how it is known.

/// How exact a date is, from the finest to the coarsest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
#[expect(missing_docs, reason = "the names say it")]
pub enum Grain {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
}

impl Grain {
    /// The name in JSON: `day`.
    pub const fn name(self) -> &'static str {
        match self {
            Grain::Second => "second",
            Grain::Minute => "minute",
            Grain::Hour => "hour",
            Grain::Day => "day",
            Grain::Week => "week",
            Grain::Month => "month",
            Grain::Quarter => "quarter",
            Grain::Half => "half",
            Grain::Year => "year",
            Grain::Decade => "decade",
            Grain::Century => "century",
        }
    }
}

/// A part of the day (buổi).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum PartOfDay {
    /// Sáng.
    Morning,
    /// Trưa.
    Noon,
    /// Chiều.
    Afternoon,
    /// Tối.
    Evening,
    /// Đêm, khuya.
    Night,
}

impl PartOfDay {
    /// The name in JSON: `morning`.
    pub const fn name(self) -> &'static str {
        match self {
            PartOfDay::Morning => "morning",
            PartOfDay::Noon => "noon",
            PartOfDay::Afternoon => "afternoon",
            PartOfDay::Evening => "evening",
            PartOfDay::Night => "night",
        }
    }
}

/// A portion of a month, year or century whose ends the text leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Portion {
    /// Đầu, thượng tuần.
    Early,
    /// Giữa, trung tuần.
    Middle,
    /// Cuối, hạ tuần.
    Late,
}

impl Portion {
    /// The name in JSON: `early`.
    pub const fn name(self) -> &'static str {
        match self {
            Portion::Early => "early",
            Portion::Middle => "middle",
            Portion::Late => "late",
        }
    }
}

/// How a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Basis {
    /// The text says all of it.
    Explicit,
    /// What is missing was worked out from the rest of the document.
    Context,
    /// What is missing was worked out from the time of publication.
    Published,
    /// Something is missing that nothing settles.
    Unknown,
}

impl Basis {
    /// Every one of them.
    pub const ALL: [Basis; 4] = [Basis::Explicit, Basis::Context, Basis::Published, Basis::Unknown];

    /// The basis of this name; see [`Basis::name`].
    pub fn from_name(name: &str) -> Option<Basis> {
        Basis::ALL.into_iter().find(|basis| basis.name() == name)
    }

    /// The name in JSON: `explicit`.
    pub const fn name(self) -> &'static str {
        match self {
            Basis::Explicit => "explicit",
            Basis::Context => "context",
            Basis::Published => "published",
            Basis::Unknown => "unknown",
        }
    }
}
