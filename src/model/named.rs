//! Enums of things that have a name each.

/// Declares an enum of things that each have one name, with the list of them all: a variant cannot be left out of it.
macro_rules! named {
    ($(#[$about:meta])* pub enum $enum:ident { $($(#[$doc:meta])* $variant:ident = $name:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum $enum {
            $($(#[$doc])* $variant,)+
        }

        impl $enum {
            /// Every one of them, in the order of this declaration.
            pub(crate) const ALL: &[Self] = &[$(Self::$variant),+];

            /// Its name.
            #[must_use]
            pub(crate) fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }
    };
}

pub(super) use named;
