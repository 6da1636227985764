//! [`PackingDamage`]: what of packed input could not be unpacked.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::Packing;

/// A part of packed input that could not be unpacked, or was and is not to be trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PackingDamage {
    /// What the input is packed with.
    pub packing: Packing,
    /// Where it was noticed, in bytes of the packed input.
    pub offset: u64,
    /// How many packed bytes were passed over.
    pub bytes: u64,
    /// What is wrong, without the place.
    pub what: String,
}

impl fmt::Display for PackingDamage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let PackingDamage { packing, offset, bytes, what } = self;
        write!(f, "byte {offset} of the {} data: {what}", packing.name())?;
        match bytes {
            0 => Ok(()),
            1 => f.write_str("; 1 byte passed over"),
            n => write!(f, "; {n} bytes passed over"),
        }
    }
}

/// What was found damaged so far; a copy goes on seeing what is found later.
#[derive(Clone, Debug, Default)]
pub struct PackingDamages(Arc<Mutex<Vec<PackingDamage>>>);

impl PackingDamages {
    /// Takes what was found since the last call.
    pub fn take(&self) -> Vec<PackingDamage> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn add(&self, damage: PackingDamage) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(damage);
    }
}
