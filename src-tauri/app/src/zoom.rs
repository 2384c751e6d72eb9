//! How large a person wants everything in the window to be.
//!
//! The steps are those of web browsers, which people know. Deliberately not here: the window, and where the size is kept.

/// A size in percent, one of a few.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zoom(u16);

const STEPS: [u16; 11] = [50, 67, 80, 90, 100, 110, 125, 150, 175, 200, 300];

/// What a person asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum ZoomChange {
    /// The next larger step, if there is one.
    Larger,
    /// The next smaller step, if there is one.
    Smaller,
    /// As it was in the beginning.
    Reset,
}

impl Default for Zoom {
    fn default() -> Self {
        Self(100)
    }
}

impl Zoom {
    /// One of the steps; `None` for any other number.
    #[must_use]
    pub fn of_percent(percent: u16) -> Option<Self> {
        STEPS.contains(&percent).then_some(Self(percent))
    }

    /// In percent, from 50 to 300.
    #[must_use]
    pub fn percent(self) -> u16 {
        self.0
    }

    #[must_use]
    pub(super) fn changed(self, change: ZoomChange) -> Self {
        let step = match change {
            ZoomChange::Larger => STEPS.into_iter().find(|step| *step > self.0),
            ZoomChange::Smaller => STEPS.into_iter().rev().find(|step| *step < self.0),
            ZoomChange::Reset => return Self::default(),
        };
        step.map_or(self, Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_is_reached_both_ways_and_none_lies_beyond() {
        let up = |zoom: Zoom| zoom.changed(ZoomChange::Larger);
        let down = |zoom: Zoom| zoom.changed(ZoomChange::Smaller);
        for pair in STEPS.windows(2) {
            assert_eq!(up(Zoom(pair[0])), Zoom(pair[1]));
            assert_eq!(down(Zoom(pair[1])), Zoom(pair[0]));
        }
        assert_eq!((down(Zoom(50)), up(Zoom(300))), (Zoom(50), Zoom(300)));
        assert_eq!(Zoom(175).changed(ZoomChange::Reset), Zoom::default());
    }

    #[test]
    fn only_a_step_is_a_size() {
        assert_eq!(Zoom::of_percent(125).map(Zoom::percent), Some(125));
        assert_eq!(Zoom::of_percent(0), None);
        assert_eq!(Zoom::of_percent(101), None);
    }
}
