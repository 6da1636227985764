//! Commands that are there in some builds only: whoever calls one that is not is told how to get it.

use clap::error::{ContextKind, ContextValue};

/// The commands, each with the feature that brings it.
const FEATURES: [(&str, &str); 2] = [("sql", "engine"), ("cluster", "cluster")];

/// The feature that brings a command, if it is one of these.
pub(crate) fn feature(command: &str) -> Option<&'static str> {
    FEATURES.iter().find(|(name, _)| *name == command).map(|(_, feature)| *feature)
}

/// What is to be said to somebody who called one.
pub(crate) fn told(error: &clap::Error) -> Option<String> {
    let Some(ContextValue::String(name)) = error.get(ContextKind::InvalidSubcommand) else {
        return None;
    };
    let feature = feature(name)?;
    Some(format!(
        "this program was built without `corpus {name}`\n\n  \
         cargo install --path corpus-cli --features {feature}\n\nbuilds one that has it"
    ))
}

#[cfg(test)]
mod tests {
    use clap::error::{ContextKind, ContextValue, ErrorKind};

    use super::told;

    #[test]
    fn the_feature_of_a_command_is_told_and_of_others_nothing() {
        for (name, feature) in [
            ("sql", Some("--features engine")),
            ("cluster", Some("--features cluster")),
            ("sqll", None),
        ] {
            let mut error = clap::Error::new(ErrorKind::InvalidSubcommand);
            let value = ContextValue::String(name.to_owned());
            error.insert(ContextKind::InvalidSubcommand, value);
            let told = told(&error);
            assert_eq!(told.is_some(), feature.is_some(), "{name}");
            assert!(told.unwrap_or_default().contains(feature.unwrap_or_default()), "{name}");
        }
    }
}
