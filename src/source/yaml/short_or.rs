//! Values that have a short form and a longer one.

use super::from_yaml::{FromYaml, YamlReader};
use super::node::{YamlNode, YamlValue};
use super::spanned::Text;
use super::value_type::ValueType;

/// A value in its short or its longer form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ShortOr<S, T> {
    /// The short form.
    One(S),
    /// The longer form.
    More(T),
}

/// Text, or a longer form: `Healthwatch` or `{name: Healthwatch, seats: 2}`.
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

/// Whether a node is a list where the shape is a list, or a mapping where the shape is a mapping.
fn is_like(shape: &ValueType, node: &YamlNode) -> bool {
    match shape {
        ValueType::List(_) => matches!(node.value, YamlValue::List(_)),
        ValueType::Map(_) | ValueType::Record(_) => matches!(node.value, YamlValue::Map(_)),
        _ => false,
    }
}
