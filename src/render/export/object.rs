//! JSON objects that are written as they are, key by key, without a tree of values in between.

use serde::ser::{Serialize, SerializeMap, Serializer};

/// An object with the keys and values of [`object!`].
pub(super) struct Object<F>(pub(super) F);

/// A key and its value, and the keys that follow.
pub(super) struct Entry<V, R>(pub(super) &'static str, pub(super) V, pub(super) R);

/// The entries of an object.
pub(super) trait Entries {
    /// Writes all of them in order.
    ///
    /// # Errors
    ///
    /// If a value cannot be written.
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
}

impl Entries for () {
    fn write<M: SerializeMap>(&self, _: &mut M) -> Result<(), M::Error> {
        Ok(())
    }
}

impl<V: Serialize, R: Entries> Entries for Entry<V, R> {
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        let Self(key, value, rest) = self;
        map.serialize_entry(key, value)?;
        rest.write(map)
    }
}

impl<F: Entries> Serialize for Object<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.0.write(&mut map)?;
        map.end()
    }
}

/// A JSON object: `object! {"id": id, "names": names}`. Each value is whatever can be serialised, and stays as it is until
/// the object is written.
macro_rules! object {
    (@entries) => { () };
    (@entries $key:literal: $value:expr $(, $($rest:tt)*)?) => {
        $crate::render::export::object::Entry($key, $value, object!(@entries $($($rest)*)?))
    };
    ($($entries:tt)*) => { $crate::render::export::object::Object(object!(@entries $($entries)*)) };
}

pub(super) use object;

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn objects_keep_the_order_of_their_keys() {
        let inner = object! {"b": 1, "a": None::<u8>};
        let outer = object! {"texts": ["x", "y"], "inner": inner, "empty": object! {}};
        let written = serde_json::to_string(&outer).unwrap();
        assert_eq!(written, r#"{"texts":["x","y"],"inner":{"b":1,"a":null},"empty":{}}"#);
        assert_eq!(serde_json::to_value(&outer).unwrap()["inner"], json!({"a": null, "b": 1}));
    }
}
