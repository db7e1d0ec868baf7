//! The colours of a site that follow from its accent, in light and dark.

use crate::quantity::{Colour, READABLE};

/// The page of the built-in theme on dark screens.
const DARK_PAPER: Colour = Colour([0x14, 0x17, 0x1a]);

/// The accent on pages of one kind, and what follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scheme {
    /// The page.
    pub paper: Colour,
    /// Links, figures, bands.
    pub accent: Colour,
    /// Text on the accent.
    pub on_accent: Colour,
    /// The ground of boxes.
    pub tint: Colour,
    /// The ground of what is marked.
    pub tint_strong: Colour,
}

/// The accent in light and dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Palette {
    pub light: Scheme,
    pub dark: Scheme,
}

/// The tints of an accent on paper.
fn tints(paper: Colour, accent: Colour) -> (Colour, Colour) {
    (paper.mixed(accent, 70), paper.mixed(accent, 180))
}

/// Whether an accent can be read on its paper and on a box.
fn passes(paper: Colour, accent: Colour) -> bool {
    let (tint, _) = tints(paper, accent);
    [paper, tint].into_iter().all(|ground| accent.contrast(ground) >= READABLE)
}

/// An accent, or the nearest darker shade, that can be read on a white page and its boxes.
#[must_use]
pub(crate) fn readable(accent: Colour) -> Colour {
    accent.nearest(Colour::BLACK, |shade| passes(Colour::WHITE, shade))
}

impl Palette {
    /// The palette of an accent. Dark screens have the nearest lighter shade that can be read on them.
    #[must_use]
    pub(crate) fn new(accent: Colour) -> Self {
        let scheme = |paper: Colour, accent: Colour, on_accent: Colour| {
            let (tint, tint_strong) = tints(paper, accent);
            Scheme { paper, accent, on_accent, tint, tint_strong }
        };
        // Rather lighter than it has to be: thin strokes look fainter on dark screens.
        let light_enough = |shade: Colour| shade.contrast(DARK_PAPER) >= 7.0 && passes(DARK_PAPER, shade);
        let lighter = accent.nearest(Colour::WHITE, light_enough);
        Self {
            light: scheme(Colour::WHITE, readable(accent), Colour::WHITE),
            dark: scheme(DARK_PAPER, lighter, DARK_PAPER),
        }
    }

    /// Whether the accent can be read on everything, and everything on it.
    #[must_use]
    pub(crate) fn is_readable(&self) -> bool {
        [self.light, self.dark].iter().all(|scheme| {
            let grounds = [scheme.paper, scheme.tint, scheme.on_accent];
            grounds.into_iter().all(|ground| scheme.accent.contrast(ground) >= READABLE)
        })
    }

    /// The style sheet that gives a site these colours, in place of its theme's.
    #[must_use]
    pub(crate) fn style(&self) -> String {
        let urgent = self.light.accent;
        let vars = |scheme: &Scheme| {
            let Scheme { accent, on_accent, tint, tint_strong, .. } = scheme;
            format!(
                ":root{{--accent:{accent};--on-accent:{on_accent};--tint:{tint};--tint-strong:{tint_strong};--urgent:{urgent}}}"
            )
        };
        format!("{}@media screen and (prefers-color-scheme:dark){{{}}}\n", vars(&self.light), vars(&self.dark))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_accent_becomes_one_that_can_be_read() {
        for red in (0..=255).step_by(51) {
            for green in (0..=255).step_by(51) {
                for blue in (0..=255).step_by(51) {
                    let accent = Colour([red, green, blue]);
                    let palette = Palette::new(accent);
                    assert!(palette.is_readable(), "{accent}: {palette:?}");
                    assert_eq!(readable(readable(accent)), readable(accent), "{accent}");
                }
            }
        }
    }

    #[test]
    fn an_accent_that_can_be_read_is_not_changed() {
        let navy = Colour([0x12, 0x43, 0x6d]);
        assert_eq!(Palette::new(navy).light.accent, navy);
    }
}
