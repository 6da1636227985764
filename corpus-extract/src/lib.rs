//! Facts in Vietnamese official text: dates, directives, people with office, quantities and money.
