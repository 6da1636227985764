//! The styles of the program, named for what they mark; printing takes them out where colour is not
//! wanted.

use anstyle::{AnsiColor, Style};

/// A headline.
pub(crate) const HEAD: Style = Style::new().bold();
/// What a line is about: a title, a name.
pub(crate) const NAME: Style =
    Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Cyan)));
/// What the eye may pass over: positions, counts, rules.
pub(crate) const DIM: Style = Style::new().dimmed();
/// A date.
pub(crate) const DATE: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Green)));
/// What is doubtful or broken.
pub(crate) const WARN: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Yellow)));
/// A directive.
pub(crate) const DIRECTIVE: Style =
    Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Magenta)));
/// An organisation.
pub(crate) const ORGANIZATION: Style =
    Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Blue)));
/// A place.
pub(crate) const PLACE: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Cyan)));
/// A figure.
pub(crate) const QUANTITY: Style =
    Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Yellow)));
/// Something that happened.
pub(crate) const EVENT: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));
/// A programme.
pub(crate) const PROGRAMME: Style =
    Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Magenta)));
