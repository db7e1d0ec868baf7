//! Values that have a short form and one that says more.

use super::from_yaml::{FromYaml, YamlReader};
use super::node::{YamlNode, YamlValue};
use super::spanned::Text;
use super::value_type::ValueType;

/// One of two forms of the same thing: the simple one, or one that says more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ShortOr<S, T> {
    /// The simple form.
    One(S),
    /// The longer form.
    More(T),
}

/// Text, or a record that says more: `Healthwatch` or `{name: Healthwatch, seats: 2}`.
pub(crate) type TextOr<T> = ShortOr<Text, T>;

impl<S: FromYaml, T: FromYaml> FromYaml for ShortOr<S, T> {
    fn shape() -> ValueType {
        ValueType::Either(vec![S::shape(), T::shape()])
    }

    fn read(node: &YamlNode, reader: &mut YamlReader<'_>) -> Option<Self> {
        if is_like(&T::shape(), node) {
            T::read(node, reader).map(Self::More)
        } else if matches!(node.value, YamlValue::Text(_)) {
            S::read(node, reader).map(Self::One)
        } else {
            reader.wrong_type(node, &Self::shape());
            None
        }
    }
}

/// Whether a node has a shape's outline: a list for a list, a mapping for a mapping.
fn is_like(shape: &ValueType, node: &YamlNode) -> bool {
    match shape {
        ValueType::List(_) => matches!(node.value, YamlValue::List(_)),
        ValueType::Map(_) | ValueType::Record(_) => matches!(node.value, YamlValue::Map(_)),
        _ => false,
    }
}
